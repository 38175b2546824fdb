import type { Attachment } from './message.ts';
import type { Owner } from './ticket.ts';

/** A message of ours on a platform where a desk works (Slack): what it shows, and where. */
export interface DeskPost {
  readonly ticket: string;
  /** On the platform. */
  readonly channel: string;
  /** Which part of the ticket it shows, unique within ticket and channel, e.g. `card`. */
  readonly part: string;
  /** The platform's id of the message. Null: it was about to be posted, and may be there or not. */
  readonly ts: string | null;
  /** A digest of what it shows. */
  readonly shown: string;
  /** When it was first tried; ISO 8601. */
  readonly at: string;
}

/**
 * held: may be changed and taken back. leaving: on its way into the log. left: it is there.
 * taken-back and refused: it never went out.
 */
export type HeldState = 'held' | 'leaving' | 'left' | 'taken-back' | 'refused';

/** An agent's answer that waits a moment before it goes to the customer. */
export interface HeldAnswer {
  /** The reply's client id, and the id of its message in the log. */
  readonly id: string;
  readonly ticket: string;
  readonly agent: Owner;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** When it was written, and when it goes; ISO 8601. */
  readonly at: string;
  readonly due_at: string;
  readonly state: HeldState;
  /** Why it was refused. */
  readonly reason: string | null;
}

/** What a desk must remember across restarts, beyond the tickets themselves. */
export interface DeskStore {
  deskPosts(ticket: string): Promise<readonly DeskPost[]>;
  /** The post with the platform's id, or null. */
  deskPostAt(channel: string, ts: string): Promise<DeskPost | null>;
  /** Where posts of unresolved tickets begin a thread: those of the part named. */
  openDeskPosts(part: string): Promise<readonly DeskPost[]>;
  /** Puts it in, or changes it (same ticket, channel and part). */
  saveDeskPost(post: DeskPost): Promise<void>;
  /** Forgets what was shown of a ticket in a channel: it is gone there. */
  dropDeskPosts(ticket: string, channel: string): Promise<void>;

  /** False where the id is known: it is kept once. */
  holdAnswer(answer: HeldAnswer): Promise<boolean>;
  heldAnswer(id: string): Promise<HeldAnswer | null>;
  /** A ticket's, or (null) all that are still held or leaving; oldest first. */
  heldAnswers(ticket: string | null): Promise<readonly HeldAnswer[]>;
  /** Changes an answer that is still in the state `from`; false where it is not. */
  moveHeldAnswer(
    id: string,
    from: HeldState,
    to: { readonly state?: HeldState; readonly text?: string; readonly reason?: string },
  ): Promise<boolean>;
}
