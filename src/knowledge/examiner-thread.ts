import { parentPort, workerData } from 'node:worker_threads';
import { fixedClock } from '../core/clock.ts';
import { messageOf } from '../core/errors.ts';
import { diskCache } from './cache.ts';
import type { Folders } from './draft.ts';
import { examine, type Findings } from './examine.ts';
import { made, type PartOf, type Parts } from './material.ts';
import { createMemory } from './memory.ts';
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

/** Answers one question after another; what it made of the folders before, it does not make again. */
function answering(folders: Folders, tell: (told: Told) => void): (question: Question) => Promise<void> {
  const memory = createMemory();
  const cache = diskCache();
  let partOf: PartOf = (kind) => Promise.reject(new Error(`nothing was examined that has a ${kind}`));
  return async (question) => {
    if (question.kind === 'part') {
      tell({ kind: 'part', part: await partOf(question.of, question.key) });
      return;
    }
    // What was asked for of the load before belongs to it.
    memory.settle();
    const { makers, ...findings } = await examine(folders, {
      clock: fixedClock(question.now),
      trial: question.trial,
      memory,
      cache,
      onStage: (stage) => tell({ kind: 'stage', stage }),
    });
    partOf = made(makers);
    tell({ kind: 'examined', findings });
  };
}

if (parentPort !== null) {
  const port = parentPort;
  const answer = answering(workerData as Folders, (told) => port.postMessage(told));
  port.on('message', (question: Question) => {
    answer(question).catch((error: unknown) => port.postMessage({ kind: 'failed', message: messageOf(error) }));
  });
}
