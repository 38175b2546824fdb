import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../src/knowledge/calendar.ts';

describe('the calendar', () => {
  const calendar = createCalendar({
    holidays: { '2027-02-06': '春节', '2026-11-20': '年会' },
    workdays: ['2026-11-22'],
  });

  it.each([
    ['2026-11-23', true, null], // Monday
    ['2026-11-21', false, null], // Saturday
    ['2026-10-01', false, '国庆节'],
    ['2026-10-10', true, null], // make-up Saturday
    ['2026-11-20', false, '年会'], // added by the administrator
    ['2026-11-22', true, null], // a Sunday made a workday
    ['2027-02-06', false, '春节'],
  ])('knows %s: workday %s, holiday %s', (day, workday, holiday) => {
    expect([calendar.isWorkday(day), calendar.holidayName(day)]).toEqual([workday, holiday]);
  });

  it('knows the published years and those an administrator adds', () => {
    expect([2024, 2025, 2026, 2027, 2099].map((year) => calendar.knows(year))).toEqual([true, true, true, true, false]);
    expect(createCalendar().knows(2099)).toBe(false);
  });
});
