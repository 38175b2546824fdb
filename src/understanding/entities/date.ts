import { addDays, dayOf, startOfDay } from '../../core/day.ts';
import { parseNumber } from '../numerals.ts';
import { findEnglishDates } from './english-date.ts';
import { RANK, matches } from './candidate.ts';
import { nearest, nearestYear, valid } from './nearest-day.ts';
import type { Candidate } from './candidate.ts';

const SMALL = '(\\d{1,2}|[一二三四五六七八九十]{1,3})';
const COUNT = '(\\d{1,3}|[一二两三四五六七八九十]{1,3}|半)';
const FULL = /(?<!\d)(20\d\d) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})(?!\d)[日号]?/g;
const MONTH_DAY = new RegExp(
  `(?<![\\d一二三四五六七八九十])(?:(今年|明年|去年) ?)?${SMALL} ?月 ?${SMALL} ?(?:[日号](?![码线楼])|(?![\\d个]))`,
  'g',
);
const SLASHED = /(?<![\d/.])(\d{1,2})\/(\d{1,2})(?![\d/.])/g;
const DAY = new RegExp(
  `(?<![\\d一二三四五六七八九十A-Za-z.月-])(?:(上上?|下下?|这|本)个?月 ?)?${SMALL} ?(?:号|日)(?![码线楼仓库门店机院栋馆厅车桌柜])`,
  'g',
);
const NAMED = /大前天|大后天|前天|后天|今[天日晚早儿]|明[天日晚早儿]|昨[天日晚儿]/g;
const OFFSETS: Readonly<Record<string, number>> = { 大前: -3, 前: -2, 昨: -1, 今: 0, 明: 1, 后: 2, 大后: 3 };
const WEEKDAY = /(?:(上上|上|下下|下|这|本)个?)?(?:周|星期|礼拜)([一二三四五六日天末1-6])(?![点号\d])/g;
const AGO = new RegExp(`${COUNT} ?(个?多?月|天|日|个?(?:周|星期|礼拜)|年)(?:以|之)?(前|后)(?!天)`, 'g');
const MONTH_EDGE = /(?:(上上?|下下?|这|本)个?)?月(底|末|初)/g;

const MONTHS_AWAY: Readonly<Record<string, number>> = { 上上: -2, 上: -1, 这: 0, 本: 0, 下: 1, 下下: 2 };
const YEARS_AWAY: Readonly<Record<string, number>> = { 去年: -1, 今年: 0, 明年: 1 };

/** Days as YYYY-MM-DD in the time zone of the process. A time of day beside them is not read. */
export function findDates(text: string, now: Date): Candidate[] {
  const today = dayOf(now);
  const find = (pattern: RegExp, read: (match: RegExpExecArray) => string | null): Candidate[] =>
    matches('date', RANK.date, text, pattern, read);
  const past = (match: RegExpExecArray): boolean => isPast(text.slice(match.index + match[0].length));
  return [
    ...find(FULL, ([, year, month, day]) => valid(Number(year), Number(month), Number(day))),
    ...find(MONTH_DAY, (match) => {
      const away = YEARS_AWAY[match[1] ?? ''];
      const [month, day] = [parseNumber(match[2] ?? ''), parseNumber(match[3] ?? '')];
      return away === undefined
        ? nearestYear(today, month, day)
        : valid(Number(today.slice(0, 4)) + away, month ?? 0, day ?? 0);
    }),
    ...find(SLASHED, ([, month, day]) => nearestYear(today, Number(month), Number(day))),
    ...find(DAY, (match) => {
      const day = parseNumber(match[2] ?? '') ?? 0;
      const away = MONTHS_AWAY[match[1] ?? ''];
      return away === undefined ? nearestMonth(today, day, past(match)) : inMonth(today, away, day);
    }),
    ...find(NAMED, ([name]) => addDays(today, OFFSETS[name.slice(0, -1)] ?? 0)),
    ...find(WEEKDAY, (match) => weekday(today, match[1], match[2] ?? '', past(match))),
    ...find(AGO, ([, count = '', unit = '', way]) => shift(today, parseNumber(count), unit, way === '前' ? -1 : 1)),
    ...find(MONTH_EDGE, ([, which, edge]) => monthEdge(today, MONTHS_AWAY[which ?? '这'] ?? 0, edge !== '初')),
    ...findEnglishDates(text, today),
  ];
}

/** What follows tells of something done: 周三发的, 21号寄了. */
function isPast(rest: string): boolean {
  return (
    /^[^,。?!\n]{0,6}?[发寄签收到提交下打拉送运][^,。?!\n]{0,4}?[的了过]/.test(rest) &&
    !/^[^,。]{0,10}(?:吗|能|可以)/.test(rest)
  );
}

function nearestMonth(today: string, day: number, past: boolean): string | null {
  const days = [-1, 0, 1].map((away) => inMonth(today, away, day));
  return nearest(today, past ? days.filter((one) => one !== null && one <= today) : days);
}

function inMonth(today: string, away: number, day: number): string | null {
  const first = new Date(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1 + away, 1);
  return valid(first.getFullYear(), first.getMonth() + 1, day);
}

function monthEdge(today: string, away: number, last: boolean): string {
  return dayOf(
    new Date(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1 + away + (last ? 1 : 0), last ? 0 : 1),
  );
}

/** Weeks begin on Monday. Without a word for the week: the next such day, or the last one where it is past. */
function weekday(today: string, which: string | undefined, name: string, past: boolean): string {
  const wanted = name === '末' ? 5 : '日天'.includes(name) ? 6 : (parseNumber(name) ?? 1) - 1;
  const weekdayToday = (startOfDay(today).getDay() + 6) % 7;
  const away = wanted - weekdayToday;
  if (which !== undefined) return addDays(today, away + 7 * (MONTHS_AWAY[which] ?? 0));
  if (past) return addDays(today, away > 0 ? away - 7 : away);
  return addDays(today, away < 0 ? away + 7 : away);
}

function shift(today: string, count: number | null, unit: string, way: 1 | -1): string | null {
  if (count === null) return null;
  if (/月/.test(unit)) return count === 0.5 ? addDays(today, way * 15) : monthsAway(today, way * count);
  if (/年/.test(unit)) return monthsAway(today, Math.round(way * count * 12));
  if (count === 0.5) return null;
  return addDays(today, way * count * (/[周星礼]/.test(unit) ? 7 : 1));
}

/** The same day some months away, or the last of that month where it is shorter. */
function monthsAway(today: string, months: number): string {
  return inMonth(today, months, Number(today.slice(8))) ?? monthEdge(today, months, true);
}
