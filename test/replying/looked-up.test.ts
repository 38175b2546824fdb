import { expect, it } from 'vitest';
import { needKey, type Fact, type Need } from '../../src/dialogue/turn.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { lookedUp } from '../../src/replying/looked-up.ts';

const field = (hidden: boolean) => ({ type: 'text', private: hidden });
const known = {
  sources: new Map([
    [
      'order',
      {
        fields: new Map([
          ['waybill', field(false)],
          ['receiver_name', field(true)],
        ]),
      },
    ],
    ['outlet', { fields: new Map([['city', field(false)]]) }],
  ]),
} as unknown as Knowledge;
const facts = (...found: [Need, Fact][]) => new Map(found.map(([need, fact]) => [needKey(need), fact] as const));
const read = (record: string, by: Record<string, string>): Need => ({ kind: 'records', record, by });

it('tells which private records a turn read, once each, with the phone in it masked', () => {
  const rows = { rows: [{ waybill: '12345678' }] };
  expect(
    lookedUp(
      facts([read('order', { waybill: '12345678' }), rows], [read('order', { receiver_phone: '13800138000' }), rows]),
      known,
      ['order-tracking', 'claim'],
    ),
  ).toEqual({ what: 'order waybill=12345678; order receiver_phone=138****8000', why: 'order-tracking, claim' });
});

it('tells what was asked for in vain: who tries numbers leaves a trail', () => {
  expect(lookedUp(facts([read('order', { waybill: '99999999' }), { rows: [] }]), known, ['order-tracking'])).toEqual({
    what: 'order waybill=99999999 (none)',
    why: 'order-tracking',
  });
});

it('tells nothing where nothing private was asked for', () => {
  expect(
    lookedUp(
      facts(
        [read('outlet', { city: '成都' }), { rows: [{ city: '成都' }] }],
        [read('order', { waybill: '99999999' }), { unavailable: 'down' }],
        [{ kind: 'wrong-proofs', waybill: '12345678' }, { count: 1 }],
      ),
      known,
      [],
    ),
  ).toBeUndefined();
});
