import { parentPort, workerData } from 'node:worker_threads';
import { fixedClock, type Clock } from '../core/clock.ts';
import { messageOf } from '../core/errors.ts';
import { diskCache, keepLater, noCache } from './cache.ts';
import type { Folders } from './draft.ts';
import { examine, type Findings } from './examine.ts';
import { made, type PartOf, type Parts } from './material.ts';
import { createMemory, type Memory } from './memory.ts';
import { recallFindings } from './recall-findings.ts';
import type { Stage } from './stage.ts';

/** What the thread is asked, one thing at a time. */
export type Question =
  | { readonly kind: 'examine'; readonly now: Date; readonly trial: boolean }
  | { readonly kind: 'part'; readonly of: keyof Parts; readonly key: string };

/** An answer for each question, and until then what it is doing. */
export type Told =
  | { readonly kind: 'examined'; readonly findings: Findings }
  | { readonly kind: 'part'; readonly part: Parts[keyof Parts] }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'stage'; readonly stage: Stage };

/** By then what was asked for first is told, in ms. */
const CALM = 3000;
/** A program that has just begun has customers to answer; who edits files comes later than this, in ms. */
const SETTLED = 20_000;

/** Answers one question after another; what it made of the folders before, it does not make again. */
function answering(folders: Folders, tell: (told: Told) => void): (question: Question) => Promise<void> {
  const memory = createMemory();
  const disk = diskCache();
  const later = keepLater(disk);
  let known = false;
  let calm: NodeJS.Timeout | undefined;
  let settled: NodeJS.Timeout | undefined;
  let warming: Warming | null = null;
  let partOf: PartOf = (kind) => Promise.reject(new Error(`nothing was examined that has a ${kind}`));

  return async (question) => {
    if (question.kind === 'part') {
      tell({ kind: 'part', part: await partOf(question.of, question.key) });
      return;
    }
    clearTimeout(calm);
    clearTimeout(settled);
    await warming?.stop();
    warming = null;
    // What was asked for of the load before belongs to it.
    memory.settle();
    const { now, trial } = question;
    const clock = fixedClock(now);
    // Who only checks is gone before it is calm.
    const cache = trial ? disk : later;
    const recalled = trial ? null : await recallFindings(folders, now, cache);
    const recall = known ? null : recalled?.examined;
    known = true;
    const { material, problems, lines, makers } =
      recall ??
      (await examine(folders, { clock, trial, memory, cache, onStage: (stage) => tell({ kind: 'stage', stage }) }));
    partOf = made(makers);
    tell({ kind: 'examined', findings: { material, problems, lines } });
    if (!recall) recalled?.keep({ material, problems, lines, makers });
    calm = setTimeout(() => later.keepNow(), CALM).unref();
    if (recall) settled = setTimeout(() => (warming = warm(folders, clock, memory)), SETTLED).unref();
  };
}

interface Warming {
  /** Resolves when it has stopped, which is soon; what it has read so far is remembered. */
  stop(): Promise<void>;
}

/** What was recalled left nothing in the memory: an edit would cost as much as a first load. */
function warm(folders: Folders, clock: Clock, memory: Memory): Warming {
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  };
  const run = async (): Promise<void> => {
    const { prepare } = await examine(folders, { clock, trial: false, memory, cache: noCache, signal });
    await pause();
    await prepare?.(pause);
  };
  // Whatever is wrong, the next load tells.
  const ended = run().catch(() => undefined);
  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

if (parentPort !== null) {
  const port = parentPort;
  const answer = answering(workerData as Folders, (told) => port.postMessage(told));
  port.on('message', (question: Question) => {
    answer(question).catch((error: unknown) => port.postMessage({ kind: 'failed', message: messageOf(error) }));
  });
}
