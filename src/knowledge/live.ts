import type { Clock } from '../core/clock.ts';
import { UsageError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Knowledge } from './knowledge.ts';
import type { Folders } from './load.ts';
import { createLoader } from './loader.ts';
import { formatProblem, type Problem } from './problem.ts';
import type { Stage } from './stage.ts';
import { watchKnowledge } from './watch.ts';

/** The knowledge that serves now; a broken edit changes nothing. */
export interface LiveKnowledge {
  current(): Knowledge;
  /** Of the latest edit, whether or not it serves. */
  problems(): readonly Problem[];
  close(): Promise<void>;
}

export interface LiveOptions {
  /** An edit was refused, or has warnings: those of the latest load. */
  readonly onProblems?: (problems: readonly Problem[]) => void;
  readonly onChanged?: (knowledge: Knowledge) => void;
  readonly debounceMs?: number;
  /** What a load is doing. */
  readonly onStage?: (stage: Stage) => void;
  /** Tells which answers have expired. */
  readonly clock?: Clock;
  readonly log?: Log;
}

/** The files cannot be served as they are. */
export class KnowledgeError extends UsageError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => formatProblem(problem)).join('\n'));
    this.problems = problems;
  }
}

/** Loads and keeps loading. Throws KnowledgeError when the first load is broken. */
export async function liveKnowledge(folders: Folders, options: LiveOptions = {}): Promise<LiveKnowledge> {
  const loader = createLoader(folders, options);
  let knowledge: Knowledge | null = null;
  let problems: readonly Problem[] = [];
  const served = Promise.withResolvers<void>();
  const watching = watchKnowledge({
    folders,
    load: () => served.promise.then(() => loader.load()),
    ...(options.debounceMs === undefined ? {} : { debounceMs: options.debounceMs }),
    ...(options.log ? { log: options.log } : {}),
    onLoaded(result) {
      problems = result.problems;
      if (problems.length > 0) options.onProblems?.(problems);
      if (!result.knowledge || result.knowledge.version === knowledge?.version) return;
      knowledge = result.knowledge;
      options.onChanged?.(knowledge);
    },
  });
  // At once: a load that is under way ends with its thread.
  const close = async (): Promise<void> =>
    void (await Promise.all([watching.then((watcher) => watcher.close()), loader.close()]));
  let first: Knowledge;
  try {
    const [loaded] = await Promise.all([loader.load(), watching]);
    if (!loaded.knowledge) throw new KnowledgeError(loaded.problems);
    first = knowledge = loaded.knowledge;
    problems = loaded.problems;
  } catch (error) {
    served.resolve();
    await close();
    throw error;
  }
  if (problems.length > 0) options.onProblems?.(problems);
  served.resolve();
  return { current: () => knowledge ?? first, problems: () => problems, close };
}
