import { systemClock, type Clock } from '../core/clock.ts';
import { createExaminer, type Examiner } from './examiner.ts';
import { conclude, type Folders, type LoadResult } from './load.ts';
import { createMemory, type Memory } from './memory.ts';
import type { Stage } from './stage.ts';

export interface LoaderOptions {
  /** Tells which answers have expired. */
  readonly clock?: Clock;
  /** What a load is doing. */
  readonly onStage?: (stage: Stage) => void;
}

/** Loads one and the same two folders again and again. */
export interface Loader {
  /** One at a time. An edit costs no more than it must. */
  load(): Promise<LoadResult>;
  /** A load that is under way fails. */
  close(): Promise<void>;
}

/** Reads, checks and learns in a thread of its own, so that whoever serves customers meanwhile is not held up. */
export function createLoader(folders: Folders, { clock = systemClock, onStage }: LoaderOptions = {}): Loader {
  const begin = () => ({ examiner: createExaminer(folders, onStage), memory: createMemory() });
  let side: { readonly examiner: Examiner; readonly memory: Memory } | null = begin();
  return {
    async load() {
      const { examiner, memory } = (side ??= begin());
      try {
        return await conclude(await examiner.examine(clock.now(), false), examiner.partOf, memory);
      } catch (error) {
        // What both remember of each other no longer fits: the next load begins anew.
        side = null;
        await examiner.close();
        throw error;
      }
    },
    async close() {
      await side?.examiner.close();
    },
  };
}
