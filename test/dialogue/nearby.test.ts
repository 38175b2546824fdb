import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneSlipApart } from '../../src/dialogue/nearby.ts';

describe('oneSlipApart', () => {
  it.each([
    ['12345678', '12345679', true], // a wrong digit
    ['1234567', '12345678', true], // a missing one
    ['123456788', '12345678', true], // one too many
    ['12345687', '12345678', true], // two swapped
    ['12345678', '12345678', false],
    ['12345768', '12345687', false],
    ['87654321', '12345678', false],
    ['12345', '12345678', false],
    ['21345687', '12345678', false], // two slips
  ])('%s and %s: %s', (given, actual, near) => {
    expect(oneSlipApart(given, actual)).toBe(near);
  });

  const waybill = fc.stringMatching(/^[1-9][0-9]{7}$/);
  it('finds every dropped digit, and is symmetric', () => {
    fc.assert(
      fc.property(waybill, fc.nat(7), waybill, (actual, at, other) => {
        expect(oneSlipApart(actual.slice(0, at) + actual.slice(at + 1), actual)).toBe(true);
        expect(oneSlipApart(actual, other)).toBe(oneSlipApart(other, actual));
      }),
    );
  });
});
