import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clean, fitting, oneLine } from '../../src/channels/words.ts';

const anything = fc.string({
  unit: fc.oneof(
    fc.constantFrom('ﷺ', 'ｱ', '①', 'é', '\ud800', '\u202e', '\n'),
    fc.string({ unit: 'binary', maxLength: 2 }),
  ),
});

it('cuts to a beginning that fits after normalisation and splits no character', () => {
  fc.assert(
    fc.property(anything, fc.nat(40), (given, limit) => {
      const text = clean(given);
      const cut = fitting(text, limit);
      expect(text.startsWith(cut)).toBe(true);
      expect(cut.normalize('NFKC').length).toBeLessThanOrEqual(limit);
      expect(cut.isWellFormed()).toBe(true);
    }),
  );
});

it('makes one line of anything', () => {
  fc.assert(
    fc.property(anything, (given) => {
      expect(oneLine(given, 30)).not.toMatch(/[\n\r\t\u0000\u202e]|^\s|\s$/);
    }),
  );
  expect(oneLine(' 王\t女士\r\n', 10)).toBe('王 女士');
});

it('leaves a text that fits as it is', () => {
  expect(fitting(clean('查一下👨‍👩‍👧１２３\n谢谢'), 40)).toBe('查一下👨‍👩‍👧１２３\n谢谢');
});
