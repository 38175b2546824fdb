import type { Intent } from '../knowledge/knowledge.ts';
import type { SlotValue } from './state.ts';

/** A flow to begin, with what is known of its slots and the words that asked for it. */
export interface Start {
  readonly intent: Intent;
  readonly slots: Readonly<Record<string, SlotValue>>;
  readonly message: string;
}
