import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Chance } from './chance.ts';
import { finish } from './finish.ts';
import { startLife, type Setting } from './life.ts';
import { pause, type Side } from './side.ts';
import { openTown } from './town.ts';
import {
  countCalls,
  countingTracer,
  injected,
  TO_DISK,
  tracerFor,
  SENDS,
  type Call,
  type Injection,
} from './tracer.ts';
import { violations } from './verdict.ts';

/** Turns of a life, and lives on one database before it is looked at and another one begun. */
const TURNS = 20;
const LIVES = 8;
/** Every so many calls one fails: a life meets several faults, and so many lives meet every call. */
const STEP = 60;
/** How long a life may go on without anything happening, in ms: one that met an error must heal before that. */
const QUIET = 12_000;

export interface PointsResult {
  /** By fault: how many calls were met by it. */
  readonly met: ReadonlyMap<string, number>;
  readonly calls: ReadonlyMap<Call, number>;
  readonly databases: number;
  /** Lives that an error ended, to be started again. */
  readonly ended: number;
  readonly violations: readonly string[];
  readonly seconds: number;
}

/** A place of its own for each database: the program's settings and the far sides it talks to. */
export type Ground = (name: string) => Promise<{ readonly setting: Setting; readonly sides: readonly Side[] }>;

/** The program dies, or is told that the disk fails, at the n-th write, fsync or send: every n, or `points` of them. */
export async function points(options: {
  readonly points: number | 'all';
  readonly folder: string;
  readonly ground: Ground;
  readonly chance: Chance;
  readonly workers: number;
  readonly progress: (done: number, of: number) => void;
}): Promise<PointsResult> {
  const began = Date.now();
  mkdirSync(options.folder, { recursive: true });
  const counted = join(options.folder, 'counted.strace');
  const clean = await chain({ ...options, quietMs: QUIET }, 'clean', [countingTracer(counted)]);
  const calls = countCalls(counted);
  const all = [...kills(calls), ...errors(calls)];
  const chosen = options.points === 'all' ? all : spread(all, options.points, options.chance);
  const chains = Array.from({ length: Math.ceil(chosen.length / LIVES) }, (_, n) =>
    chosen.slice(n * LIVES, (n + 1) * LIVES),
  );
  const met = new Map<string, number>();
  const found = [...clean.violations];
  let [done, ended, next] = [0, 0, 0];

  async function work(): Promise<void> {
    for (let n = next++; n < chains.length; n = next++) {
      const injections = chains[n] ?? [];
      const outputs = injections.map((_, life) => join(options.folder, `${n}-${life}.strace`));
      const tracers = injections.map((one, life) => tracerFor(one, outputs[life] ?? ''));
      const result = await chain({ ...options, quietMs: QUIET }, String(n), tracers);
      for (const [life, { fault }] of injections.entries())
        met.set(fault, (met.get(fault) ?? 0) + injected(outputs[life] ?? ''));
      found.push(...result.violations.map((what) => `${what} (${injections.map(told).join(' ')})`));
      ended += result.ended;
      options.progress((done += injections.length), chosen.length);
    }
  }
  await Promise.all(Array.from({ length: options.workers }, work));
  return { met, calls, databases: chains.length, ended, violations: found, seconds: (Date.now() - began) / 1000 };
}

/** Life after life on one database, each with its fault; then one without. */
export async function chain(
  { ground, chance, quietMs }: { readonly ground: Ground; readonly chance: Chance; readonly quietMs: number },
  name: string,
  tracers: readonly (readonly string[])[],
): Promise<{ readonly violations: readonly string[]; readonly ended: number }> {
  const { setting, sides } = await ground(name);
  const town = openTown(sides, chance);
  const stuck: string[] = [];
  let ended = 0;
  for (const tracer of tracers) {
    const life = startLife(setting, tracer);
    town.allow(TURNS);
    // A life that does not serve has ended, or is about to.
    const settled = life.ready.then(async (served) => {
      await (served ? town.settled(quietMs) : life.ended);
      return false;
    });
    const over = await Promise.race([life.ended.then(() => true), settled]);
    if (over) ended += 1;
    else if (!town.done()) stuck.push('a life neither went on nor ended after an error');
    await (over ? life.kill() : life.stop());
    await pause(20);
  }
  const verdict = await finish(setting, town, quietMs);
  for (const side of sides) await side.close();
  return { violations: [...stuck, ...violations(verdict)], ended };
}

function kills(calls: ReadonlyMap<Call, number>): readonly Injection[] {
  return [...calls].flatMap(([call, times]) =>
    Array.from({ length: times }, (_, n): Injection => ({ call, fault: 'KILL', from: n + 1 })),
  );
}

/** A socket has no room to run out of; a disk has both faults. */
function errors(calls: ReadonlyMap<Call, number>): readonly Injection[] {
  const onDisk = TO_DISK.flatMap((call) => (['EIO', 'ENOSPC'] as const).map((fault) => ({ call, fault })));
  const onSocket = SENDS.map((call) => ({ call, fault: 'EIO' as const }));
  return [...onDisk, ...onSocket].flatMap(({ call, fault }) =>
    Array.from({ length: Math.min(calls.get(call) ?? 0, STEP) }, (_, n) => ({ call, fault, from: n + 1, step: STEP })),
  );
}

/** So many of them, spread evenly, from a random one on. */
function spread<T>(list: readonly T[], wanted: number, chance: Chance): readonly T[] {
  if (wanted >= list.length) return list;
  const first = chance.below(list.length / wanted);
  return Array.from({ length: wanted }, (_, n) => list[Math.floor(first + (n * list.length) / wanted)]).filter(
    (one) => one !== undefined,
  );
}

const told = ({ call, fault, from, step }: Injection): string =>
  `${call}:${fault}:${from}${step === undefined ? '' : `+${step}`}`;
