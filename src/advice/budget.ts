import type { Clock } from '../core/clock.ts';
import { dayOf } from '../core/day.ts';

/** Counts what is spent in a day of the company's time zone; a restart begins anew. Gives false when `limit` is reached. */
export function createBudget(clock: Clock): (limit: number) => boolean {
  let day = '';
  let spent = 0;
  return (limit) => {
    const today = dayOf(clock.now());
    if (today !== day) [day, spent] = [today, 0];
    if (spent >= limit) return false;
    spent += 1;
    return true;
  };
}
