import { isLearned } from '../understanding/sound.ts';
import { learnExamples } from '../understanding/understand.ts';
import type { UnderstanderOptions } from '../understanding/understanding.ts';
import type { Cache } from './cache.ts';
import type { WholeDraft } from './draft.ts';
import { indexFaq, isFaqIndex, type FaqIndex } from './faq-search.ts';
import { gazetteersOf } from './gazetteers.ts';
import type { Makers, Material, Parts } from './material.ts';
import { keyOf, type Memory } from './memory.ts';
import type { Stage } from './stage.ts';

/** More wordings of the FAQ than this teach the recogniser no better what is no request, but take long to learn. */
const MOST_FAQ_WORDINGS = 2000;

export interface Teaching {
  readonly memory: Memory;
  readonly cache: Cache;
  readonly onStage: (stage: Stage) => void;
}

/** Puts among the makers what learns from the examples and indexes the FAQ, unless this load, the one before or another program has done so. */
export function teach(
  draft: WholeDraft,
  makers: Makers,
  { memory, cache, onStage }: Teaching,
): Pick<Material, 'index' | 'learned'> {
  const index = keyOf(draft.faq.map(({ file }) => [file, draft.texts.get(file)]));
  const indices = memory.memo<FaqIndex>('index');
  const makeIndex = (): FaqIndex => {
    onStage('indexing');
    return indexFaq(draft.faq.flatMap(({ value }) => value));
  };
  makers.index.set(index, () => indices(index, () => cache.recall('faq', index, isFaqIndex, makeIndex)));

  const lessons = lessonsOf(draft);
  const learned = keyOf({
    ...lessons,
    examples: [...lessons.examples],
    gazetteers: [...lessons.gazetteers],
  });
  const known = memory.memo<Parts['learned']>('learned');
  const learn = (): Parts['learned'] => {
    onStage('learning');
    return learnExamples(lessons);
  };
  makers.learned.set(learned, () => known(learned, () => cache.recall('learned', learned, isLearned, learn)));
  return { index, learned };
}

/** What the recogniser learns from. */
export function lessonsOf({ intents, outOfScope, faq, policies, sources, rows }: WholeDraft): UnderstanderOptions {
  const wordings = faq.flatMap(({ value }) => value.flatMap(({ question, similar }) => [question, ...similar]));
  return {
    // What the FAQ answers is no intent's request.
    outOfScope: [...outOfScope, ...evenly(wordings)],
    waybillPattern: policies.value.waybill.pattern,
    maxLength: policies.value.limits.message_length,
    examples: new Map([...intents].map(([name, { value }]) => [name, value.examples])),
    gazetteers: gazetteersOf(sources.value, rows),
  };
}

/** At most so many, from all parts of the list alike. */
function evenly(wordings: readonly string[]): readonly string[] {
  const stride = Math.ceil(wordings.length / MOST_FAQ_WORDINGS);
  return wordings.filter((_, index) => index % stride === 0);
}
