import { addDays, startOfDay } from '../../core/day.ts';
import { RANK, matches } from './candidate.ts';
import { nearestYear } from './nearest-day.ts';
import type { Candidate } from './candidate.ts';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = '(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\\.?';
const NAMED = /\b(?:the )?(day after tomorrow|day before yesterday|today|tonight|tomorrow|yesterday)\b/gi;
const OFFSETS: Readonly<Record<string, number>> = {
  'day before yesterday': -2,
  yesterday: -1,
  today: 0,
  tonight: 0,
  tomorrow: 1,
  'day after tomorrow': 2,
};
const WEEKDAY = /\b(?:(last|next|this) )?(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?day\b/gi;
const AGO = /\b(\d{1,3}|a|one|two|three) (day|week)s? ago\b/gi;
const IN = /\bin (\d{1,3}|a|one|two|three) (day|week)s?\b/gi;
const COUNTS: Readonly<Record<string, number>> = { a: 1, one: 1, two: 2, three: 3 };

/** today, next Friday, 3 days ago, Nov 21st; `today` is YYYY-MM-DD. */
export function findEnglishDates(text: string, today: string): Candidate[] {
  if (!/[a-z]{3}/i.test(text)) return [];
  const find = (pattern: RegExp, read: (match: RegExpExecArray) => string | null): Candidate[] =>
    matches('date', RANK.date, text, pattern, read);
  const away = (count = '', unit = '', way: number): string =>
    addDays(today, way * (COUNTS[count.toLowerCase()] ?? Number(count)) * (unit.toLowerCase() === 'week' ? 7 : 1));
  const monthDay = (month = '', day = ''): string | null =>
    nearestYear(today, MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1, Number(day));
  return [
    ...find(NAMED, ([, name = '']) => addDays(today, OFFSETS[name.toLowerCase()] ?? 0)),
    ...find(WEEKDAY, ([, which, name = '']) => weekday(today, which?.toLowerCase(), name.toLowerCase())),
    ...find(AGO, ([, count, unit]) => away(count, unit, -1)),
    ...find(IN, ([, count, unit]) => away(count, unit, 1)),
    ...find(new RegExp(`\\b${MONTH} (\\d{1,2})(?:st|nd|rd|th)?\\b`, 'gi'), ([, month, day]) => monthDay(month, day)),
    ...find(new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${MONTH}(?![a-z])`, 'gi'), ([, day, month]) =>
      monthDay(month, day),
    ),
  ];
}

function weekday(today: string, which: string | undefined, name: string): string {
  const away = WEEKDAYS.indexOf(name) - ((startOfDay(today).getDay() + 6) % 7);
  if (which === 'last') return addDays(today, away - 7);
  if (which === 'next') return addDays(today, away + 7);
  return addDays(today, which === undefined && away < 0 ? away + 7 : away);
}
