import { Worker } from 'node:worker_threads';
import type { Folders } from './draft.ts';
import type { Findings } from './examine.ts';
import type { Question, Told } from './examiner-thread.ts';
import type { PartOf } from './material.ts';
import type { Stage } from './stage.ts';

/** Examines both folders in a thread of its own, so that this one stays free. One thing at a time. */
export interface Examiner {
  /** Also says each example to the trained recogniser where `trial` is set. */
  examine(now: Date, trial: boolean): Promise<Findings>;
  /** A part of what was examined last. */
  readonly partOf: PartOf;
  close(): Promise<void>;
}

/** The thread begins at once. Where it fails, so does everything asked of it. */
export function createExaminer(folders: Folders, onStage: (stage: Stage) => void = () => undefined): Examiner {
  const worker = new Worker(new URL('./examiner-thread.ts', import.meta.url), { workerData: folders });
  let waiting: PromiseWithResolvers<Told> | undefined;
  let failed: Error | undefined;
  const fail = (error: Error): void => {
    failed ??= error;
    waiting?.reject(failed);
  };
  worker.on('message', (told: Told) => {
    if (told.kind === 'stage') onStage(told.stage);
    else if (told.kind === 'failed') waiting?.reject(new Error(told.message));
    else waiting?.resolve(told);
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the thread that examines the knowledge has ended')));

  async function ask<K extends Told['kind']>(question: Question, kind: K): Promise<Extract<Told, { kind: K }>> {
    if (failed) throw failed;
    if (waiting) throw new Error('the knowledge is being examined');
    waiting = Promise.withResolvers();
    worker.ref();
    worker.postMessage(question);
    try {
      const told = await waiting.promise;
      if (told.kind !== kind) throw new Error(`asked for ${kind}, told ${told.kind}`);
      return told as Extract<Told, { kind: K }>;
    } finally {
      waiting = undefined;
      // Nobody waits for it any more: it keeps no program from ending.
      worker.unref();
    }
  }

  return {
    examine: async (now, trial) => (await ask({ kind: 'examine', now, trial }, 'examined')).findings,
    partOf: async (of, key) => (await ask({ kind: 'part', of, key }, 'part')).part as never,
    close: async () => void (await worker.terminate()),
  };
}
