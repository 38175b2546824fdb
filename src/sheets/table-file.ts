import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { startOf } from '../knowledge/files.ts';
import { say } from '../knowledge/problem.ts';
import type { CellStart, Entry, Format } from './kept-file.ts';

/** A file of records. Its header is its `head`, its columns are the sheet's. */
export const tableCsv: Format = {
  read(file, report) {
    let rows: readonly (readonly string[])[];
    try {
      rows = parse(file.text, { bom: true, relax_column_count: true, skip_empty_lines: true });
    } catch (error) {
      const line = error instanceof CsvError && typeof error['lines'] === 'number' ? error['lines'] : 1;
      report(
        { ...startOf(file.path), line },
        'bad-csv',
        say('这一行的引号不成对或写法有误，请修改', 'the quotes in this row do not match; please correct them'),
      );
      return null;
    }
    const entries: Entry[] = [];
    let head: string | null = null;
    let line = 1;
    let lead = '';
    for (const raw of cutRows(file.text)) {
      const record = rows[entries.length + 1];
      if (raw.trim() === '') lead += raw;
      else if (head === null) head = lead + raw;
      else if (record !== undefined) entries.push({ rows: [record], lead, body: raw, starts: startsIn(raw, line) });
      if (raw.trim() !== '') lead = '';
      line += raw.split('\n').length - 1;
    }
    return { head: head ?? '', entries };
  },
  render: ([row = []]) => stringify([[...row]]),
};

/** The columns of a file of records. */
export function columnsOf(text: string): readonly string[] {
  const [header = []] = parse(text, { bom: true, to_line: 1, relax_column_count: true });
  return header.map((name) => name.trim());
}

/** The rows as written, each with its line break; a quoted cell may hold some. */
function cutRows(text: string): string[] {
  const rows: string[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    if (text[at] !== '\n' || quoted) continue;
    rows.push(text.slice(from, at + 1));
    from = at + 1;
  }
  return from < text.length ? [...rows, text.slice(from)] : rows;
}

/** Where the cells of a row begin, counting commas outside quotes. */
function startsIn(raw: string, first: number): CellStart[] {
  const starts: CellStart[] = [{ line: first, column: 1, row: 0, cell: 0 }];
  let line = first;
  let column = 1;
  let quoted = false;
  for (const char of raw) {
    column += 1;
    if (char === '"') quoted = !quoted;
    else if (char === ',' && !quoted) starts.push({ line, column, row: 0, cell: starts.length });
    else if (char === '\n') [line, column] = [line + 1, 1];
  }
  return starts;
}
