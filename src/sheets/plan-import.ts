import type { Report } from '../knowledge/files.ts';
import type { Place } from '../knowledge/knowledge.ts';
import { say } from '../knowledge/problem.ts';
import type { SheetFile, SheetSpec } from './book.ts';
import { sameCell, sameRows } from './cells.ts';
import { NO_CHANGES, rebuild, type Changes, type KeptFile } from './kept-file.ts';
import type { ReadSheet, SheetRow } from './read-sheet.ts';

/** A file as an import would leave it. */
export interface PlannedFile {
  /** Below the knowledge folder. */
  readonly name: string;
  readonly text: string;
  /** False where it stays as it is, to the byte. */
  readonly touched: boolean;
  readonly changes: Changes;
  /** The cell that what stands at a line and column came from: file, row and column of the sheet. */
  readonly cellAt: (line: number, column: number) => Place;
}

/** What the sheet makes of each file it shows, changed or not; reports where a file cannot hold what the sheet says. */
export function planSheet(spec: SheetSpec, sheet: ReadSheet, report: Report): readonly PlannedFile[] {
  const byFile = new Map<string, SheetRow[]>(spec.files.map(({ name }) => [name, []]));
  for (const row of sheet.rows) {
    const rows = byFile.get(row.file);
    if (rows) rows.push(row);
    else byFile.set(row.file, [row]);
  }
  return [...byFile].flatMap(([name, rows]) => {
    const planned = planFile(spec, spec.files.find((one) => one.name === name) ?? null, name, rows, sheet, report);
    return planned === null ? [] : [planned];
  });
}

function planFile(
  spec: SheetSpec,
  file: SheetFile | null,
  name: string,
  rows: readonly SheetRow[],
  sheet: ReadSheet,
  report: Report,
): PlannedFile | null {
  const format = spec.formatOf(name);
  if (format === null) return null;
  const first = sheet.place(rows[0]?.number ?? 1, -1);
  if (rows.length === 0 && (file?.kept.entries.length ?? 0) > 0) {
    report(
      first,
      'empty-file',
      say(
        `${name} 的行都不见了；真要清空，请直接删掉那个文件`,
        `all rows of ${name} are gone; if that is meant, delete the file itself`,
      ),
    );
    return null;
  }
  const entries = entriesOf(rows, spec.joined);
  const wanted = entries.map((entry) => entry.map(({ cells }) => cells));
  const kept = file?.kept ?? { head: name.endsWith('.md') ? frontMatter(wanted[0]?.[0] ?? []) : '', entries: [] };
  const same =
    kept.entries.length === wanted.length && kept.entries.every((entry, i) => sameRows(entry.rows, wanted[i] ?? []));
  const { text, changes } =
    file !== null && same ? { text: file.text, changes: NO_CHANGES } : rebuild(kept, wanted, format);
  const written = same ? kept : format.read({ path: name, text }, () => undefined);
  if (!same) {
    const wrong = firstDifference(written, entries);
    if (wrong !== null) {
      const column = spec.columns[wrong.cell] ?? 'file';
      report(
        sheet.place(wrong.row.number, wrong.cell),
        'bad-cell',
        name.endsWith('.md')
          ? say(
              `${name} 里写不出这样的“${column}”：整个文件共用负责人和日期，答案里也不能有“## ”开头的行；请把这一行的 file 改成一个 .yml 文件`,
              `${name} cannot hold such a "${column}": its entries share owner and days, and an answer has no line that begins with "## "; name a .yml file for this row`,
            )
          : say(
              `${name} 里写不出这样的“${column}”，请修改，或直接编辑那个文件`,
              `${name} cannot hold such a "${column}"; correct it, or edit the file itself`,
            ),
      );
      return null;
    }
  }
  const starts = (written?.entries ?? []).flatMap((entry, index) =>
    entry.starts.map((start) => ({ ...start, number: entries[index]?.[start.row]?.number ?? 1 })),
  );
  return {
    name,
    text,
    touched: text !== file?.text,
    changes,
    cellAt: (line, column) => {
      const start = starts.findLast((one) => one.line < line || (one.line === line && one.column <= column));
      return start === undefined ? first : sheet.place(start.number, start.cell);
    },
  };
}

/** The rows of one entry together. */
function entriesOf(rows: readonly SheetRow[], joined: boolean): readonly (readonly SheetRow[])[] {
  const entries: SheetRow[][] = [];
  for (const row of rows) {
    const last = entries.at(-1);
    if (joined && last?.[0]?.cells[0]?.trim() === row.cells[0]?.trim()) last?.push(row);
    else entries.push([row]);
  }
  return entries;
}

function firstDifference(
  written: KeptFile | null,
  entries: readonly (readonly SheetRow[])[],
): { row: SheetRow; cell: number } | null {
  for (const [index, entry] of entries.entries()) {
    for (const [number, row] of entry.entries()) {
      const there = written?.entries[index]?.rows[number];
      if (written?.entries[index]?.rows.length !== entry.length) return { row, cell: 0 };
      const cell = row.cells.findIndex((text, place) => !sameCell(text, there?.[place] ?? ''));
      if (cell !== -1) return { row, cell };
    }
  }
  return null;
}

/** The top of a new Markdown file: the owner of its first entry. */
function frontMatter(cells: readonly string[]): string {
  return `---\nowner: ${JSON.stringify(cells.at(-1) ?? '')}\n---\n`;
}
