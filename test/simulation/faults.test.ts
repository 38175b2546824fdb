import { beforeAll, expect, it } from 'vitest';
import { simulatedDesk, type SimulatedDesk } from './desk.ts';
import { FAULTS } from './faults.ts';
import { simulate, watchRejections } from './schedule.ts';

/** So many schedules, and no more, it may take to find a fault that is put in. */
const TO_FIND = 25;

let desk: SimulatedDesk;
beforeAll(async () => {
  watchRejections();
  desk = await simulatedDesk();
});

it.each(Object.keys(FAULTS))('the simulation would see where the program %s', async (name) => {
  const problems: string[] = [];
  for (let seed = 1; seed <= TO_FIND && problems.length === 0; seed += 1)
    problems.push(...(await simulate(desk, seed, FAULTS[name])).problems);
  expect(problems).not.toEqual([]);
});
