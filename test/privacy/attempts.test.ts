import { beforeAll, describe, expect, it } from 'vitest';
import { attempt, type Findings } from './attempts.ts';
import { foreignIn, makeParcels, recordsOf, wrongTail } from './canaries.ts';
import { chance } from './chance.ts';

/** 5,000 for the record (`node bench/attempts.ts`), fewer at each change. */
const ATTEMPTS = Number(process.env['ATTEMPTS'] ?? 300);

describe(`${ATTEMPTS} attempts to read another's parcel`, () => {
  let found: Findings;
  beforeAll(async () => {
    found = await attempt(ATTEMPTS, 11);
  }, 300_000);

  it('read not one field of it', () => {
    expect(found.attempts['forged']).toBeGreaterThanOrEqual(found.forgeries);
    expect(found.leaks).toEqual([]);
  });

  it('learn nothing of whether it is there: wrong proof and unknown waybill have the same words', () => {
    expect(found.twins).toBeGreaterThan(ATTEMPTS / 4);
    expect(found.told).toEqual([]);
  });

  it('have five wrong proofs a waybill and day, however many guess at once; then the right one does not help', () => {
    expect(found.attempts['walking tails']).toBeGreaterThanOrEqual(40);
    expect(found.mostWrong).toBe(5);
    expect(found.letIn).toBe(0);
  });

  it('ask after ten parcels a person and hour', () => expect(found.mostParcels).toBe(10));

  it('leave no error behind, while owners go on reading of their own parcels', () => {
    expect(found.errors).toEqual([]);
    expect(found.owners).toBeGreaterThan(0);
    expect(found.modelCalls).toBeGreaterThan(5);
  });
});

describe('the canaries', () => {
  const dice = chance(5);
  const parcels = makeParcels(dice, 40);
  const [own, other] = parcels as [(typeof parcels)[number], (typeof parcels)[number]];

  it.each([
    ['a name', `收件人甘雀${other.code}二`],
    ['a masked name', '收件人甘**'],
    ['a phone', `电话${other.receiver}`],
    ['a masked phone', `电话${other.receiver.slice(0, 3)}****${other.receiver.slice(-4)}`],
    ['a tail', `尾号${other.sender.slice(-4)}`],
    ['an amount', `金额${Number(other.amount).toLocaleString('en-US')}元`],
    ['goods', `货物：翠鸟${other.code}`],
    ['a place', `灰椋${other.code}场`],
  ])('are seen by strangers and by the owner of another parcel: %s', (_, words) => {
    expect(foreignIn(words)).not.toEqual([]);
    expect(foreignIn(words, own)).not.toEqual([]);
    expect(foreignIn(words, other).filter((one) => !one.includes('*') && !one.startsWith('1'))).toEqual([]);
  });

  it('are in every field that is private, and in no guess', () => {
    const { 'orders.csv': orders = '' } = recordsOf(parcels);
    expect(foreignIn(orders.split('\n')[1] ?? '').length).toBeGreaterThanOrEqual(8);
    for (let n = 0; n < 500; n += 1) expect(foreignIn(wrongTail(dice))).toEqual([]);
    expect(foreignIn(parcels.map(({ waybill, ghost }) => `${waybill} ${ghost}`).join('\n'))).toEqual([]);
  });
});
