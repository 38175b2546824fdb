import { systemClock, type Clock } from '../core/clock.ts';
import { diskCache, noCache, type Cache } from './cache.ts';
import { compileKnowledge } from './compile.ts';
import type { Folders } from './draft.ts';
import { examine, type Findings } from './examine.ts';
import type { Knowledge } from './knowledge.ts';
import { made, type PartOf } from './material.ts';
import { createMemory, type Memory } from './memory.ts';
import type { Problem } from './problem.ts';
import { recallFindings } from './recall-findings.ts';
import type { Stage } from './stage.ts';

export type { Folders } from './draft.ts';

export interface LoadResult {
  /** Null when any problem is an error. */
  readonly knowledge: Knowledge | null;
  /** In report order. */
  readonly problems: readonly Problem[];
  /** The line of a file as it was read, for showing what is wrong; null where there is none. */
  readonly lineAt: (path: string, line: number) => string | null;
}

export interface LoadOptions {
  /** Tells which answers have expired. */
  readonly clock?: Clock;
  /** Also say each example to the trained recogniser: what takes a moment more, for `check`. */
  readonly trial?: boolean;
  /** What the load before left; an edit then costs no more than it must. */
  readonly memory?: Memory;
  /** What programs before left; the user's own by default. */
  readonly cache?: Cache;
  readonly onStage?: (stage: Stage) => void;
}

/** Reads, checks and compiles both folders, here and now: for commands. Whatever stands in them becomes problems, never an exception. */
export async function loadKnowledge(
  folders: Folders,
  {
    clock = systemClock,
    trial = false,
    memory = createMemory(),
    cache = diskCache(),
    onStage = () => undefined,
  }: LoadOptions = {},
): Promise<LoadResult> {
  const recalled = trial || cache === noCache ? null : await recallFindings(folders, clock.now(), cache);
  const { makers, ...findings } =
    recalled?.examined ?? (await examine(folders, { clock, trial, memory, cache, onStage }));
  const result = await conclude(findings, made(makers), memory);
  if (!recalled?.examined) recalled?.keep({ ...findings, makers });
  return result;
}

/** Compiles what was found right; the load ends with it. */
export async function conclude(
  { material, problems, lines }: Findings,
  partOf: PartOf,
  memory: Memory,
): Promise<LoadResult> {
  const knowledge = material && (await compileKnowledge(material, partOf, memory));
  memory.settle();
  return { knowledge, problems, lineAt: (path, line) => lines.get(`${path}:${line}`) ?? null };
}
