import { createHash } from 'node:crypto';
import type { Lexicon } from '../understanding/lexicon.ts';
import { isLearned } from '../understanding/sound.ts';
import { learnExamples, readExamples } from '../understanding/understand.ts';
import type { UnderstanderOptions } from '../understanding/understanding.ts';
import type { Cache } from './cache.ts';
import type { WholeDraft } from './draft.ts';
import { createFaqLexicon, indexFaq, isFaqIndex, textsOf, type FaqIndex } from './faq-index.ts';
import { gazetteersOf } from './gazetteers.ts';
import type { Makers, Material, Parts } from './material.ts';
import { keyOf, type Memory } from './memory.ts';
import type { Stage } from './stage.ts';

/** More wordings of the FAQ than this teach the recogniser no better what is no request, but take long to learn. */
const MOST_FAQ_WORDINGS = 2000;

/** So many texts more are read between two pauses. */
const PREPARED = 5000;

export interface Taught {
  readonly keys: Pick<Material, 'index' | 'learned'>;
  /** Has the memory read what indexing and learning will ask it for; it pauses often. */
  readonly prepare: (pause: () => Promise<void>) => Promise<void>;
}

export interface Teaching {
  readonly memory: Memory;
  readonly cache: Cache;
  readonly onStage: (stage: Stage) => void;
}

/** Puts among the makers what learns from the examples and indexes the FAQ, unless this load, the one before or another program has done so. */
export function teach(draft: WholeDraft, makers: Makers, { memory, cache, onStage }: Teaching): Taught {
  const entries = draft.faq.flatMap(({ value }) => value);
  const lexicon = memory.memo<Lexicon>('lexicon of the FAQ')('', createFaqLexicon);
  const index = keyOf(draft.faq.map(({ file }) => [file, draft.texts.get(file)]));
  const makeIndex = (): FaqIndex => {
    onStage('indexing');
    return indexFaq(entries, lexicon);
  };
  makers.index.set(
    index,
    once(() => cache.recall('faq', index, isFaqIndex, makeIndex)),
  );

  const lessons = lessonsOf(draft);
  const learned = keyOf({
    ...lessons,
    examples: [...lessons.examples],
    gazetteers: [...lessons.gazetteers],
  });
  const learn = (): Parts['learned'] => {
    onStage('learning');
    return learnExamples(lessons, memory.memo);
  };
  makers.learned.set(
    learned,
    once(() => cache.recall('learned', learned, isLearned, learn)),
  );
  return {
    keys: { index, learned },
    async prepare(pause) {
      const texts = textsOf(entries);
      for (let count = PREPARED; count < texts.length + PREPARED; count += PREPARED) {
        lexicon(texts.slice(0, count));
        await pause();
      }
      readExamples(lessons, memory.memo);
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** What the recogniser learns from. */
export function lessonsOf({ intents, outOfScope, faq, policies, sources, rows }: WholeDraft): UnderstanderOptions {
  const wordings = faq.flatMap(({ value }) => value.flatMap(({ question, similar }) => [question, ...similar]));
  return {
    // What the FAQ answers is no intent's request.
    outOfScope: [...outOfScope, ...some(wordings)],
    waybillPattern: policies.value.waybill.pattern,
    maxLength: policies.value.limits.message_length,
    examples: new Map([...intents].map(([name, { value }]) => [name, value.examples])),
    gazetteers: gazetteersOf(sources.value, rows),
  };
}

/** About so many at most, whichever they are: chosen by their own words, so that another entry changes no other's part. */
function some(wordings: readonly string[]): readonly string[] {
  const share = 2 ** Math.ceil(Math.log2(Math.max(1, wordings.length / MOST_FAQ_WORDINGS)));
  return share === 1
    ? wordings
    : wordings.filter((wording) => createHash('sha256').update(wording).digest()[0]! % share === 0);
}
