import type { Understanding } from '../understanding/understanding.ts';
import { CONFIDENCE, PATIENCE, type Advise, type Advised } from './adviser.ts';
import type { Meanings } from './meanings.ts';

/** What a message that asks for nothing known may mean after all. */
export interface Second {
  /** The same as was given where nobody knows better. */
  readonly understood: Understanding;
  /** The entry of the FAQ that answers it. */
  readonly answer?: string;
}

export interface Consulted extends Advised {
  /** Of the knowledge. */
  readonly version: string;
  /** The FAQ has an answer as it is: then vectors are not asked for. */
  readonly answered: boolean;
  /** Whether an entry of the FAQ may be told today. */
  readonly tellable: (entry: string) => boolean;
}

/**
 * Vectors first, which are cheap and bound to the examples; a language model where they say nothing. Both together have
 * `patience` ms. Never throws.
 */
export function createSecondOpinion(
  meanings: Meanings | null,
  advise: Advise | null,
  patience = PATIENCE,
): (understood: Understanding, desk: Consulted) => Promise<Second> {
  return async (understood, desk) => {
    if (understood.requests.length > 0 || !/\p{L}/u.test(understood.text)) return { understood };
    const until = AbortSignal.timeout(patience);
    const opinion = desk.answered ? null : ((await meanings?.opinion(understood, desk, until)) ?? null);
    if (opinion !== null && 'intent' in opinion && desk.intents.some(({ name }) => name === opinion.intent)) {
      const { text } = understood;
      const request = { intent: opinion.intent, confidence: CONFIDENCE, text, start: 0, end: text.length };
      return { understood: { ...understood, requests: [request] } };
    }
    if (opinion !== null && 'answer' in opinion && desk.tellable(opinion.answer))
      return { understood, answer: opinion.answer };
    return { understood: advise === null ? understood : await advise(understood, desk, until) };
  };
}
