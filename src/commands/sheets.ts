import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config.ts';
import { UsageError } from '../core/errors.ts';
import { CODES } from '../knowledge/codes.ts';
import type { Report } from '../knowledge/files.ts';
import { formatProblem } from '../knowledge/problem.ts';
import { readBook, rowsOf } from '../sheets/book.ts';
import { columnLetters, writeCells } from '../sheets/cells.ts';
import { checkImport, type ImportProblem } from '../sheets/check-import.ts';
import { planSheet, type PlannedFile } from '../sheets/plan-import.ts';
import { readSheet } from '../sheets/read-sheet.ts';

export interface SheetsOptions {
  readonly dir?: unknown;
  readonly dryRun?: unknown;
  readonly json?: unknown;
}

/** `sheets export|import --dir DIR`: FAQ, phrases and open tables of records out to CSV and back; exit 1 on any error, with nothing changed. */
export async function sheets(config: Config, options: SheetsOptions, action: string | undefined): Promise<number> {
  const dir = typeof options.dir === 'string' ? options.dir : 'sheets';
  if (action === 'export') return exportSheets(config, dir);
  if (action === 'import') return importSheets(config, dir, options);
  throw new UsageError('要写 sheets export 或 sheets import (say sheets export or sheets import)');
}

async function exportSheets(config: Config, dir: string): Promise<number> {
  const { problems, report } = noted(false);
  const book = await readBook(config.knowledgeDir, report);
  if (problems.some((problem) => problem.severity === 'error')) return refused(problems, dir);
  await mkdir(dir, { recursive: true });
  for (const spec of book) {
    const rows = rowsOf(spec);
    await writeFile(path.join(dir, spec.name), writeCells(rows));
    process.stdout.write(`${path.join(dir, spec.name)}  ${rows.length - 1} 行 (rows)\n`);
  }
  return 0;
}

async function importSheets(config: Config, dir: string, options: SheetsOptions): Promise<number> {
  if (!(await stat(dir).catch(() => null))?.isDirectory())
    throw new UsageError(`没有文件夹 ${dir}，请先 sheets export (there is no folder ${dir}; export first)`);
  const own = noted(false);
  const book = await readBook(config.knowledgeDir, own.report);
  if (own.problems.some((problem) => problem.severity === 'error')) return refused(own.problems, dir, options);
  const { problems, report } = noted(true);
  const files: PlannedFile[] = [];
  let found = 0;
  for (const spec of book) {
    const sheet = await readSheet(dir, spec, report);
    if (sheet === null) continue;
    found += 1;
    files.push(...planSheet(spec, sheet, report));
  }
  const bad = problems.some((problem) => problem.severity === 'error');
  if (found === 0 && !bad)
    throw new UsageError(`${dir} 里没有表格：${book.map(({ name }) => name).join('、')} (there is no sheet in ${dir})`);
  const folders = { intents: config.intentsDir, knowledge: config.knowledgeDir };
  if (!bad) process.stderr.write('检查 (checking)…\n');
  const all = bad ? problems : [...problems, ...(await checkImport(folders, files))];
  if (all.some((problem) => problem.severity === 'error')) return refused(all, dir, options);

  const touched = files.filter((file) => file.touched);
  if (options.dryRun !== true)
    for (const file of touched) await replace(path.join(config.knowledgeDir, file.name), file.text);
  tell(all, touched, dir, options);
  return 0;
}

/** Collects problems; `inSheet` where lines and columns are rows and columns of a sheet. */
function noted(inSheet: boolean): { problems: ImportProblem[]; report: Report } {
  const problems: ImportProblem[] = [];
  return {
    problems,
    report: ({ file, line, column }, code, message) =>
      problems.push({ path: file, line, column, severity: CODES[code].severity, code, message, inSheet }),
  };
}

function refused(problems: readonly ImportProblem[], dir: string, options: SheetsOptions = {}): number {
  tell(problems, [], dir, options);
  if (options.json !== true) process.stderr.write('有错误，什么都没有改 (there are errors; nothing was changed)\n');
  return 1;
}

function tell(
  problems: readonly ImportProblem[],
  touched: readonly PlannedFile[],
  dir: string,
  { json, dryRun }: SheetsOptions,
): void {
  if (json === true) {
    const shown = problems.map(({ inSheet, path: file, line, column, ...rest }) =>
      inSheet
        ? { sheet: file, row: line, column: columnLetters(column - 1), ...rest }
        : { path: file, line, column, ...rest },
    );
    const files = touched.map(({ name, changes }) => ({ file: name, ...changes }));
    const ok = problems.every((problem) => problem.severity !== 'error');
    process.stdout.write(`${JSON.stringify({ ok, files, problems: shown }, null, 2)}\n`);
    return;
  }
  for (const problem of problems)
    process.stdout.write(`${problem.inSheet ? inCell(problem, dir) : formatProblem(problem)}\n`);
  for (const { name, changes } of touched)
    process.stdout.write(
      `${name}  改 ${changes.changed}、加 ${changes.added}、删 ${changes.removed} (changed, added, removed)${dryRun === true ? ' · 没有写入 (not written)' : ''}\n`,
    );
  if (touched.length === 0 && problems.every((problem) => problem.severity !== 'error'))
    process.stdout.write('没有改动 (nothing changed)\n');
}

/** `sheets/faq.csv:12:C: error CODE: …`: the row and the column as the spreadsheet names them. */
function inCell(problem: ImportProblem, dir: string): string {
  const { path: sheet, line, column, severity, code, message } = problem;
  return `${path.join(dir, sheet)}:${line}:${columnLetters(column - 1)}: ${severity} ${code}: ${message.zh} / ${message.en}`;
}

/** All or nothing: whoever reads meanwhile sees the old file or the new one. */
async function replace(file: string, text: string): Promise<void> {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.new`);
  await writeFile(draft, text);
  await rename(draft, file);
}
