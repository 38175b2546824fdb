import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { now, options, taught, understand } from './freight.ts';

/** Strings of every kind, and strings of what our patterns look for. */
const pieces = fc.constantFrom(
  ...'12345678|13812345678|一百二十三|三千五|半|万|元|块|kg|公斤|方|60*40*50|号|月|日|周五|下|前|尾号|1234|单号|,|。| |-|上海|成都|到|从|嗯|好的|不是|还有|!|?|{waybill}|ﷺ|貨款|\u202e|\ud800|\n'.split(
    '|',
  ),
);
const message = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
);

describe('understand', () => {
  it('reads any text, and places all it finds', () => {
    fc.assert(
      fc.property(message, (raw) => {
        const { text, entities, requests, guesses } = understand(raw, now);
        expect(text.length).toBeLessThanOrEqual(options.maxLength);
        expect(text.isWellFormed()).toBe(true);
        for (const { text: part, start, end } of [...entities, ...requests]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(part).toBe(text.slice(start, end));
        }
        for (const { confidence } of [...guesses, ...requests]) {
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
        }
        expect(new Set(requests.map(({ intent }) => intent)).size).toBe(requests.length);
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same twice, from another training too', () => {
    const again = taught(options);
    fc.assert(
      fc.property(message, (raw) => {
        expect(again(raw, now)).toEqual(understand(raw, now));
      }),
      { numRuns: 100 },
    );
  });

  it('reads the same from what it has normalised', () => {
    fc.assert(
      fc.property(message, (raw) => {
        const first = understand(raw, now);
        expect(understand(first.text, now).entities).toEqual(first.entities);
      }),
      { numRuns: 200 },
    );
  });

  it.each([' ', 'ﷺ', '1', '一', '嗯', '1 ', '1-', '还有,', '不是', '{', '上海', 'a', '.', '\n', '十', '年月', '我错'])(
    'reads 100,000 times %j and stops at the cap',
    (piece) => expect(understand(piece.repeat(100_000), now).text.length).toBeLessThanOrEqual(options.maxLength),
  );
});
