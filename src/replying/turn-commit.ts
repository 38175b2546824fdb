import type { OutgoingDraft } from '../core/message.ts';
import type { Outcome } from '../core/outcome.ts';
import type { WaitingMessage } from '../core/store.ts';
import type { State } from '../dialogue/state.ts';
import { wordFor } from '../dialogue/speak.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';

/** The last message has the turn's outcome; the others are merged into it. */
export function outcomesOf(
  waiting: readonly WaitingMessage[],
  outcome: Exclude<Outcome, { kind: 'merged' }>,
): ReadonlyMap<number, Outcome> {
  const last = waiting.at(-1)?.seq;
  return new Map(
    waiting.map(({ seq }) => [
      seq,
      seq === last || last === undefined || outcome.kind === 'left_alone' ? outcome : { kind: 'merged', into: last },
    ]),
  );
}

/** Under which name the bot speaks. */
export function botName(known: Knowledge): string {
  return `${known.policies.company}客服助手`;
}

export function botSays(known: Knowledge, text: string, suggestions: readonly string[] = []): OutgoingDraft {
  return { from: { role: 'bot', name: botName(known) }, text, suggestions, attachments: [] };
}

/** An engine phrase outside a turn. */
export function sayEngine(
  known: Knowledge,
  state: State,
  key: string,
  own: Readonly<Record<string, unknown>>,
  now: Date,
): string {
  const { company, bot_number } = known.policies;
  return wordFor(
    state,
    known,
    key,
    { company, bot_number, policy: known.policies, now: now.toISOString(), ...own },
    now,
  );
}
