import type { Understanding } from '../understanding/understanding.ts';
import type { Advised } from './adviser.ts';
import { createBreaker } from './breaker.ts';
import { UnusableError, faultOf } from './fault.ts';
import { fillVectors, type FillOptions } from './fill.ts';
import { lineFrom, tryOut } from './line.ts';
import { maskAll, maskForModel } from './mask.ts';
import { createNeighbours, type Near, type Neighbours } from './neighbours.ts';
import { textsOf, type Texts, type Written } from './texts.ts';

/** Which intent, or which entry of the FAQ, a message is near enough to. */
export type Opinion = { readonly intent: string } | { readonly answer: string };

export interface Meanings {
  /** Begins to compute what is new in the files, and ends what was begun for earlier ones. Until it is done there is no opinion. */
  learn(written: Written): void;
  /** Null where it has none; it never throws. */
  opinion(understood: Understanding, of: Asked, until: AbortSignal): Promise<Opinion | null>;
  stop(): Promise<void>;
}

/** For whom, and how much, the endpoint may be asked. */
export interface Asked extends Pick<Advised, 'understand' | 'names' | 'perDay'> {
  /** Of the knowledge. */
  readonly version: string;
}

export interface MeaningsOptions extends FillOptions {
  readonly withinBudget: (perDay: number) => boolean;
  /** ms after a failure before the files' texts are asked for again; twice that after the next, up to `LONGEST_REST`. */
  readonly rest?: number;
}

interface Index {
  readonly version: string;
  readonly key: string;
  readonly length: number;
  readonly intents: Judge;
  readonly faq: Judge;
}
type Judge = (vector: Int8Array) => Promise<Near | null>;

const REST = 30_000;
const LONGEST_REST = 30 * 60_000;
/** Nearest examples that are heard. */
const NEAR = 5;

/** What messages are near to, by the vectors of an endpoint: examples and wordings of the FAQ. */
export function createMeanings(options: MeaningsOptions): Meanings {
  const { embed, store, clock, log, withinBudget, rest: shortest = REST } = options;
  const breaker = createBreaker(clock);
  let index: Index | null = null;
  let underWay = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function compute(written: Written, signal: AbortSignal): Promise<void> {
    const texts = await textsOf(written);
    if (index?.key === texts.key) {
      index = { ...index, version: written.version };
      return;
    }
    const all = [...texts.examples, ...texts.faq];
    const vectors = await fillVectors(all, options, signal);
    const made = await indexOf(texts, vectors, written.version, signal);
    await store.keepOnlyVectorsOf(all.map(({ hash }) => hash));
    index = made.index;
    log.info({ texts: all.length, ...made.lines }, 'messages can be compared by their vectors');
  }

  async function keepTrying(written: Written, signal: AbortSignal): Promise<void> {
    let told = '';
    for (let rest = shortest; !signal.aborted; rest = Math.min(rest * 2, LONGEST_REST)) {
      try {
        return await compute(written, signal);
      } catch (error) {
        if (signal.aborted) return;
        const fault = faultOf(error);
        if (fault !== told) log.warn({ error: fault }, 'the endpoint gave no vectors; without them for now');
        told = fault;
        await nap(rest, signal);
      }
    }
  }

  function nap(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const callOff = clock.after(ms, resolve);
      signal.addEventListener('abort', () => (callOff(), resolve()), { once: true });
    });
  }

  async function vectorsOf(
    texts: readonly string[],
    { length }: Index,
    until: AbortSignal,
  ): Promise<readonly Int8Array[] | null> {
    try {
      const vectors = await embed(texts, until);
      if (vectors[0]?.length !== length) throw new UnusableError('a vector of another length than the examples have');
      breaker.succeeded();
      return vectors;
    } catch (error) {
      breaker.failed();
      log.warn({ error: faultOf(error) }, 'the endpoint gave no vector of a message');
      return null;
    }
  }

  return {
    learn(written) {
      underWay.abort();
      const { signal } = (underWay = new AbortController());
      running = running.then(() => keepTrying(written, signal));
    },
    async opinion(understood, { version, names, understand, perDay }, until) {
      const now = index;
      if (now?.version !== version || !breaker.ready() || !withinBudget(perDay)) return null;
      // Examples are compared without what they name, questions with it: what is private is put away in both.
      const words = maskForModel(understood, names);
      const texts = [maskAll(words, understand), words];
      const vectors = await vectorsOf([...new Set(texts)], now, until);
      if (vectors === null) return null;
      const near = await now.intents(vectors[0]!);
      const answer = await now.faq(vectors.at(-1)!);
      if (answer?.label != null && answer.likeness > (near?.likeness ?? 0)) return { answer: answer.label };
      return near?.label != null ? { intent: near.label } : null;
    },
    async stop() {
      underWay.abort();
      await running;
    },
  };
}

/** Compares, and draws the lines below which nothing is taken for anything, by trials on what is known. */
async function indexOf(
  { examples, faq, key }: Texts,
  vectors: ReadonlyMap<string, Int8Array>,
  version: string,
  signal: AbortSignal,
): Promise<{ readonly index: Index; readonly lines: object }> {
  const samples = examples.map(({ hash, intent }) => ({ vector: vectors.get(hash)!, label: intent }));
  const wordings = faq.map(({ hash, id }) => ({ vector: vectors.get(hash)!, label: id }));
  const intents = createNeighbours(samples, NEAR);
  const answers = createNeighbours(wordings, 1);
  // The recogniser learns from the FAQ too what is no request; a name that was put away hides whether this is one of those.
  const known = new Set(faq.map(({ hash }) => hash));
  const outside = examples.filter(
    ({ text, intent, hash }) => intent === null && !text.includes('{') && !known.has(hash),
  );
  const lines = {
    intents: lineFrom(await tryOut(intents, null, signal)),
    faq: lineFrom(
      await tryOut(
        answers,
        outside.map(({ hash }) => vectors.get(hash)!),
        signal,
      ),
    ),
  };
  const length = (samples[0] ?? wordings[0])?.vector.length ?? 0;
  return {
    index: { version, key, length, intents: above(intents, lines.intents), faq: above(answers, lines.faq) },
    lines,
  };
}

function above(neighbours: Neighbours, line: number | null): Judge {
  return async (vector) => {
    const near = line === null ? null : await neighbours.nearest(vector);
    return near !== null && near.label !== null && near.score >= line! ? near : null;
  };
}
