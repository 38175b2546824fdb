import type { Knowledge } from '../knowledge/knowledge.ts';
import { hearingOf, isLate } from './group.ts';
import type { State } from './state.ts';
import type { Turn } from './turn.ts';

/** A message this short may be the beginning of a longer thought. */
const SHORT = 12;
const finished = /[?？。!！]$/;

/**
 * How long to wait for more before answering, in ms: people write a thought in several short messages.
 * A full question, or the awaited waybill, is answered at once; a greeting, a fragment or a picture alone waits a little.
 */
export function patienceFor(state: State, turn: Turn, knowledge: Knowledge, now: Date): number {
  const { merge_ms } = knowledge.policies.dialogue;
  const { requests, entities, text } = turn.understood;
  const hearing = hearingOf(state, turn, knowledge, now);
  if (hearing.kind === 'wait') return hearing.ms;
  // What was said while nobody listened comes all at once: it is answered once.
  if (isLate(state, turn, now)) return merge_ms;
  // A name called, and then the question.
  if (text === '' && turn.context?.addressed === 'us') return merge_ms;
  if (text === '') return turn.attachments > 0 ? merge_ms : 0;
  const [frame] = state.frames;
  if (frame?.expecting != null) {
    const { expecting } = frame;
    const slot = expecting.kind === 'slot' ? knowledge.intents.get(frame.intent)?.slots.get(expecting.slot) : undefined;
    const free =
      expecting.kind === 'change' || (slot !== undefined && slot.fills === null && slot.choices === undefined);
    return free ? merge_ms : 0;
  }
  const asks = requests.some((request) => knowledge.intents.get(request.intent)?.small === false);
  if (!asks) return merge_ms;
  return text.length <= SHORT && entities.length === 0 && !finished.test(text) ? merge_ms : 0;
}
