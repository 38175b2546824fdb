import type { Calendar } from '../core/calendar.ts';
import { addDays, dayOf, startOfDay } from '../core/day.ts';

/** When a desk is open, as desks.yml writes it: `08:30-12:00, 13:30-18:00`. A kind of day left out is a closed day. */
export interface DeskHours {
  readonly workdays?: string | undefined;
  readonly weekends?: string | undefined;
  readonly holidays?: string | undefined;
}

/** A stretch of open time; the end is not part of it. */
export interface Span {
  readonly start: Date;
  readonly end: Date;
}

/**
 * The open stretches that begin on a day (`YYYY-MM-DD`), earliest first. A make-up Saturday has the hours of a workday,
 * a public holiday those of holidays. `22:00-06:00` ends on the next day.
 */
export function openSpans(day: string, hours: DeskHours, calendar: Calendar): readonly Span[] {
  return (hoursOf(day, hours, calendar) ?? '')
    .split(',')
    .flatMap((part) => {
      const found = /^\s*(\d{2}):(\d{2})-(\d{2}):(\d{2})\s*$/.exec(part);
      if (!found) return [];
      const [from = 0, fromMinute = 0, to = 0, toMinute = 0] = found.slice(1).map(Number);
      const start = clockOn(day, from, fromMinute);
      const end = clockOn(day, to, toMinute);
      return [{ start, end: end > start ? end : clockOn(addDays(day, 1), to, toMinute) }];
    })
    .sort((a, b) => a.start.getTime() - b.start.getTime());
}

export function isOpen(at: Date, hours: DeskHours, calendar: Calendar): boolean {
  const day = dayOf(at);
  return [addDays(day, -1), day].some((from) =>
    openSpans(from, hours, calendar).some((span) => span.start <= at && at < span.end),
  );
}

function hoursOf(day: string, hours: DeskHours, calendar: Calendar): string | undefined {
  if (calendar.isWorkday(day)) return hours.workdays;
  return calendar.holidayName(day) === null ? hours.weekends : hours.holidays;
}

function clockOn(day: string, hour: number, minute: number): Date {
  const at = startOfDay(day);
  at.setHours(hour, minute);
  return at;
}
