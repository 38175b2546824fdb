import type { ConversationId } from './message.ts';

/** Order, wake and limit. Nothing here is kept: losing it loses no message. */
export interface Coordination {
  /** Runs `work` when all earlier work on the same conversation has ended. Many conversations run at once, at most `concurrency`. */
  inOrder<T>(id: ConversationId, work: () => Promise<T>): Promise<T>;
  /** Counts one for `key`; false when more than `limit` were counted within `windowMs`. */
  allow(key: string, limit: number, windowMs: number): Promise<boolean>;
  /** Resolves when nothing is running any more. */
  idle(): Promise<void>;
}
