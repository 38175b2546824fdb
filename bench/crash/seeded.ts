import { join } from 'node:path';
import { createChance } from './chance.ts';
import { chain, type Ground } from './points.ts';
import { SEEDS, type Seed } from './seeds/seeds.ts';
import { lives, storm } from './storm.ts';
import { traceOf } from './tracer.ts';
import { violations } from './verdict.ts';

/** What the harness must say of each seeded bug. */
const MUST_SAY: Readonly<Record<Seed, RegExp>> = {
  'acknowledged-before-commit': /acknowledged and not kept/,
  'dedupe-mark-before-work': /acknowledged and not kept/,
  'dedupe-lost': /(kept|answered) \d times/,
  'sent-marked-early': /never answered/,
  reordering: /was answered after/,
  'error-swallowed': /acknowledged and not kept/,
  'timer-taken-off-later': /its timer spoke \d times/,
  'ticket-outside-transaction': /tickets opened or joined/,
};

export const ALL_SEEDS = Object.keys(SEEDS) as Seed[];

const HOOK = join(import.meta.dirname, 'seeds', 'hook.ts');
const ROUNDS = 3;
const KILLS = 5;
const MESSAGES = 100;
const QUIET = 4000;

export interface Caught {
  readonly seed: Seed;
  /** The first violation of the kind that this bug makes; null where it went unnoticed. */
  readonly by: string | null;
  readonly kills: number;
}

/** The program with one bug in it, under the same storm (or the same faults) as the sound one, until it is noticed. */
export async function catchSeed(seed: Seed, ground: Ground, folder: string): Promise<Caught> {
  for (let round = 0; round < ROUNDS; round++) {
    const { setting, sides } = await ground(`${seed}-${round}`);
    const seeded = { ...setting, env: { ...setting.env, CRASH_SEED: seed }, nodeArgs: ['--import', HOOK] };
    const chance = createChance(round + 1);
    let found: readonly string[];
    if (seed === 'error-swallowed') {
      const full = { during: 'service', call: 'pwrite64', fault: 'ENOSPC', from: 10 + 10 * round, step: 20 } as const;
      const trace = traceOf(full, join(folder, `${seed}-${round}.strace`));
      const place: Ground = () => Promise.resolve({ setting: seeded, sides });
      found = (await chain({ ground: place, chance, quietMs: QUIET }, seed, [trace])).violations;
    } else {
      const progress = (): void => {};
      const run = { lives: lives(MESSAGES, KILLS), setting: seeded, sides, chance, quietMs: QUIET, progress };
      found = violations((await storm(run)).verdict);
      for (const side of sides) await side.close();
    }
    const by = found.find((what) => MUST_SAY[seed].test(what));
    if (by !== undefined) return { seed, by, kills: (round + 1) * KILLS };
  }
  return { seed, by: null, kills: ROUNDS * KILLS };
}
