import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../src/knowledge/calendar.ts';
import { createConditions } from '../../src/knowledge/condition.ts';

const compile = createConditions(createCalendar());
const NOW = new Date('2026-11-21T15:30:00+08:00');
const VALUES = {
  slots: { weight: 200, volume: null, goods: '瓷器' },
  rate: { per_kg: 1.5, per_m3: 300 },
  policy: { remit_days: 15 },
  payment: { status: 'collected', amount: 1200, collected_at: '2026-11-06T18:00:00+08:00', remitted_at: null },
  missing: null,
  group: false,
  today: '2026-11-21',
  tickets: [{ id: 'T-1', kind: 'claim' }],
};

const evaluate = (source: string): unknown => compile(source).evaluate({ values: VALUES, now: NOW, language: 'zh' });

describe('a condition', () => {
  // prettier-ignore
  it.each<[string, unknown]>([
    ['slots.weight * rate.per_kg', 300],
    ['slots.weight > 100', true],
    ['1 + 2 * 3 - 4 / 8', 6.5],
    ['7 % 4', 3],
    ['-slots.weight', -200],
    ['(1 + 2) * 3', 9],
    ['payment.status == "collected" && days_since(payment.collected_at) <= policy.remit_days', true],
    ['payment.status in ["held", "collected"]', true],
    ['!group', true],
    ['group ? "群" : 1', 1],
    ['today >= "2026-11-20" && today < "2026-12-01"', true],
    ['size(tickets) == 1 && tickets.size() > 0', true],
    ['"2026-11-21T08:00:00+08:00" <= "2026-11-21T00:00:00.000Z"', true],
    ['payment.collected_at > "2026-11-06T11:00:00Z"', false],
    ['tickets.exists(t, t.kind == "claim")', true],
    ['tickets.filter(t, t.kind == "quote").size()', 0],
    ['tickets[0].id', 'T-1'],
    ['slots.goods.contains("瓷")', true],
    ['slots.goods.matches("^瓷.$")', true],
    ['"a" + "b"', 'ab'],
    ['has(payment.amount) && !has(payment.nothing)', true],
    ['max(slots.weight, 3)', 200],
    ['min(slots.weight, 3)', 3],
    ['round(1.005)', 1.01],
    ['number("12.50")', 12.5],
    ['lower("VIP")', 'vip'],
    ['days_since(payment.collected_at)', 15],
    ['days_until("2026-12-01")', 10],
    ['day_after(payment.collected_at, 15)', '2026-11-21'],
    ['workday_from(today)', '2026-11-23'],
    ['workday_from("2026-10-01")', '2026-10-08'],
    ['is_workday("2026-10-10")', true],
    ['holiday_on("2026-10-02")', '国庆节'],
    ['holiday_on(today)', ''],
  ])('gives %s as %j', (source, value) => {
    expect(evaluate(source)).toEqual(value);
  });

  // prettier-ignore
  it.each<[string, unknown]>([
    ['missing == null', true],
    ['missing.status == "held"', false],
    ['missing.a.b.c == null', true],
    ['unbound == null', true],
    ['unbound.status != "held"', true],
    ['payment.nothing > 3', false],
    ['payment.nothing <= 3', false],
    ['slots.volume * rate.per_m3', null],
    ['max(slots.weight * rate.per_kg, slots.volume * rate.per_m3)', 300],
    ['days_since(payment.remitted_at)', null],
    ['days_since(payment.remitted_at) <= 15', false],
    ['missing.goods.contains("x")', false],
    ['missing.list.exists(x, x == 1)', false],
    ['unbound || !unbound', true],
    ['size(missing)', 0],
  ])('gives %s, where something is missing, as %j', (source, value) => {
    expect(evaluate(source)).toEqual(value);
  });

  it.each([
    ['slots.weight > "100"', 'cannot compare a number with text'],
    ['slots.goods * 2', 'cannot calculate text * a number'],
    ['payment.status && !group', 'expected true or false, found text'],
    ['days_since("gestern")', 'expected a day such as 2026-11-21'],
    ['1 / 0', 'division by zero'],
  ])('refuses to guess what %s means', (source, words) => {
    expect(() => evaluate(source)).toThrow(words);
  });

  it.each([
    ['a ==', 4, 'Unexpected token'],
    ['group && days_sinc(today) > 1', 9, 'did you mean "days_since"?'],
    ['max(1)', 0, 'max() takes 2'],
    ['slots.goods.contain("x")', 0, 'there is no method "contain"; did you mean "contains"?'],
    ['b"x" == b"y"', 0, 'only text, numbers'],
  ])('is refused when it is %s', (source, offset, words) => {
    expect(() => compile(source)).toThrow(words);
    expect(() => compile(source)).toThrow(expect.objectContaining({ offset }));
  });

  it('knows the paths it reads, without the names it binds itself', () => {
    const source = 'payment.status == "x" && tickets.exists(t, t.kind == slots.kind) && tickets[0].id != waybill';
    expect([...compile(source).variables].sort()).toEqual(['payment.status', 'slots.kind', 'tickets', 'waybill']);
  });

  it('cannot reach anything but the values', () => {
    expect(evaluate('payment.constructor == null && payment.__proto__ == null && tickets.length == null')).toBe(true);
  });
});
