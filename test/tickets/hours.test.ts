import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Calendar } from '../../src/core/calendar.ts';
import { dayOf } from '../../src/core/day.ts';
import { isOpen } from '../../src/tickets/hours.ts';
import { promiseAt } from '../../src/tickets/promise.ts';

// 2026: 国庆 1 to 7 October, make-up workdays on Sunday 20 September and Saturday 10 October.
const MAKE_UP = ['2026-09-20', '2026-10-10'];
const calendar: Calendar = {
  isWorkday: (day) =>
    MAKE_UP.includes(day) ||
    (calendar.holidayName(day) === null && ![0, 6].includes(new Date(`${day}T00:00`).getDay())),
  holidayName: (day) => (day >= '2026-10-01' && day <= '2026-10-07' ? '国庆节' : null),
  knows: (year) => year === 2026,
};
const office = { workdays: '08:30-12:00, 13:30-18:00' };
const shop = { workdays: '08:30-18:00', weekends: '09:00-12:00', holidays: '10:00-12:00' };
const night = { workdays: '22:00-06:00', weekends: '22:00-06:00', holidays: '22:00-06:00' };
const always = { workdays: '00:00-24:00', weekends: '00:00-24:00', holidays: '00:00-24:00' };

const written = (at: Date): string => `${dayOf(at)} ${at.toTimeString().slice(0, 5)}`;

describe('promiseAt', () => {
  it.each([
    ['in the morning', office, '2026-09-23 09:00', '2h', '2026-09-23 11:00'],
    ['up to the minute of lunch', office, '2026-09-23 10:00', '2h', '2026-09-23 12:00'],
    ['over lunch', office, '2026-09-23 11:45', '30m', '2026-09-23 13:45'],
    ['started at lunch', office, '2026-09-23 12:30', '30m', '2026-09-23 14:00'],
    ['over night', office, '2026-09-23 17:30', '2h', '2026-09-24 10:00'],
    ['started before opening', office, '2026-09-23 03:00', '30m', '2026-09-23 09:00'],
    ['started as the desk closes', office, '2026-09-23 18:00', '30m', '2026-09-24 09:00'],
    ['over a weekend', office, '2026-09-25 17:45', '30m', '2026-09-28 08:45'],
    ['over 国庆 to the Thursday after', office, '2026-09-30 17:45', '1h', '2026-10-08 09:15'],
    ['on a make-up Saturday', office, '2026-10-09 17:45', '30m', '2026-10-10 08:45'],
    ['half an hour as a fraction', office, '2026-09-23 09:00', '0.5h', '2026-09-23 09:30'],
    ['a day: same time of the next workday', office, '2026-09-23 15:00', '1d', '2026-09-24 15:00'],
    ['a day over a weekend', office, '2026-09-25 10:00', '1d', '2026-09-28 10:00'],
    ['a day before 国庆', office, '2026-09-30 10:00', '1d', '2026-10-08 10:00'],
    ['a day to a make-up Saturday', office, '2026-10-09 10:00', '1d', '2026-10-10 10:00'],
    ['three days', office, '2026-10-09 10:00', '3d', '2026-10-13 10:00'],
    ['a day, asked at night', office, '2026-09-23 22:00', '1d', '2026-09-25 08:30'],
    ['a day and a half', office, '2026-09-23 08:30', '1.5d', '2026-09-24 14:00'],
    ['weekend hours, shorter', shop, '2026-09-26 11:30', '1h', '2026-09-27 09:30'],
    ['a day that ends after the close of a weekend day', shop, '2026-09-25 15:00', '1d', '2026-09-26 12:00'],
    ['holiday hours', shop, '2026-10-01 11:30', '1h', '2026-10-02 10:30'],
    ['the night shift', night, '2026-09-23 05:30', '1h', '2026-09-23 22:30'],
    ['round the clock', always, '2026-09-30 23:30', '1h', '2026-10-01 00:30'],
    ['a desk that never opens: clock time', {}, '2026-09-23 23:30', '1h', '2026-09-24 00:30'],
    ['a desk that never opens: a day', { workdays: 'never' }, '2026-09-23 23:30', '1d', '2026-09-24 23:30'],
  ])('%s', (_, hours, start, duration, expected) => {
    expect(written(promiseAt(new Date(start), duration, hours, calendar))).toBe(expected);
  });

  it('refuses what is not a duration', () => {
    expect(() => promiseAt(new Date('2026-09-23'), '2 hours', office, calendar)).toThrow(RangeError);
  });

  it('is never before its start, and never earlier for more time', () => {
    const hours = fc.constantFrom(office, shop, night, always, {});
    const start = fc.date({ min: new Date('2026-09-01'), max: new Date('2026-10-31'), noInvalidDate: true });
    fc.assert(
      fc.property(start, hours, fc.nat(2000), fc.nat(2000), (at, desk, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const early = promiseAt(at, `${less}m`, desk, calendar);
        expect(early.getTime()).toBeGreaterThanOrEqual(at.getTime());
        expect(promiseAt(at, `${more}m`, desk, calendar).getTime()).toBeGreaterThanOrEqual(early.getTime());
      }),
      { numRuns: 60 },
    );
  });
});

describe('isOpen', () => {
  it.each([
    [office, '2026-09-23 08:30', true],
    [office, '2026-09-23 12:00', false],
    [office, '2026-09-26 10:00', false],
    [office, '2026-10-01 10:00', false],
    [office, '2026-10-10 10:00', true],
    [shop, '2026-10-01 10:00', true],
    [night, '2026-09-23 23:00', true],
    [night, '2026-09-24 05:59', true],
    [night, '2026-09-24 06:00', false],
    [{}, '2026-09-23 10:00', false],
  ])('%o at %s: %s', (hours, at, open) => {
    expect(isOpen(new Date(at), hours, calendar)).toBe(open);
  });
});
