import { openDoor } from '../../test/hostile/door.ts';
import { openHouse } from '../../test/hostile/house.ts';
import { newVisitor } from '../../test/hostile/visitor.ts';
import { makeParcels, recordsOf, wrongTail } from '../../test/privacy/canaries.ts';
import { chance } from '../../test/privacy/chance.ts';

/** Medians in ms, and the z of a rank test (Mann-Whitney) between the two: beyond ±3 somebody could tell them apart. */
export interface Telling {
  readonly there: number;
  readonly ghost: number;
  readonly z: number;
}

/** How long the reply to a wrong proof takes for a parcel that is there and for one that is not, turn about. */
export async function measureTelling(pairs: number, seed: number): Promise<Telling> {
  const dice = chance(seed);
  const parcels = makeParcels(dice, pairs + 20);
  const house = await openHouse({}, recordsOf(parcels));
  const times: Record<'there' | 'ghost', number[]> = { there: [], ghost: [] };
  try {
    for (const [nth, { waybill, ghost }] of parcels.entries()) {
      const door = openDoor(house.url, Math.floor(nth / 200));
      const tail = wrongTail(dice);
      const both = [
        ['there', waybill],
        ['ghost', ghost],
      ] as const;
      for (const [kind, asked] of nth % 2 === 0 ? both : both.toReversed()) {
        const visitor = await newVisitor(door, `t${nth}${kind}`);
        await visitor.say(`${asked}到哪了`);
        const began = performance.now();
        await visitor.say(tail);
        // The first ones warm it up.
        if (nth >= 20) times[kind].push(performance.now() - began);
        visitor.close();
      }
      door.close();
    }
  } finally {
    await house.close();
  }
  return { there: median(times.there), ghost: median(times.ghost), z: rankTest(times.there, times.ghost) };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function rankTest(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((value) => ({ value, mine: true })), ...b.map((value) => ({ value, mine: false }))];
  all.sort((one, other) => one.value - other.value);
  const ranks = all.reduce((sum, { mine }, place) => sum + (mine ? place + 1 : 0), 0);
  const u = ranks - (a.length * (a.length + 1)) / 2;
  const mean = (a.length * b.length) / 2;
  return (u - mean) / Math.sqrt((mean * (a.length + b.length + 1)) / 6);
}
