import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FIELD_TYPES, type RecordRow, type RecordSource } from '../../src/core/records.ts';
import type { RecordFields } from '../../src/records/spec.ts';

/** The fields and rows that every source under this contract is opened with. */
export const FIELDS: RecordFields = new Map([
  ...FIELD_TYPES.map((type) => [type, { type }] as const),
  ['city', { type: 'text' }] as const,
]);

export const ROWS: readonly RecordRow[] = [
  {
    text: '12345678',
    number: 12.5,
    time: '2026-11-21T10:00:00+08:00',
    phone: '138 1234-5678',
    list: '成都、蓉城',
    city: '成都',
  },
  { text: 'AB-1', number: 0, time: null, phone: '+8613900001111', list: 'Chengdu;天府', city: '成都' },
  { text: 'ab-2', number: 3, time: null, phone: null, list: null, city: '北京' },
  ...Array.from({ length: 60 }, (_, n) => ({
    text: `M${n}`,
    number: 7,
    time: null,
    phone: null,
    list: null,
    city: '上海',
  })),
];

/** What every record source promises. `open` gives one that holds ROWS. */
export function describeRecordSource(name: string, open: () => Promise<RecordSource>): void {
  describe(`${name} as a record source`, () => {
    let source: RecordSource;
    beforeEach(async () => void (source = await open()));
    afterEach(() => source.close());

    const found = async (by: Readonly<Record<string, string>>) => (await source.find(by)).map((row) => row['text']);

    it('gives a whole row with its values as they are', async () => {
      expect(await source.find({ text: '12345678' })).toEqual([ROWS[0]]);
    });

    it('gives nothing where nothing matches', async () => {
      expect(await source.find({ text: '99999999' })).toEqual([]);
      expect(await source.find({ text: '' })).toEqual([]);
      expect(await source.find({ nofield: '1' })).toEqual([]);
    });

    it('takes only rows that match every value', async () => {
      expect(await found({ city: '成都', number: '0' })).toEqual(['AB-1']);
      expect(await found({ city: '北京', number: '0' })).toEqual([]);
    });

    it.each([
      [{ text: 'ab-1' }, 'AB-1'],
      [{ text: ' AB-2 ' }, 'ab-2'],
      [{ text: 'AB-2' }, 'ab-2'],
      [{ phone: '13812345678' }, '12345678'],
      [{ phone: '+86 138-1234-5678' }, '12345678'],
      [{ phone: '13900001111' }, 'AB-1'],
      [{ number: '12.50' }, '12345678'],
      [{ list: '蓉城' }, '12345678'],
      [{ list: 'chengdu' }, 'AB-1'],
      [{ time: '2026-11-21T10:00:00+08:00' }, '12345678'],
    ])('compares sensibly: %j', async (by, text) => {
      expect(await found(by)).toEqual([text]);
    });

    it('gives at most fifty rows, in the same order each time', async () => {
      const first = await found({ city: '上海' });
      expect(first).toEqual(Array.from({ length: 50 }, (_, n) => `M${n}`));
      expect(await found({ city: '上海' })).toEqual(first);
    });

    it('takes a value for what it is, whatever it holds', async () => {
      for (const value of ['*', '%', "' or 1=1 --", '&city=成都', '../..', '\u0000', '😀']) {
        expect(await source.find({ text: value })).toEqual([]);
      }
    });

    it('answers many at once', async () => {
      const all = await Promise.all(Array.from({ length: 50 }, (_, n) => found({ text: `M${n}` })));
      expect(all).toEqual(Array.from({ length: 50 }, (_, n) => [`M${n}`]));
    });
  });
}
