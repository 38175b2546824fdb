import { dayOf, startOfDay } from '../core/day.ts';

/** Whether a `YYYY-MM-DD` is in the calendar: 2026-02-30 is not. */
export function isRealDay(day: string): boolean {
  return dayOf(startOfDay(day)) === day;
}
