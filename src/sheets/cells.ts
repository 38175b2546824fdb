import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

const BOM = '\uFEFF';
/** What a spreadsheet takes for a formula when a cell begins with it, however many apostrophes stand before. */
const FORMULA = /^'*[=+\-@\t\r]/;

/** An apostrophe before a formula makes it text. Undone by `fromCell`, whatever the text is. */
export function toCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

export function fromCell(cell: string): string {
  const text = cell.replaceAll('\r\n', '\n');
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;
}

/** CSV as Excel opens it: UTF-8 with its mark, rows ended by CR LF. */
export function writeCells(rows: readonly (readonly string[])[]): string {
  return (
    BOM +
    stringify(
      rows.map((row) => row.map(toCell)),
      { record_delimiter: '\r\n' },
    )
  );
}

/** Rows as a spreadsheet numbers them, empty ones included. Throws CsvError on quotes that do not match. */
export function readCells(text: string): readonly (readonly string[])[] {
  const rows = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: false });
  return rows.map((row) => row.map(fromCell));
}

/** `A`, `B`, … `Z`, `AA` for 0, 1, … */
export function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter;
}

/** Equal but for what a spreadsheet changes by itself: space at the ends, and `1.350` that is 1.35. */
export function sameCell(a: string, b: string): boolean {
  const [one, other] = [a.trim(), b.trim()];
  const number = /^-?\d{1,15}(\.\d{1,6})?$/;
  return (
    one === other || (number.test(one) && number.test(other) && !/^-?0\d/.test(one) && Number(one) === Number(other))
  );
}

export function sameRows(a: readonly (readonly string[])[], b: readonly (readonly string[])[]): boolean {
  return (
    a.length === b.length &&
    a.every((row, i) => row.length === b[i]?.length && row.every((cell, j) => sameCell(cell, b[i]?.[j] ?? '')))
  );
}
