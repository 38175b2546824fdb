import { readFileSync } from 'node:fs';
import days from 'chinese-days';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { isSlipOf, makeSampleRecords } from '../../scripts/make-sample-records.ts';
import { sampleParcels } from '../../scripts/sample-parcels.ts';

const DATA = new URL('../../knowledge/data/', import.meta.url);
const NOW = '2026-11-21T10:00:00+08:00';
type Row = Readonly<Record<string, string>>;

function rows(file: string): Row[] {
  return parse<Row>(readFileSync(new URL(file, DATA), 'utf8'), { columns: true });
}
const orders = rows('orders.csv');
const payments = rows('payments.csv');
const outlets = rows('outlets.csv');
const rates = rows('rates.csv');
const restricted = rows('restricted.csv');
const orderOf = new Map(orders.map((order) => [order['waybill'], order]));
const times = (row: Row, ...fields: string[]): string[] => fields.map((f) => row[f] ?? '').filter((t) => t !== '');

describe('the sample records', () => {
  it('are what the generator makes, each time', () => {
    for (const made of [makeSampleRecords(), makeSampleRecords()])
      for (const [file, text] of made) expect(text, file).toBe(readFileSync(new URL(file, DATA), 'utf8'));
  });

  it('are enough to stand for a business', () => {
    expect(orders.length).toBeGreaterThanOrEqual(200);
    expect(outlets.length).toBeGreaterThanOrEqual(60);
    expect(new Set(outlets.map((o) => o['city'])).size).toBeGreaterThanOrEqual(40);
    expect(rates.length).toBeGreaterThanOrEqual(150);
    expect(restricted.length).toBeGreaterThanOrEqual(60);
  });

  it('name each waybill, outlet and kind of goods once', () => {
    const names = [
      orders.map((row) => row['waybill']),
      payments.map((row) => row['waybill']),
      outlets.map((row) => row['outlet']),
      rates.map((row) => `${row['from_city']}-${row['to_city']}`),
      restricted.flatMap((row) => [row['item'], ...(row['aliases'] ?? '').split('、')]),
    ];
    for (const list of names) expect(list.filter((name, at) => list.indexOf(name) !== at)).toEqual([]);
  });

  it('tell a story in which each step follows the one before', () => {
    for (const order of orders) {
      const story = times(order, 'shipped_at', 'arrived_at', 'signed_at');
      expect(story, order['waybill']).toEqual([...story].sort());
      const last = story.at(-1);
      const updated = order['updated_at'] ?? '';
      if (last !== undefined) expect(updated >= last, order['waybill']).toBe(true);
      expect(updated <= NOW && (last ?? '') <= NOW, order['waybill']).toBe(true);
      expect((order['signed_at'] === '') === (order['status'] !== 'signed'), order['waybill']).toBe(true);
    }
  });

  it('collect money from signed parcels only, and remit it afterwards on a workday', () => {
    for (const payment of payments) {
      const order = orderOf.get(payment['waybill'] ?? '');
      expect(order?.['cod_amount'], payment['waybill']).toBe(payment['amount']);
      const collected = payment['collected_at'] ?? '';
      expect((collected === '') === (payment['status'] === 'uncollected'), payment['waybill']).toBe(true);
      if (collected !== '') expect(collected >= (order?.['signed_at'] || 'never'), payment['waybill']).toBe(true);
      const remitted = payment['remitted_at'] ?? '';
      expect((remitted !== '') === (payment['status'] === 'remitted'), payment['waybill']).toBe(true);
      if (remitted !== '') {
        expect(remitted > collected && remitted <= NOW, payment['waybill']).toBe(true);
        expect(days.isWorkday(remitted.slice(0, 10)), payment['waybill']).toBe(true);
      }
      expect((payment['hold_reason'] !== '') === (payment['status'] === 'held'), payment['waybill']).toBe(true);
    }
    const paid = new Set(payments.map((payment) => payment['waybill']));
    for (const order of orders) expect(paid.has(order['waybill']), order['waybill']).toBe(order['cod_amount'] !== '0');
  });

  it('reach every status and every reason to hold money', () => {
    const seen = (list: Row[], field: string): string[] => [...new Set(list.map((row) => row[field] ?? ''))].sort();
    expect(seen(orders, 'status')).toEqual([
      'arrived',
      'booked',
      'held',
      'in_transit',
      'lost',
      'out_for_delivery',
      'returned',
      'signed',
    ]);
    expect(seen(payments, 'status')).toEqual(['collected', 'held', 'remitted', 'uncollected']);
    expect(seen(payments, 'hold_reason')).toEqual(['', 'account-mismatch', 'account-missing', 'claim-open']);
    expect(seen(restricted, 'rule')).toEqual(['forbidden', 'limits', 'papers']);
  });

  it('ship between outlets that exist', () => {
    const known = new Set(outlets.map((o) => o['outlet']));
    for (const order of orders)
      expect([known.has(order['from_outlet']), known.has(order['to_outlet'])], order['waybill']).toEqual([true, true]);
  });

  it('know every city that an outlet or a rate names', () => {
    const known = new Set(rows('cities.csv').map((c) => c['city']));
    const named = [...outlets.map((o) => o['city']), ...rates.flatMap((r) => [r['from_city'], r['to_city']])];
    expect(named.filter((city) => !known.has(city))).toEqual([]);
  });

  it('keep a stranger from passing for an owner by chance', () => {
    const phones = new Set(orders.flatMap((o) => [o['sender_phone'] ?? '', o['receiver_phone'] ?? '']));
    expect(new Set([...phones].map((phone) => phone.slice(-4))).size).toBe(phones.size);
    for (const phone of phones) expect(phone).toMatch(/^1[3-9]\d{9}$/);
  });

  it('give the first owner several parcels, and neighbours that are not theirs', () => {
    const owns = (o: Row): boolean => [o['sender_phone'], o['receiver_phone']].includes('13800005678');
    expect(orders.filter((o) => o['sender_phone'] === '13800005678').length).toBeGreaterThanOrEqual(3);
    const slips = orders.filter((o) => o['waybill'] !== '12345678' && isSlipOf('12345678', o['waybill'] ?? ''));
    expect(slips.length).toBeGreaterThanOrEqual(2);
    expect(slips.filter(owns)).toEqual([]);
    for (const free of ['12345687', '34567809', '45678902']) expect(orderOf.has(free)).toBe(false);
  });

  it('hold every parcel the tables name', () => {
    for (const { waybill } of sampleParcels) expect(orderOf.has(waybill)).toBe(true);
  });
});

describe('isSlipOf', () => {
  it('knows one wrong digit and two swapped neighbours', () => {
    expect(isSlipOf('12345678', '12345679')).toBe(true);
    expect(isSlipOf('12345678', '12345687')).toBe(true);
    expect(isSlipOf('12345678', '12346587')).toBe(false);
    expect(isSlipOf('12345678', '82345671')).toBe(false);
  });
});
