import type { Calendar } from '../core/calendar.ts';
import { addDays, dayOf } from '../core/day.ts';
import { openSpans } from './hours.ts';
import type { DeskHours, Span } from './hours.ts';

/** Days we look ahead before we take a desk for one that never opens. */
const HORIZON_DAYS = 800;
const MINUTE = 60_000;
const CLOCK = { m: MINUTE, h: 60 * MINUTE, d: 24 * 60 * MINUTE } as const;

/**
 * When a desk that starts at `start` will have answered, counting only its open time.
 * - `30m`, `2h`: so much open time, over lunch, nights, weekends and holidays.
 * - `1d`: the same time of the next day on which the desk is open; in a closed part of that day its next opening, after
 *   hours its close. Work that starts while the desk is closed starts at its next opening.
 *   Of `1.5d` the half is half of that last day's open time.
 * A desk that never opens keeps no hours: it is clock time then. Throws RangeError on anything but a duration.
 */
export function promiseAt(start: Date, duration: string, hours: DeskHours, calendar: Calendar): Date {
  const found = /^(\d+(?:\.\d+)?)(m|h|d)$/.exec(duration);
  if (!found) throw new RangeError(`not a duration such as 30m, 2h or 1d: ${duration}`);
  const amount = Number(found[1]);
  const unit = found[2] as keyof typeof CLOCK;
  const worked =
    unit === 'd'
      ? afterDays(start, amount, hours, calendar)
      : afterOpenTime(start, amount * CLOCK[unit], hours, calendar);
  return worked ?? new Date(start.getTime() + amount * CLOCK[unit]);
}

/** Null where the horizon comes first. */
function afterOpenTime(start: Date, ms: number, hours: DeskHours, calendar: Calendar): Date | null {
  let left = ms;
  let done = start.getTime();
  for (const spans of openDays(start, hours, calendar)) {
    for (const span of spans) {
      // `done` also guards against counting twice where two stretches overlap.
      const from = Math.max(span.start.getTime(), done);
      const open = span.end.getTime() - from;
      if (open <= 0) continue;
      if (left <= open) return new Date(from + left);
      left -= open;
      done = span.end.getTime();
    }
  }
  return null;
}

function afterDays(start: Date, days: number, hours: DeskHours, calendar: Calendar): Date | null {
  const begin = afterOpenTime(start, 0, hours, calendar);
  if (begin === null) return null;
  const whole = Math.trunc(days);
  const sameTime = whole === 0 ? begin : sameTimeAfter(begin, whole, hours, calendar);
  if (sameTime === null || whole === days) return sameTime;
  const day = openSpans(dayOf(sameTime), hours, calendar);
  const openMs = day.reduce((sum, span) => sum + span.end.getTime() - span.start.getTime(), 0);
  return afterOpenTime(sameTime, (days - whole) * openMs, hours, calendar);
}

function sameTimeAfter(begin: Date, days: number, hours: DeskHours, calendar: Calendar): Date | null {
  let left = days;
  for (let ahead = 1; ahead <= HORIZON_DAYS; ahead += 1) {
    const day = addDays(dayOf(begin), ahead);
    const spans = openSpans(day, hours, calendar);
    const close = spans.at(-1)?.end;
    if (close === undefined) continue;
    left -= 1;
    if (left > 0) continue;
    const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
    const at = new Date(begin);
    at.setFullYear(year, month - 1, date);
    const span = spans.find(({ end }) => at < end);
    if (span === undefined) return close;
    return at < span.start ? span.start : at;
  }
  return null;
}

/** Day by day from the day before `start`, whose night shift may still run. */
function* openDays(start: Date, hours: DeskHours, calendar: Calendar): Generator<readonly Span[]> {
  const first = addDays(dayOf(start), -1);
  for (let ahead = 0; ahead <= HORIZON_DAYS; ahead += 1) yield openSpans(addDays(first, ahead), hours, calendar);
}
