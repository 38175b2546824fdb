import { parse, CsvError } from 'csv-parse/sync';
import type { RecordRow, RecordValue } from '../core/records.ts';
import type { Report, TextFile } from './files.ts';
import { CODES } from './codes.ts';
import { startOf } from './files.ts';
import type { Field, Place } from './knowledge.ts';
import { nearest } from './nearest.ts';
import { say } from './problem.ts';

/** Enough to see what is going on; a spreadsheet with one wrong column would otherwise fill the screen. */
const MOST_PROBLEMS = 50;

/** The rows of a file, and where each of their cells stands. */
export interface CsvTable {
  readonly fields: ReadonlyMap<string, Field>;
  readonly rows: readonly RecordRow[];
  place(row: number, field: string): Place;
}

interface RawRow {
  readonly record: readonly string[];
  readonly raw: string;
  /** `lines` is where the row ends. */
  readonly info: { readonly lines: number };
}

/** The rows of a CSV file, checked against its fields; null after reporting what does not fit. Columns that no field names are ignored with a warning. */
export function readCsv(
  file: TextFile,
  fields: ReadonlyMap<string, Field>,
  key: string | null,
  report: Report,
): CsvTable | null {
  const table = parseTable(file, report);
  if (!table) return null;
  const [header, ...body] = table;
  if (!header) {
    report(
      startOf(file.path),
      'empty-file',
      say('文件是空的，请至少写上表头', 'the file is empty; write at least the header'),
    );
    return null;
  }
  const columns = header.record.map((name) => name.trim());
  const [only = '', second] = columns;
  if (second === undefined && fields.size > 1 && /[;\t|；，]/.test(only)) {
    report(
      startOf(file.path),
      'wrong-separator',
      say(
        '各列要用英文逗号隔开，请另存为“CSV UTF-8（逗号分隔）”',
        'columns are separated by commas; save as “CSV UTF-8 (comma delimited)”',
      ),
    );
    return null;
  }
  let errors = 0;
  const note: Report = (place, code, message) => {
    if (CODES[code].severity === 'error') errors++;
    if (errors <= MOST_PROBLEMS) report(place, code, message);
  };
  checkColumns(file.path, header, columns, fields, note);
  const rows: RecordRow[] = [];
  const raws: RawRow[] = [];
  const lineOfKey = new Map<string, number>();
  for (const row of body) {
    const line = firstLine(row);
    if (row.record.length !== columns.length) {
      note(
        { file: file.path, line, column: 1 },
        'wrong-cell-count',
        say(
          `这一行有 ${row.record.length} 格，表头有 ${columns.length} 格，请检查逗号和引号`,
          `this row has ${row.record.length} cells, the header has ${columns.length}; check commas and quotes`,
        ),
      );
      continue;
    }
    const values: Record<string, RecordValue> = {};
    for (const [index, name] of columns.entries()) {
      const field = fields.get(name);
      if (field)
        values[name] = readCell(row.record[index] ?? '', name, field, () => cellPlace(file.path, row, index), note);
    }
    for (const name of fields.keys()) values[name] ??= null;
    const id = key === null ? null : values[key];
    if (id != null) {
      const earlier = lineOfKey.get(String(id));
      if (earlier === undefined) lineOfKey.set(String(id), line);
      else
        note(
          cellPlace(file.path, row, columns.indexOf(key ?? '')),
          'duplicate-row',
          say(
            `${key} “${id}”在第 ${earlier} 行已经有了，请只保留一行`,
            `${key} "${id}" is already on line ${earlier}; keep one of the two`,
          ),
        );
    }
    rows.push(values);
    raws.push(row);
  }
  if (errors > MOST_PROBLEMS) {
    report(
      startOf(file.path),
      'more-problems',
      say(
        `这个文件还有 ${errors - MOST_PROBLEMS} 处问题，请先修改以上各处`,
        `${errors - MOST_PROBLEMS} more problems in this file; correct those above first`,
      ),
    );
  }
  if (errors > 0) return null;
  const place = (index: number, field: string): Place => {
    const raw = raws[index];
    return raw ? cellPlace(file.path, raw, Math.max(0, columns.indexOf(field))) : startOf(file.path);
  };
  return { fields, rows, place };
}

function parseTable(file: TextFile, report: Report): RawRow[] | null {
  try {
    return parse(file.text, {
      bom: true,
      info: true,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as RawRow[];
  } catch (error) {
    const line = error instanceof CsvError && typeof error['lines'] === 'number' ? error['lines'] : 1;
    report(
      { file: file.path, line, column: 1 },
      'bad-csv',
      say('这一行的引号不成对或写法有误，请修改', 'the quotes in this row do not match; please correct them'),
    );
    return null;
  }
}

function checkColumns(
  file: string,
  header: RawRow,
  columns: readonly string[],
  fields: ReadonlyMap<string, Field>,
  report: Report,
): void {
  for (const [index, name] of columns.entries()) {
    const place = cellPlace(file, header, index);
    if (columns.indexOf(name) < index) {
      report(
        place,
        'duplicate-column',
        say(`列“${name}”出现了两次，请只保留一列`, `the column "${name}" stands here twice; keep one`),
      );
    } else if (!fields.has(name)) {
      const meant = nearest(
        name,
        [...fields.keys()].filter((known) => !columns.includes(known)),
      );
      report(
        place,
        'unknown-column',
        say(
          `sources.yml 没有“${name}”这一列${meant ? `；您是否想写“${meant}”？` : '，它会被忽略'}`,
          `sources.yml has no field "${name}"${meant ? `; did you mean "${meant}"?` : '; it is ignored'}`,
        ),
      );
    }
  }
  for (const name of fields.keys()) {
    if (!columns.includes(name))
      report(
        { file, line: 1, column: 1 },
        'missing-column',
        say(`缺少列“${name}”，请在表头补上`, `the column "${name}" is missing; add it to the header`),
      );
  }
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
/** What a spreadsheet runs when it opens the file; a plain number or dash is none. */
const FORMULA = /^[=@]|^[+-](?=.*[(!|])/;
const PHONE = /^\+?[\d\s()-]{3,24}$/;

function readCell(raw: string, name: string, field: Field, place: () => Place, report: Report): RecordValue {
  const text = raw.trim();
  if (text === '') {
    if (field.required)
      report(place(), 'empty-cell', say(`“${name}”不能为空，请填写`, `"${name}" must not be empty; please fill it in`));
    return null;
  }
  const bad = (zh: string, en: string): null => {
    report(place(), 'bad-cell', say(`“${text}”不是${zh}，请修改`, `"${text}" is not ${en}; please correct it`));
    return null;
  };
  if (field.values && !field.values.includes(text)) {
    const meant = nearest(text, field.values);
    report(
      place(),
      'bad-cell',
      say(
        `“${name}”不能是“${text}”${meant ? `；您是否想写“${meant}”？` : `，只能是 ${field.values.join('、')}`}`,
        `"${name}" cannot be "${text}"${meant ? `; did you mean "${meant}"?` : `; it must be one of ${field.values.join(', ')}`}`,
      ),
    );
    return null;
  }
  switch (field.type) {
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text)
        ? Number(text)
        : bad('数字（不要写逗号和单位）', 'a number (without commas or a unit)');
    case 'time':
      return TIME.test(text) && !Number.isNaN(Date.parse(text))
        ? text
        : bad('带时区的时间，例如 2026-11-21T15:30:00+08:00', 'a time with offset such as 2026-11-21T15:30:00+08:00');
    case 'phone':
      return PHONE.test(text) && text.replace(/\D/g, '').length >= 3 ? text : bad('电话号码', 'a phone number');
    case 'text':
    case 'list':
      if (!FORMULA.test(text)) return text;
      report(
        place(),
        'formula-cell',
        say(
          `“${text}”像表格公式，在 Excel 里打开会被执行，请改成普通文字`,
          `"${text}" looks like a formula, which a spreadsheet would run; write plain text`,
        ),
      );
      return null;
  }
}

/** The line on which a row begins, though a quoted cell may run over several. */
function firstLine(row: RawRow): number {
  return row.info.lines - (row.raw.replace(/(\r\n|\n|\r)$/, '').match(/\n/g)?.length ?? 0);
}

/** Where a cell begins, counting commas outside quotes. */
function cellPlace(file: string, row: RawRow, index: number): Place {
  let line = firstLine(row);
  let column = 1;
  let cells = 0;
  let quoted = false;
  for (const char of row.raw) {
    if (cells === index) break;
    if (char === '"') quoted = !quoted;
    if (char === ',' && !quoted) cells++;
    if (char === '\n') {
      line++;
      column = 1;
    } else column++;
  }
  return { file, line, column };
}
