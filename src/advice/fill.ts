import { APIError } from 'openai';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { VectorStore } from '../core/vectors.ts';
import type { Embed } from './embed.ts';
import { UnusableError } from './fault.ts';
import type { Text } from './texts.ts';
import type { Vector } from './vector.ts';

export interface FillOptions {
  readonly embed: Embed;
  /** Vectors are kept by it. */
  readonly model: string;
  readonly store: VectorStore;
  readonly clock: Clock;
  readonly log: Log;
  /** A line for whoever watches the program start. */
  readonly tell: (line: string) => void;
  /** ms that one batch may take. */
  readonly batchPatience?: number;
}

/** Texts that are asked for at once; endpoints that take fewer say so, and are given half. */
const BATCH = 64;
const BATCH_PATIENCE = 60_000;
/** Rows that are read at once. */
const READ = 500;
/** Longer than that, in ms, and people are told; then after twice that time, and so on. */
const SILENCE = 2000;

/** The vectors of all the texts by hash: those that are kept, and the others from the endpoint, which are kept at once. Throws where it fails. */
export async function fillVectors(
  texts: readonly Text[],
  { embed, model, store, clock, log, tell, batchPatience = BATCH_PATIENCE }: FillOptions,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Vector>> {
  const wanted = new Map(texts.map(({ hash, text }) => [hash, text]));
  const found = await kept(store, model, [...wanted.keys()], signal);
  let size = found.values().next().value?.length;
  let untried = true;
  let missing = [...wanted].filter(([hash]) => !found.has(hash));
  if (missing.length === 0) return found;

  const progress = createProgress(clock, (done) =>
    tell(`正在计算语义向量 (computing vectors): ${done}/${missing.length}`),
  );
  log.info({ model, texts: wanted.size, new: missing.length }, 'vectors are computed');
  try {
    let batch = BATCH;
    for (let at = 0; at < missing.length;) {
      const part = missing.slice(at, at + batch);
      const vectors = await asked(part).catch((error: unknown) => {
        if (part.length === 1 || !isTooMuch(error)) throw error;
        batch = Math.ceil(part.length / 2);
        return null;
      });
      if (vectors === null) continue;
      const [{ length }] = vectors as [Vector];
      if (size !== undefined && length !== size) {
        if (!untried) throw new UnusableError('vectors of different lengths');
        log.warn(
          { model, length, kept: size },
          'vectors have another length than those that were kept: all are asked for anew',
        );
        await store.dropVectors(model);
        found.clear();
        [missing, at, size, untried] = [[...wanted], 0, undefined, false];
        continue;
      }
      [size, untried] = [length, false];
      const fresh = new Map(part.map(([hash], i) => [hash, vectors[i]!]));
      for (const [hash, vector] of fresh) found.set(hash, vector);
      await store.keepVectors(model, new Map([...fresh].map(([hash, vector]) => [hash, bytesOf(vector)])));
      at += part.length;
      progress.done(at);
    }
    log.info({ model, new: missing.length, length: size }, 'vectors are complete');
    return found;
  } finally {
    progress.end();
  }

  function asked(part: readonly (readonly [string, string])[]): Promise<readonly Vector[]> {
    return embed(
      part.map(([, text]) => text),
      AbortSignal.any([signal, AbortSignal.timeout(batchPatience)]),
    );
  }
}

/** What was kept is bytes of one length; a row of another length is as good as none. */
async function kept(
  store: VectorStore,
  model: string,
  hashes: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, Vector>> {
  const found = new Map<string, Vector>();
  let size: number | undefined;
  for (let at = 0; at < hashes.length; at += READ) {
    signal.throwIfAborted();
    for (const [hash, bytes] of await store.vectors(model, hashes.slice(at, at + READ))) {
      size ??= bytes.length;
      if (bytes.length === size) found.set(hash, Int8Array.from(bytes));
    }
  }
  return found;
}

function bytesOf(vector: Vector): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.length);
}

/** Batches are limited differently by everyone, and told of by one of these. */
function isTooMuch(error: unknown): boolean {
  return error instanceof APIError && [400, 413, 422].includes(error.status as number);
}

function createProgress(clock: Clock, say: (done: number) => void): { done(count: number): void; end(): void } {
  let done = 0;
  const wait = (ms: number): (() => void) =>
    clock.after(ms, () => {
      say(done);
      stop = wait(ms * 2);
    });
  let stop = wait(SILENCE);
  return {
    done: (count) => void (done = count),
    end: () => stop(),
  };
}
