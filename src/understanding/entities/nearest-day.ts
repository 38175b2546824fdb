import { dayOf, daysBetween } from '../../core/day.ts';

/** YYYY-MM-DD, or null where the calendar has no such day. */
export function valid(year: number, month: number, day: number): string | null {
  const at = new Date(year, month - 1, day);
  return month >= 1 && month <= 12 && at.getMonth() === month - 1 && at.getDate() === day ? dayOf(at) : null;
}

/** Of the days there are, the one that lies nearest to today. */
export function nearest(today: string, days: readonly (string | null)[]): string | null {
  const known = days.filter((day) => day !== null);
  return known.sort((a, b) => Math.abs(daysBetween(today, a)) - Math.abs(daysBetween(today, b)))[0] ?? null;
}

/** The month and day in the year in which it lies nearest to today. */
export function nearestYear(today: string, month: number | null, day: number | null): string | null {
  const year = Number(today.slice(0, 4));
  return nearest(
    today,
    [-1, 0, 1].map((away) => valid(year + away, month ?? 0, day ?? 0)),
  );
}
