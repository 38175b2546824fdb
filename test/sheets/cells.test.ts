import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnLetters, fromCell, readCells, sameCell, toCell, writeCells } from '../../src/sheets/cells.ts';

describe('cells', () => {
  it.each(['=1+1', '+86 138', '-5', '@SUM(A1)', "'=kept", '\t=x'])('makes %j harmless and gives it back', (text) => {
    expect(toCell(text)).toMatch(/^'/);
    expect(fromCell(toCell(text))).toBe(text);
  });

  it('leaves other words alone', () => {
    for (const text of ['每票10元', '2=2', "'twas", '“引号”,\n换行']) expect(toCell(text)).toBe(text);
  });

  it('brings every text back', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('=', "'='", '"', ',', '\n', "''+", '；'));
    const text = cell.map((one) => one.replaceAll('\r\n', '\n'));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (rows) => {
        const csv = writeCells([['a', 'b'], ...rows]);
        expect(csv.startsWith('\uFEFFa,b\r\n')).toBe(true);
        expect(readCells(csv)).toEqual([['a', 'b'], ...rows]);
      }),
    );
  });

  it('knows what a spreadsheet changes by itself', () => {
    expect(sameCell('1.350', '1.35')).toBe(true);
    expect(sameCell(' 您好', '您好 ')).toBe(true);
    expect(sameCell('0081', '81')).toBe(false);
    expect(sameCell('1.35', '1.36')).toBe(false);
  });

  it('names columns as spreadsheets do', () => {
    expect([0, 25, 26, 51, 52, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'AAA']);
  });
});
