import path from 'node:path';
import { fieldsOf } from '../knowledge/draft.ts';
import { CSV_BYTES, listFiles, readText, YAML_BYTES, type Report } from '../knowledge/files.ts';
import { sourcesSchema } from '../knowledge/format.ts';
import { readYaml } from '../knowledge/yaml-file.ts';
import { FAQ_COLUMNS, faqMarkdown, faqYaml } from './faq-file.ts';
import type { Format, KeptFile } from './kept-file.ts';
import { PHRASE_COLUMNS, phraseYaml } from './phrase-file.ts';
import { columnsOf, tableCsv } from './table-file.ts';

/** A file that a sheet shows. */
export interface SheetFile {
  /** Below the knowledge folder, e.g. `faq/cod.md`. */
  readonly name: string;
  readonly text: string;
  readonly kept: KeptFile;
}

/** One spreadsheet: what it is called, its columns, and the files whose entries are its rows. */
export interface SheetSpec {
  /** e.g. `faq.csv` */
  readonly name: string;
  /** Columns of an entry; a sheet over several files has `file` before them. */
  readonly columns: readonly string[];
  /** True where the first column says which file a row belongs to. */
  readonly named: boolean;
  /** Rows that follow each other with the same first cell are one entry. */
  readonly joined: boolean;
  readonly required: readonly string[];
  readonly files: readonly SheetFile[];
  /** How a file of that name is written; null where a sheet may not make one. */
  readonly formatOf: (name: string) => Format | null;
}

const YAML = ['.yml', '.yaml'];

/**
 * What goes out to spreadsheets: FAQ, phrases, and each table of records in which nothing is private. Files that cannot be read are
 * reported and left out.
 */
export async function readBook(knowledgeDir: string, report: Report): Promise<readonly SheetSpec[]> {
  const folder = { root: knowledgeDir };
  const read = async (name: string, format: Format | null): Promise<SheetFile[]> => {
    const file = await readText(folder, name, name.endsWith('.csv') ? CSV_BYTES : YAML_BYTES, report);
    const kept = file && format?.read(file, report);
    return file && kept ? [{ name, text: file.text, kept }] : [];
  };
  const below = async (sub: string, extensions: readonly string[], formatOf: (name: string) => Format | null) => {
    const names = await listFiles(folder, sub, extensions, report, true);
    return (await Promise.all(names.map((name) => read(name, formatOf(name))))).flat();
  };
  const faqFormat = (name: string): Format | null => {
    if (!/^faq\/[^/.][^/]*$/.test(name)) return null;
    return name.endsWith('.md') ? faqMarkdown : /\.ya?ml$/.test(name) ? faqYaml : null;
  };
  const phraseFormat = (name: string): Format | null => (/^phrases\/[^/.][^/]*\.ya?ml$/.test(name) ? phraseYaml : null);
  const sheets: SheetSpec[] = [
    {
      name: 'faq.csv',
      columns: FAQ_COLUMNS,
      named: true,
      joined: false,
      required: ['question', 'answer', 'owner'],
      files: await below('faq', [...YAML, '.md'], faqFormat),
      formatOf: faqFormat,
    },
    {
      name: 'phrases.csv',
      columns: PHRASE_COLUMNS,
      named: true,
      joined: true,
      required: ['key'],
      files: await below('phrases', YAML, phraseFormat),
      formatOf: phraseFormat,
    },
  ];
  for (const name of await openTables(knowledgeDir, report)) {
    const files = await read(name, tableCsv);
    const [first] = files;
    const sheet = path.posix.basename(name);
    if (first === undefined || sheets.some((one) => one.name === sheet)) continue;
    const columns = columnsOf(first.text);
    sheets.push({ name: sheet, columns, named: false, joined: false, required: [], files, formatOf: () => tableCsv });
  }
  return sheets;
}

/** Files of records without a private field; customers' own data does not go out. */
async function openTables(knowledgeDir: string, report: Report): Promise<readonly string[]> {
  const file = await readText({ root: knowledgeDir }, 'sources.yml', YAML_BYTES, report);
  const sources = file && readYaml(file, sourcesSchema, report);
  const names = Object.values(sources?.value ?? {}).flatMap((source) => {
    const open = source.from === 'csv' && [...fieldsOf(source).values()].every((field) => !field.private);
    return open && source.file !== undefined ? [path.posix.normalize(source.file)] : [];
  });
  return [...new Set(names)];
}

/** All rows of a sheet, header first. */
export function rowsOf({ columns, named, files }: SheetSpec): readonly (readonly string[])[] {
  const header = named ? ['file', ...columns] : columns;
  const body = files.flatMap(({ name, kept }) =>
    kept.entries.flatMap(({ rows }) => rows.map((row) => (named ? [name, ...row] : row))),
  );
  return [header, ...body];
}
