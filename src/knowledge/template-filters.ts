import type { Liquid } from 'liquidjs';
import { addDays, dayOf } from '../core/day.ts';
import { dayFrom } from './condition-functions.ts';
import type { Scope } from './scope.ts';

/** Where a filter finds the scope it speaks in; a symbol, so that no template can reach it. */
export const SCOPE: unique symbol = Symbol('scope');

interface FilterThis {
  readonly context: { readonly globals: object };
}

type Filter = (value: unknown, scope: Scope) => string;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number): string => String(n).padStart(2, '0');

/** A figure or date that is not there must not be said as 0 or NaN, so these refuse it. */
const FILTERS: Readonly<Record<string, Filter>> = {
  money: (value, { language }) => {
    const yuan = numberOf(value, 'money');
    // As people write it: 3860元, and cents only where there are some.
    return language === 'zh' ? `${plain(yuan, 2)}元` : `¥${grouped(yuan, Number.isInteger(yuan) ? 0 : 2, 2)}`;
  },
  day: (value, scope) => dayInWords(dayFrom(value), scope),
  moment: (value, scope) => momentInWords(value, scope),
  kg: (value, { language }) =>
    language === 'zh' ? `${plain(numberOf(value, 'kg'), 2)}公斤` : `${grouped(numberOf(value, 'kg'), 0, 2)} kg`,
  m3: (value, { language }) =>
    language === 'zh' ? `${plain(numberOf(value, 'm3'), 3)}立方米` : `${grouped(numberOf(value, 'm3'), 0, 3)} m³`,
  tail: (value) => textOf(value, 'tail').slice(-4),
  mask_phone: (value) => maskPhone(textOf(value, 'mask_phone')),
  mask_name: (value) => maskName(textOf(value, 'mask_name')),
  spaced: (value) => textOf(value, 'spaced'),
  list: (value, { language }) =>
    (Array.isArray(value) ? value : [value])
      .filter((item) => item != null && item !== '')
      .map(String)
      .join(language === 'zh' ? '、' : ', '),
};

export const FILTER_NAMES: readonly string[] = Object.keys(FILTERS);

export function registerFilters(engine: Liquid): void {
  for (const [name, filter] of Object.entries(FILTERS)) {
    engine.registerFilter(name, function (this: FilterThis, value: unknown) {
      return filter(value, (this.context.globals as { [SCOPE]: Scope })[SCOPE]);
    });
  }
}

function numberOf(value: unknown, filter: string): number {
  const read =
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (!Number.isFinite(read)) throw new Error(`the filter "${filter}" needs a number`);
  return read;
}

function plain(number: number, digits: number): string {
  return String(Number(number.toFixed(digits)));
}

function textOf(value: unknown, filter: string): string {
  if (typeof value !== 'string' && typeof value !== 'number') throw new Error(`the filter "${filter}" needs a text`);
  return String(value);
}

function grouped(value: number, least: number, most: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: least, maximumFractionDigits: most });
}

function dayInWords(day: string, { now, language }: Scope): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const thisYear = year === now.getFullYear();
  if (language === 'zh') return `${thisYear ? '' : `${year}年`}${month}月${date}日`;
  return `${date} ${MONTHS[month - 1] ?? ''}${thisYear ? '' : ` ${year}`}`;
}

function momentInWords(value: unknown, scope: Scope): string {
  const at = new Date(typeof value === 'string' ? value : Number.NaN);
  if (Number.isNaN(at.getTime())) throw new Error('the filter "moment" needs a time');
  const day = dayOf(at);
  const today = dayOf(scope.now);
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}`;
  const near = new Map([
    [addDays(today, -1), ['昨天', 'yesterday']],
    [today, ['今天', 'today']],
    [addDays(today, 1), ['明天', 'tomorrow']],
  ]).get(day);
  if (scope.language === 'zh') return near ? `${near[0]}${clock}` : `${dayInWords(day, scope)} ${clock}`;
  return `${near?.[1] ?? dayInWords(day, scope)} ${clock}`;
}

function maskPhone(phone: string): string {
  const tail = phone.slice(-4);
  const head = phone.length >= 11 ? phone.slice(0, phone.length - 8) : '';
  return `${head}****${tail}`;
}

function maskName(name: string): string {
  const [first = ''] = name;
  return first + '*'.repeat(Math.max(1, Math.min(2, [...name].length - 1)));
}
