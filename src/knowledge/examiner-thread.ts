import { parentPort, workerData } from 'node:worker_threads';
import { fixedClock, type Clock } from '../core/clock.ts';
import { messageOf } from '../core/errors.ts';
import { diskCache, noCache } from './cache.ts';
import type { Folders } from './draft.ts';
import { examine, type Findings } from './examine.ts';
import { made, type PartOf, type Parts } from './material.ts';
import { createMemory } from './memory.ts';
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

/** Answers one question after another; what it made of the folders before, it does not make again. */
function answering(folders: Folders, tell: (told: Told) => void): (question: Question) => Promise<void> {
  const memory = createMemory();
  const cache = diskCache();
  let begun = false;
  let partOf: PartOf = (kind) => Promise.reject(new Error(`nothing was examined that has a ${kind}`));
  /** What was recalled left nothing in the memory: an edit would cost as much as a first load. */
  const warm = async (clock: Clock): Promise<void> => {
    const { material, makers } = await examine(folders, { clock, trial: false, memory, cache: noCache });
    if (material) makers.index.get(material.index)?.();
  };
  return async (question) => {
    if (question.kind === 'part') {
      tell({ kind: 'part', part: await partOf(question.of, question.key) });
      return;
    }
    // What was asked for of the load before belongs to it.
    memory.settle();
    const clock = fixedClock(question.now);
    const recalled = question.trial ? null : await recallFindings(folders, question.now, cache);
    const { makers, ...findings } =
      (begun ? null : recalled?.examined) ??
      (await examine(folders, {
        clock,
        trial: question.trial,
        memory,
        cache,
        onStage: (stage) => tell({ kind: 'stage', stage }),
      }));
    partOf = made(makers);
    tell({ kind: 'examined', findings });
    if (recalled?.examined && !begun) setTimeout(() => void warm(clock), CALM).unref();
    else recalled?.keep({ ...findings, makers });
    begun = true;
  };
}

if (parentPort !== null) {
  const port = parentPort;
  const answer = answering(workerData as Folders, (told) => port.postMessage(told));
  port.on('message', (question: Question) => {
    answer(question).catch((error: unknown) => port.postMessage({ kind: 'failed', message: messageOf(error) }));
  });
}
