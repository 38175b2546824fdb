import chineseDays from 'chinese-days';
import type { Calendar } from '../core/calendar.ts';
import { startOfDay } from '../core/day.ts';

export type { Calendar } from '../core/calendar.ts';

/** What policies.yml adds to, or corrects in, the published calendar. Days are `YYYY-MM-DD`. */
export interface CalendarOverrides {
  readonly holidays: Readonly<Record<string, string>>;
  readonly workdays: readonly string[];
}

/** Chinese public holidays with their make-up workdays; an administrator's overrides win. */
export function createCalendar(overrides: CalendarOverrides = { holidays: {}, workdays: [] }): Calendar {
  const holidays = new Map(Object.entries(overrides.holidays));
  const workdays = new Set(overrides.workdays);
  const years = new Set([...holidays.keys(), ...workdays].map((day) => Number(day.slice(0, 4))));
  return {
    isWorkday(date) {
      if (workdays.has(date)) return true;
      if (holidays.has(date)) return false;
      return published(date).work;
    },
    holidayName(date) {
      if (workdays.has(date)) return null;
      return holidays.get(date) ?? published(date).holiday;
    },
    knows: (year) => years.has(year) || published(`${year}-10-01`).holiday !== null,
  };
}

/** The library names an ordinary day by its weekday and a holiday as `National Day,国庆节,3`; it wants a local Date, not text. */
function published(date: string): { readonly work: boolean; readonly holiday: string | null } {
  const { work, name } = chineseDays.getDayDetail(startOfDay(date));
  const chinese = name.split(',')[1];
  return { work, holiday: work ? null : (chinese ?? null) };
}
