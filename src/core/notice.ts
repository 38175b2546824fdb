import type { ConversationId } from './message.ts';

/**
 * A word to the desk that belongs to no ticket.
 * - login: somebody must log a channel in again (scan). logged-out: its platform has logged us out.
 * - lost: there has been no connection for a while. back: all is well again.
 * - too-often: the platform wants us to be quiet for a while.
 * - ambiguous: nobody knows whether these messages of ours arrived; they are not sent again.
 * - undelivered: these messages of ours did not arrive, and will not.
 * - missed: customers' messages from while we were away, too old to be answered.
 */
export const NOTICE_KINDS = [
  'login',
  'logged-out',
  'lost',
  'back',
  'too-often',
  'ambiguous',
  'undelivered',
  'missed',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export interface NoticeDraft {
  readonly channel: string;
  readonly kind: NoticeKind;
  /** What the platform said; for `back`, since when nothing was heard (ISO 8601). Nothing private. */
  readonly detail?: string;
  /** The messages it is about, by conversation and place in the log: their words stay where they are. */
  readonly about?: readonly NoticedMessage[];
}

export interface NoticedMessage {
  readonly conversation: ConversationId;
  readonly seq: number;
}

export interface Notice extends Required<NoticeDraft> {
  readonly id: number;
  /** When it began, and when the last message was added to it; ISO 8601. */
  readonly at: string;
  readonly last_at: string;
  /** Where a desk shows it. */
  readonly post: NoticePost | null;
}

/** As `DeskPost`: `ts` null where it was about to be posted, and may be there or not. */
export interface NoticePost {
  readonly channel: string;
  readonly ts: string | null;
  readonly shown: string;
  readonly at: string;
}

/** Messages of one kind that need a word are gathered into one notice for so long, in ms: a hundred at once are one word. */
export const GATHERING_MS = 10 * 60_000;
