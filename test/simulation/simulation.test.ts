import { beforeAll, describe, expect, it } from 'vitest';
import { simulatedDesk, type SimulatedDesk } from './desk.ts';
import { simulate, watchRejections } from './schedule.ts';

/** Enough for every day; CI plays 500 with `node bench/simulate.ts`, a night 20,000. */
const SCHEDULES = 24;

let desk: SimulatedDesk;
beforeAll(async () => {
  watchRejections();
  desk = await simulatedDesk();
});

describe('the whole program above its drivers', () => {
  it(`keeps its promises through ${SCHEDULES} schedules of what can go wrong`, async () => {
    const failed: string[] = [];
    for (let seed = 1; seed <= SCHEDULES; seed += 1) {
      const { problems } = await simulate(desk, seed);
      if (problems.length > 0) failed.push(`node bench/simulate.ts --seed ${seed}\n  ${problems.join('\n  ')}`);
    }
    expect(failed.join('\n')).toBe('');
  }, 600_000);

  it('does the same again from the same seed, to the last millisecond', async () => {
    for (const seed of [7, 8, 9]) {
      const [one, other] = [await simulate(desk, seed), await simulate(desk, seed)];
      expect(other.story).toEqual(one.story);
      expect(other.hash).toBe(one.hash);
    }
    expect((await simulate(desk, 7)).hash).not.toBe((await simulate(desk, 8)).hash);
  });
});
