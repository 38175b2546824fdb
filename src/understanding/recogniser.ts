import { createMemo } from '../core/bounded-map.ts';
import { createJudge } from './calibration.ts';
import { featuresOf } from './features.ts';
import { FLOOR, type Learned } from './learn.ts';
import { createModel } from './model.ts';
import { createVocabulary } from './vectors.ts';
import type { Guess } from './understanding.ts';

/** Best first, at most five; empty where the text has nothing to go by. Confidence from `floor` on means: asked for. */
export type Recognise = (masked: string) => readonly Guess[];

/** Why a text was taken for an intent, or would have been. */
export interface Explanation {
  readonly guesses: readonly Guess[];
  /** What speaks most for the first guess, in the recogniser's terms; and what most against it. */
  readonly features: readonly { readonly feature: string; readonly weight: number }[];
  /** The nearest examples, of any intent (`out-of-scope` for chatter). */
  readonly nearest: readonly { readonly example: string; readonly intent: string; readonly likeness: number }[];
}

export interface Recogniser {
  readonly recognise: Recognise;
  /** Guesses with a lower confidence are out of scope. */
  readonly floor: number;
  readonly explain: (masked: string) => Explanation;
}

export const OUT_OF_SCOPE = 'out-of-scope';
const silent: Recogniser = {
  floor: FLOOR,
  recognise: () => [],
  explain: () => ({ guesses: [], features: [], nearest: [] }),
};
/** What an example is worth to somebody who writes exactly that. */
const VERBATIM = 0.95;
const SHOWN = 8;
const MOST_GUESSES = 5;
/** Customers say the same again and again, the more so with what they name put away: so many short texts need not be judged anew. */
const HEARD = 1000;
const SHORT = 60;

/** Recognises by what was learned; null knows nothing. About 50 µs for what was not heard lately. */
export function createRecogniser(learned: Learned | null): Recogniser {
  if (learned === null) return silent;
  const { intents, floor, features: names, examples } = learned;
  const { labels } = learned.model;
  const read = createVocabulary(names);
  const model = createModel(learned.model);
  const judge = createJudge(learned.trust);
  // The first of the same words counts.
  const verbatim = new Map(examples.map((text, i) => [wordsOf(text), labels[i]!] as const).reverse());

  function guessesFor(masked: string): readonly Guess[] {
    const features = featuresOf(masked);
    if (features.size === 0) return [];
    const { shares, best, evidence } = model.judge(read(features));
    const same = verbatim.get(wordsOf(masked));
    const confidence = same === intents.length ? Math.min(judge(evidence), 1 - VERBATIM) : judge(evidence);
    return intents
      .map((intent, label) => {
        const share = confidence * (shares[label]! / shares[best]!);
        return { intent, confidence: label === same ? Math.max(share, VERBATIM) : share };
      })
      .sort((a, b) => b.confidence - a.confidence)
      .slice(0, MOST_GUESSES);
  }

  const heard = createMemo<string, readonly Guess[]>(HEARD);
  const recognise: Recognise = (masked) =>
    masked.length > SHORT ? guessesFor(masked) : heard(masked, () => guessesFor(masked));
  return {
    recognise,
    floor,
    explain(masked) {
      const guesses = recognise(masked).slice(0, 3);
      const [first] = guesses;
      if (first === undefined) return { guesses, features: [], nearest: [] };
      const reasons = model.explain(read(featuresOf(masked)), intents.indexOf(first.intent));
      const features = reasons.features.map(([place, weight]) => ({ feature: names[place]!, weight }));
      return {
        guesses,
        features: features.length <= SHOWN ? features : [...features.slice(0, SHOWN - 2), ...features.slice(-2)],
        nearest: reasons.nearest.map(([sample, likeness]) => {
          const intent = intents[labels[sample]!] ?? OUT_OF_SCOPE;
          return { example: examples[sample]!, intent, likeness };
        }),
      };
    },
  };
}

/** A text without its blanks and punctuation, with no character more than twice in a row. */
function wordsOf(masked: string): string {
  return masked
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{S}{}]+/gu, '')
    .replace(/(.)\1{2,}/gu, '$1$1');
}
