import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Chance } from './chance.ts';
import { finish } from './finish.ts';
import { startLife, type Life, type Setting } from './life.ts';
import { pause, type Side } from './side.ts';
import { openTown, type Town } from './town.ts';
import {
  attach,
  countCalls,
  countingTrace,
  injected,
  TO_DISK,
  tracer,
  traceOf,
  SENDS,
  type Call,
  type Injection,
  type Trace,
} from './tracer.ts';
import { violations } from './verdict.ts';

/** Turns of a life, and lives on one database at most before it is looked at and another one begun. */
const TURNS = 20;
const LIVES = 16;
/**
 * Every so many calls one fails: a life meets several faults, and so many lives meet every call. A large turn takes over 60
 * writes, and would never be kept if one in 60 failed for ever: so nothing fails beyond the calls that 20 turns make.
 */
const STEP = 100;
/** How long a life may go on without anything happening, in ms: one that met an error must heal before that. */
const QUIET = 30_000;
/** A life that neither serves nor has ended by then never will, in ms. */
const LONGEST_START = 60_000;

type Calls = ReadonlyMap<Call, number>;

export interface PointsResult {
  /** By fault: how many calls were met by it. */
  readonly met: ReadonlyMap<string, number>;
  /** What the main thread calls on an empty folder without a turn, and from when it serves, for so many turns, until it has ended. */
  readonly calls: Readonly<Record<Injection['during'], Calls>>;
  readonly lives: number;
  readonly databases: number;
  /** Lives that an error ended, to be started again. */
  readonly ended: number;
  readonly violations: readonly string[];
  readonly seconds: number;
}

/** A place of its own for each database: the program's settings and the far sides it talks to. */
export type Ground = (name: string) => Promise<{ readonly setting: Setting; readonly sides: readonly Side[] }>;

/**
 * The program dies, or is told that the disk fails, at the n-th write, fsync or send of its turns: every n, or `points` of
 * them. The first life of each database, in an empty folder, meets such a point before it serves.
 */
export async function points(options: {
  readonly points: number | 'all';
  readonly folder: string;
  readonly ground: Ground;
  readonly chance: Chance;
  readonly workers: number;
  readonly progress: (done: number, of: number) => void;
}): Promise<PointsResult> {
  const { chance } = options;
  const began = Date.now();
  mkdirSync(options.folder, { recursive: true });
  const counted = countingTrace('service', join(options.folder, 'counted.strace'));
  const clean = await chain({ ...options, quietMs: QUIET }, 'clean', [counted]);
  const calls = { start: await callsOfStart(options.ground, options.folder), service: countCalls(counted.output) };
  const all = faults('service', calls.service);
  const wanted = options.points === 'all' ? all.length : options.points;
  // One for each worker at least: the lives on one database come one after the other.
  const databases = Math.max(Math.ceil(wanted / LIVES), options.workers);
  const first = spread(faults('start', calls.start), databases, chance);
  const later = spread(all, options.points === 'all' ? wanted : wanted - first.length, chance);
  const chains = Array.from({ length: databases }, (_, n) => [
    ...first.slice(n, n + 1),
    ...later.filter((_, nth) => nth % databases === n),
  ]);
  const met = new Map<string, number>();
  const found = [...clean.violations];
  let [done, ended, next] = [0, 0, 0];

  async function work(): Promise<void> {
    for (let n = next++; n < chains.length; n = next++) {
      const injections = chains[n] ?? [];
      const traces = injections.map((one, life) => traceOf(one, join(options.folder, `${n}-${life}.strace`)));
      const result = await chain({ ...options, quietMs: QUIET }, String(n), traces);
      for (const [life, { fault }] of injections.entries())
        met.set(fault, (met.get(fault) ?? 0) + injected(traces[life]?.output ?? ''));
      found.push(...result.violations.map((what) => `${what} (${injections.map(told).join(' ')})`));
      ended += result.ended;
      options.progress((done += injections.length), first.length + later.length);
    }
  }
  await Promise.all(Array.from({ length: options.workers }, work));
  const seconds = (Date.now() - began) / 1000;
  return { met, calls, lives: done, databases, ended, violations: found, seconds };
}

/** Of a life on an empty folder that does nothing but start, and end when it serves. */
async function callsOfStart(ground: Ground, folder: string): Promise<Calls> {
  const { setting, sides } = await ground('start');
  const counted = countingTrace('start', join(folder, 'counted-start.strace'));
  const life = startLife(setting, tracer(counted));
  await life.ready;
  await life.stop();
  for (const side of sides) await side.close();
  return countCalls(counted.output);
}

/** Life after life on one database, each with its fault; then one without. */
export async function chain(
  { ground, chance, quietMs }: { readonly ground: Ground; readonly chance: Chance; readonly quietMs: number },
  name: string,
  traces: readonly Trace[],
): Promise<{ readonly violations: readonly string[]; readonly ended: number }> {
  const { setting, sides } = await ground(name);
  const town = openTown(sides, chance);
  const stuck: string[] = [];
  let ended = 0;
  for (const [n, trace] of traces.entries()) {
    const life = startLife(setting, trace.during === 'start' ? tracer(trace) : []);
    const over = await Promise.race([life.ended.then(() => true), turnsOf(life, trace, town, quietMs)]);
    if (over) ended += 1;
    else if (town.due() > 0)
      stuck.push(`life ${n} neither served, went on nor ended after an error (${trace.options.join(' ')})`);
    await (over ? life.kill() : life.stop());
  }
  const verdict = await finish(setting, town, quietMs);
  for (const side of sides) await side.close();
  return { violations: [...stuck, ...violations(verdict)], ended };
}

/** Resolves with true when the life has ended, with false when it has done all its turns, or nothing happens any more. */
async function turnsOf(life: Life, trace: Trace, town: Town, quietMs: number): Promise<boolean> {
  // What the life before left unanswered is part of them.
  const allow = (): void => town.allow(Math.max(TURNS - town.due(), 0));
  if (trace.during === 'start') allow();
  // A life that does not serve has ended, or is about to.
  const ready = await Promise.race([life.ready, pause(LONGEST_START)]);
  if (ready === undefined) return false;
  if (!ready) return (await life.ended, true);
  if (trace.during === 'service') {
    await attach(life.pid, trace).catch(async (error: unknown) => {
      await Promise.race([life.ended, pause(1000)]);
      if (life.alive()) throw error;
    });
    allow();
  }
  await town.settled(quietMs);
  return false;
}

function faults(during: Injection['during'], calls: Calls): readonly Injection[] {
  return [...kills(calls), ...errors(calls)].map((one) => ({ during, ...one }));
}

type Fault = Omit<Injection, 'during'>;

function kills(calls: Calls): readonly Fault[] {
  return [...calls].flatMap(([call, times]) =>
    Array.from({ length: times }, (_, n): Fault => ({ call, fault: 'KILL', from: n + 1 })),
  );
}

/** A socket has no room to run out of; a disk has both faults. */
function errors(calls: Calls): readonly Fault[] {
  const onDisk = TO_DISK.flatMap((call) => (['EIO', 'ENOSPC'] as const).map((fault) => ({ call, fault })));
  const onSocket = SENDS.map((call) => ({ call, fault: 'EIO' as const }));
  return [...onDisk, ...onSocket].flatMap(({ call, fault }) => errorsAt(call, fault, calls.get(call) ?? 0));
}

function errorsAt(call: Call, fault: 'EIO' | 'ENOSPC', times: number): readonly Fault[] {
  return Array.from({ length: Math.min(times, STEP) }, (_, n) => ({
    ...{ call, fault, from: n + 1 },
    ...{ step: STEP, until: times },
  }));
}

/** So many of them, spread evenly, from a random one on. */
function spread<T>(list: readonly T[], wanted: number, chance: Chance): readonly T[] {
  if (wanted >= list.length) return list;
  const first = chance.below(list.length / wanted);
  return Array.from({ length: wanted }, (_, n) => list[Math.floor(first + (n * list.length) / wanted)]).filter(
    (one) => one !== undefined,
  );
}

const told = ({ during, call, fault, from, step }: Injection): string =>
  `${during === 'start' ? 'start:' : ''}${call}:${fault}:${from}${step === undefined ? '' : `+${step}`}`;
