import type { Calendar } from '../core/calendar.ts';
import { addDays, dayOf, daysBetween } from '../core/day.ts';
import { textOf, type Registration } from './condition-operations.ts';

/** The functions administrators may call, with how many arguments each takes. */
export const FUNCTION_ARITY: Readonly<Record<string, number>> = {
  days_since: 1,
  days_until: 1,
  day_after: 2,
  workday_from: 1,
  is_workday: 1,
  holiday_on: 1,
  max: 2,
  min: 2,
  round: 1,
  number: 1,
  lower: 1,
};

/** No public holiday lasts longer, so a search for a workday ends. */
const LONGEST_BREAK_DAYS = 60;

/** Times are ISO 8601, days `YYYY-MM-DD`; either is taken where a day is wanted. Nothing in, nothing out. */
export function conditionFunctions(calendar: Calendar, now: () => Date): Registration[] {
  const onDay =
    <T>(work: (day: string) => T) =>
    (value: unknown): T | null =>
      value == null ? null : work(dayFrom(value));
  return [
    ['days_since(dyn): dyn', onDay((day) => daysBetween(day, dayOf(now())))],
    ['days_until(dyn): dyn', onDay((day) => daysBetween(dayOf(now()), day))],
    [
      'day_after(dyn, dyn): dyn',
      (value: unknown, days: unknown) => (value == null || days == null ? null : addDays(dayFrom(value), Number(days))),
    ],
    [
      'workday_from(dyn): dyn',
      onDay((day) => {
        let at = day;
        for (let tries = 0; tries < LONGEST_BREAK_DAYS && !calendar.isWorkday(at); tries++) at = addDays(at, 1);
        return at;
      }),
    ],
    ['is_workday(dyn): bool', (value: unknown) => value != null && calendar.isWorkday(dayFrom(value))],
    [
      'holiday_on(dyn): string',
      (value: unknown) => (value == null ? '' : (calendar.holidayName(dayFrom(value)) ?? '')),
    ],
    ['max(dyn, dyn): dyn', (a: unknown, b: unknown) => extreme(Math.max, a, b)],
    ['min(dyn, dyn): dyn', (a: unknown, b: unknown) => extreme(Math.min, a, b)],
    ['round(dyn): dyn', (value: unknown) => (value == null ? null : roundToCents(numberFrom(value)))],
    ['number(dyn): dyn', (value: unknown) => (value == null || value === '' ? null : numberFrom(value))],
    ['lower(dyn): dyn', (value: unknown) => (value == null ? null : textOf(value).toLowerCase())],
  ];
}

/** A day stays itself; a moment becomes the day it falls on here. */
export function dayFrom(value: unknown): string {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
  const at = new Date(typeof value === 'string' ? value : Number.NaN);
  if (Number.isNaN(at.getTime())) throw new Error('expected a day such as 2026-11-21 or a time in ISO 8601');
  return dayOf(at);
}

function extreme(pick: (a: number, b: number) => number, a: unknown, b: unknown): number | null {
  if (a == null) return b == null ? null : numberFrom(b);
  return b == null ? numberFrom(a) : pick(numberFrom(a), numberFrom(b));
}

function numberFrom(value: unknown): number {
  const read = typeof value === 'number' ? value : Number(value);
  if (Number.isNaN(read)) throw new Error('expected a number');
  return read;
}

/** Half a cent goes up, whatever its binary shape: 1.005 is 1.01. */
function roundToCents(value: number): number {
  return Math.sign(value) * (Math.round(Number((Math.abs(value) * 100).toPrecision(15))) / 100);
}
