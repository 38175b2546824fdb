import type { Coordination } from '../../core/coordination.ts';
import { slowDown } from './failure.ts';

/**
 * The engine asks a person who sends too much to slow down; only far beyond that does the door close: at so many times what they
 * may say in a minute, or at twice of it within five seconds, which no hand types and each of which the others would feel.
 */
const FLOOD = 10;
const MINUTE = 60_000;
const BURST = 2;
const BURST_MS = 5000;

/** Throws 429 where `who` posts too much. */
export async function passDoor(
  coordination: Pick<Coordination, 'allow'>,
  who: string,
  messagesPerMinute: number,
): Promise<void> {
  if (!(await coordination.allow(`${who} burst`, messagesPerMinute * BURST, BURST_MS))) throw slowDown(5);
  if (!(await coordination.allow(who, messagesPerMinute * FLOOD, MINUTE))) throw slowDown(10);
}
