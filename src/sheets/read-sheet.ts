import { CsvError } from 'csv-parse/sync';
import { CSV_BYTES, readText, type Report } from '../knowledge/files.ts';
import type { Place } from '../knowledge/knowledge.ts';
import { nearest } from '../knowledge/nearest.ts';
import { say } from '../knowledge/problem.ts';
import { isRealDay } from '../knowledge/real-day.ts';
import type { SheetSpec } from './book.ts';
import { readCells } from './cells.ts';

/** One row of a spreadsheet that came back: its number there, and its cells in the order of the sheet's columns. */
export interface SheetRow {
  readonly number: number;
  /** The file it belongs to. */
  readonly file: string;
  readonly cells: readonly string[];
}

export interface ReadSheet {
  readonly rows: readonly SheetRow[];
  /** Where a cell stands: `line` is the row, `column` the column, both from 1. */
  place(row: number, cell: number): Place;
}

/** Null where there is no such sheet, or after reporting that it cannot be read at all. */
export async function readSheet(dir: string, spec: SheetSpec, report: Report): Promise<ReadSheet | null> {
  const columns = spec.named ? ['file', ...spec.columns] : spec.columns;
  const at = (row: number, column: number): Place => ({ file: spec.name, line: row, column });
  const text = await readText(
    { root: dir },
    spec.name,
    CSV_BYTES,
    ({ line, column }, code, message) => report({ file: spec.name, line, column }, code, message),
    true,
  );
  if (text === null) return null;
  let all: readonly (readonly string[])[];
  try {
    all = readCells(text.text);
  } catch (error) {
    const row = error instanceof CsvError && typeof error['records'] === 'number' ? error['records'] + 1 : 1;
    report(
      at(row, 1),
      'bad-csv',
      say('这一行的引号不成对或写法有误，请修改', 'the quotes in this row do not match; please correct them'),
    );
    return null;
  }
  const [header = [], ...body] = all;
  const places = placesOf(header, columns, at, report);
  if (places === null) return null;
  const rows = body.flatMap((cells, index): SheetRow[] => {
    const number = index + 2;
    if (cells.every((cell) => cell.trim() === '')) return [];
    const extra = cells.findIndex((cell, place) => place >= header.length && cell.trim() !== '');
    if (extra !== -1)
      report(
        at(number, extra + 1),
        'wrong-cell-count',
        say('这一格上面没有表头，请移到有表头的列', 'there is no header above this cell; move it below one'),
      );
    const own = places.map((place) => cells[place] ?? '');
    const [file = '', ...rest] = spec.named ? own : [spec.files[0]?.name ?? '', ...own];
    const row = {
      number,
      file: file.trim(),
      cells: rest.map((cell, place) => daysAsWritten(cell, spec.columns[place])),
    };
    checkRow(row, spec, (cell) => at(number, (places[cell + (spec.named ? 1 : 0)] ?? 0) + 1), report);
    return [row];
  });
  return { rows, place: (row, cell) => at(row, (places[cell + (spec.named ? 1 : 0)] ?? 0) + 1) };
}

/** Where each column of the sheet stands; null where one is missing. */
function placesOf(
  header: readonly string[],
  columns: readonly string[],
  at: (row: number, column: number) => Place,
  report: Report,
): number[] | null {
  const names = header.map((name) => name.trim());
  const [only = ''] = names;
  if (names.length === 1 && /[;\t]/.test(only)) {
    report(
      at(1, 1),
      'wrong-separator',
      say(
        '各列不是用逗号隔开的，请另存为“CSV UTF-8（逗号分隔）”',
        'the columns are not separated by commas; save as "CSV UTF-8 (comma delimited)"',
      ),
    );
    return null;
  }
  for (const [index, name] of names.entries()) {
    if (name !== '' && names.indexOf(name) < index)
      report(
        at(1, index + 1),
        'duplicate-column',
        say(`列“${name}”出现了两次，请只保留一列`, `the column "${name}" stands here twice; keep one`),
      );
    else if (name !== '' && !columns.includes(name)) {
      const meant = nearest(
        name,
        columns.filter((known) => !names.includes(known)),
      );
      report(
        at(1, index + 1),
        'unknown-column',
        say(
          `没有“${name}”这一列${meant ? `；您是否想写“${meant}”？` : '，它会被忽略'}`,
          `there is no column "${name}"${meant ? `; did you mean "${meant}"?` : '; it is ignored'}`,
        ),
      );
    }
  }
  const missing = columns.filter((name) => !names.includes(name));
  for (const name of missing)
    report(
      at(1, 1),
      'missing-column',
      say(`缺少列“${name}”，请在表头补上`, `the column "${name}" is missing; add it to the header`),
    );
  return missing.length > 0 ? null : columns.map((name) => names.indexOf(name));
}

/** A spreadsheet writes days in its own way: 2026/1/5 is 2026-01-05. */
function daysAsWritten(cell: string, column: string | undefined): string {
  const day = column?.startsWith('valid_') === true ? /^\s*(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})\s*$/.exec(cell) : null;
  return day === null ? cell : `${day[1]}-${day[2]?.padStart(2, '0')}-${day[3]?.padStart(2, '0')}`;
}

function checkRow(row: SheetRow, spec: SheetSpec, at: (cell: number) => Place, report: Report): void {
  if (spec.formatOf(row.file) === null)
    report(
      at(-1),
      'bad-cell',
      say(
        `“${row.file}”不是可以写的文件，例如 ${spec.files[0]?.name ?? 'faq/new.yml'}`,
        `"${row.file}" is no file that can be written, such as ${spec.files[0]?.name ?? 'faq/new.yml'}`,
      ),
    );
  for (const [cell, column] of spec.columns.entries()) {
    const text = row.cells[cell]?.trim() ?? '';
    if (text === '' && spec.required.includes(column))
      report(
        at(cell),
        'empty-cell',
        say(`“${column}”不能为空，请填写`, `"${column}" must not be empty; please fill it in`),
      );
    if (text !== '' && column.startsWith('valid_') && !(/^\d{4}-\d\d-\d\d$/.test(text) && isRealDay(text)))
      report(
        at(cell),
        'bad-date',
        say(`“${text}”不是日期，请写成 2026-11-21 这样`, `"${text}" is not a day; write it like 2026-11-21`),
      );
  }
}
