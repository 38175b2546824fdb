import { CHATTER } from './chatter.ts';
import { isEmergency } from './emergency.ts';
import { createExtractor } from './entities/extract.ts';
import { maskEntities } from './features.ts';
import { moodOf } from './mood.ts';
import { normalise } from './normalise.ts';
import { learn, lexiconOf, type Learned } from './learn.ts';
import { createRecogniser } from './recogniser.ts';
import { rememberNothing, type Remember } from './remember.ts';
import { requestsOf } from './requests.ts';
import { signalsOf } from './signals.ts';
import type { Explanation } from './recogniser.ts';
import type { Understand, UnderstanderOptions } from './understanding.ts';

/** Examples are read as of this day; they are masked, so that the day itself does not matter. */
const SOME_DAY = new Date(2026, 0, 15);

/** Understands, and tells why a message was taken for what it was. */
export interface Understander extends Understand {
  readonly explain: (text: string, now: Date) => Explanation;
  /** What it learned from, with what they name put away; intent null: nothing that is asked for. */
  readonly examples: readonly { readonly text: string; readonly intent: string | null }[];
}

/** Trains on the examples; null where there is nothing to learn. Takes seconds where they are many. Throws where the waybill pattern is not RE2. */
export function learnExamples(options: UnderstanderOptions, remember: Remember = rememberNothing): Learned | null {
  const { examples, chatter } = maskedIn(options, remember);
  return learn(examples, chatter, options.outOfScope.length === 0, remember);
}

/** Has what `learnExamples` reads remembered, so that it is the quicker when it is asked. */
export function readExamples(options: UnderstanderOptions, remember: Remember): void {
  const { examples, chatter } = maskedIn(options, remember);
  lexiconOf(remember)([...[...examples.values()].flat(), ...chatter]);
}

function maskedIn(options: UnderstanderOptions, remember: Remember) {
  const extract = createExtractor(options);
  const { gazetteers, waybillPattern, maxLength, outOfScope } = options;
  const masked = remember<string>(`masked ${JSON.stringify([[...gazetteers], waybillPattern, maxLength])}`);
  const read = (example: string): string =>
    masked(example, () => {
      const { text } = normalise(example, maxLength);
      return maskEntities(text, extract(text, SOME_DAY));
    });
  return {
    examples: new Map([...options.examples].map(([intent, examples]) => [intent, examples.map(read)])),
    chatter: (outOfScope.length === 0 ? CHATTER : outOfScope).map(read),
  };
}

/** Understands by what was learned with the same options, which may be kept from before. Throws where the waybill pattern is not RE2. */
export function createUnderstander(
  options: Pick<UnderstanderOptions, 'gazetteers' | 'waybillPattern' | 'maxLength'>,
  learned: Learned | null,
): Understander {
  const extract = createExtractor(options);
  const recogniser = createRecogniser(learned);
  const understand: Understand = (raw, now) => {
    const { text, language, script } = normalise(raw, options.maxLength);
    const entities = extract(text, now);
    return {
      text,
      language,
      script,
      ...requestsOf(text, entities, recogniser),
      entities,
      mood: moodOf(text),
      emergency: isEmergency(text),
      signals: signalsOf(text),
    };
  };
  return Object.assign(understand, {
    examples: (learned?.examples ?? []).map((text, i) => ({
      text,
      intent: learned?.intents[learned.model.labels[i]!] ?? null,
    })),
    explain(raw: string, now: Date) {
      const { text } = normalise(raw, options.maxLength);
      return recogniser.explain(maskEntities(text, extract(text, now)));
    },
  });
}
