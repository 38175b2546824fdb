import type { PacePolicy } from './pacing.ts';

export interface Room {
  readonly id: string;
  readonly topic: string;
}

/** What the administrator's files say about WeChat; asked for at each message, so that an edit is live. */
export interface WechatPolicy {
  /** Characters of a message that are kept. */
  readonly messageLength: number;
  readonly attachmentMb: number;
  readonly pace: PacePolicy;
  /** Names we are called by in groups, beside our own. */
  readonly names: readonly string[];
  /** Names of other programs, which are never answered. */
  readonly bots: readonly string[];
  served(this: void, room: Room): boolean;
  /** Quiet hours of a room; empty for none. */
  quiet(this: void, room: Room): string;
  /** Words for a new member; empty for none. */
  welcome(this: void, room: Room): string;
  /** Whether a name (in WeChat, in a room, or our remark) is that of somebody who works at a desk. */
  isColleague(this: void, name: string): boolean;
}
