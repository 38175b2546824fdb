import type { ConversationRecord, TurnCommit, Timer } from './store.ts';

/**
 * What delivery knows of dialogue: given a conversation with its waiting messages (or a timer that fell due),
 * gives all that is to be kept. It may look up records; it changes nothing itself.
 */
export interface Replier {
  /** How long to wait for more before answering, in ms from the last message; 0 to answer at once. */
  patience(conversation: ConversationRecord, now: Date): number;
  /** How long to leave what waits alone, whatever else comes, in ms from its first message: more than 0 only where somebody floods. */
  hold(conversation: ConversationRecord, now: Date): number;
  reply(conversation: ConversationRecord, now: Date): Promise<TurnCommit>;
  onTimer(conversation: ConversationRecord, timer: Timer, now: Date): Promise<TurnCommit>;
  /** The last resort after `attempts` failures: an apology and a ticket for a human, made without looking anything up. */
  surrender(conversation: ConversationRecord, now: Date): Promise<TurnCommit>;
}
