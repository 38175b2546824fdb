import { createHash } from 'node:crypto';
import path from 'node:path';
import type { RecordRow } from '../core/records.ts';
import { readCsv, type CsvTable } from './csv-file.ts';
import { readFaqMarkdown } from './faq-markdown.ts';
import { CSV_BYTES, listFiles, readText, YAML_BYTES, type Folder, type Report, type TextFile } from './files.ts';
import {
  desksSchema,
  faqSchema,
  intentSchema,
  phrasesSchema,
  policiesSchema,
  sourcesSchema,
  type DesksSource,
  type FaqSource,
  type IntentSource,
  type PhraseSource,
  type PoliciesSource,
  type SourceSource,
} from './format.ts';
import { groupsSchema, type GroupsSource } from './groups-format.ts';
import type { Field } from './knowledge.ts';
import type { Located } from './located.ts';
import { createMemory, type Memory } from './memory.ts';
import { say } from './problem.ts';
import { readYaml } from './yaml-file.ts';

export interface Folders {
  readonly intents: string;
  readonly knowledge: string;
}

/** All files as read, each fitting its schema; what could not be read is null or left out, and was reported. */
export interface Draft {
  /** Hash of all that was read. */
  readonly version: string;
  readonly intents: ReadonlyMap<string, Located<IntentSource>>;
  /** Names of all intent files, also those that could not be read: naming one of them is no second mistake. */
  readonly intentNames: ReadonlySet<string>;
  readonly phrases: readonly Located<Record<string, PhraseSource>>[];
  /** False when a phrase file could not be read, so that phrases may only seem to be missing. */
  readonly phrasesComplete: boolean;
  readonly faq: readonly Located<FaqSource[]>[];
  readonly sources: Located<Record<string, SourceSource>> | null;
  readonly desks: Located<DesksSource> | null;
  readonly policies: Located<PoliciesSource> | null;
  /** Null where there is no such file. */
  readonly groups: Located<GroupsSource> | null;
  /** Rows by record, for the csv sources that could be read. */
  readonly rows: ReadonlyMap<string, readonly RecordRow[]>;
  /** The same with where each cell stands. */
  readonly tables: ReadonlyMap<string, CsvTable>;
  /** Each file's text, by the path shown in problems. */
  readonly texts: ReadonlyMap<string, string>;
  readonly outOfScope: readonly string[];
}

/** A draft in which no check found an error, with all parts read. */
export type WholeDraft = Draft & { readonly [K in 'sources' | 'desks' | 'policies']: NonNullable<Draft[K]> };

export function isWhole(draft: Draft): draft is WholeDraft {
  return draft.sources !== null && draft.desks !== null && draft.policies !== null;
}

const YAML = ['.yml', '.yaml'];

/** Reads both folders; never throws on what stands in them, but between two files where it is aborted. */
export async function readDraft(
  folders: Folders,
  report: Report,
  memory: Memory = createMemory(),
  signal?: AbortSignal,
): Promise<Draft> {
  const intentsFolder = { root: folders.intents };
  const folder = { root: folders.knowledge };
  const hash = createHash('sha256');
  const texts = new Map<string, string>();
  const read = async (from: Folder, name: string, limit = YAML_BYTES, optional = false): Promise<TextFile | null> => {
    const file = await readText(from, name, limit, report, optional);
    signal?.throwIfAborted();
    if (file) {
      hash.update(`${name}\0${file.text}\0`);
      texts.set(file.path, file.text);
    }
    return file;
  };
  const parsed = rememberParsed(memory, report);
  const one = async <T>(name: string, schema: Parameters<typeof readYaml<T>>[1]): Promise<Located<T> | null> => {
    const file = await read(folder, name);
    return file && parsed(file, (note) => readYaml(file, schema, note));
  };

  const intents = new Map<string, Located<IntentSource>>();
  const intentNames = new Set<string>();
  for (const file of await listFiles(intentsFolder, '', YAML, report)) {
    const name = path.posix.basename(file, path.posix.extname(file));
    const text = await read(intentsFolder, file);
    if (text && intentNames.has(name)) {
      report(
        { file: text.path, line: 1, column: 1 },
        'duplicate-intent',
        say(
          `意图“${name}”有 .yml 和 .yaml 两个文件，请只保留一个`,
          `the intent "${name}" has both a .yml and a .yaml file; keep one`,
        ),
      );
    } else if (text && !/^[a-z][a-z0-9-]*$/.test(name)) {
      report(
        { file: text.path, line: 1, column: 1 },
        'bad-name',
        say(
          `文件名“${name}”请改用小写英文字母、数字和 -`,
          `the file name "${name}" must use lower-case letters, digits and -`,
        ),
      );
    }
    intentNames.add(name);
    const located = text && parsed(text, (note) => readYaml(text, intentSchema, note));
    if (located && !intents.has(name)) intents.set(name, located);
  }

  const phrases: Located<Record<string, PhraseSource>>[] = [];
  const phraseFiles = await listFiles(folder, 'phrases', YAML, report);
  for (const file of phraseFiles) {
    const text = await read(folder, file);
    const located = text && parsed(text, (note) => readYaml(text, phrasesSchema, note));
    if (located) phrases.push(located);
  }

  const faq: Located<FaqSource[]>[] = [];
  for (const file of await listFiles(folder, 'faq', [...YAML, '.md'], report, true)) {
    const text = await read(folder, file);
    const located =
      text &&
      parsed(text, (note) => (file.endsWith('.md') ? readFaqMarkdown(text, note) : readYaml(text, faqSchema, note)));
    if (located) faq.push(located);
  }

  const sources = await one('sources.yml', sourcesSchema);
  const desks = await one('desks.yml', desksSchema);
  const policies = await one('policies.yml', policiesSchema);
  const groupsFile = await read(folder, 'groups.yml', YAML_BYTES, true);
  const groups = groupsFile && parsed(groupsFile, (note) => readYaml(groupsFile, groupsSchema, note));
  const tables = sources
    ? await readTables(sources, (name) => read(folder, name, CSV_BYTES), report)
    : new Map<string, CsvTable>();
  const chatter = await read(folder, 'chatter.txt', YAML_BYTES, true);
  const outOfScope = (chatter?.text.split(/\r?\n/) ?? [])
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('#'));

  const phrasesComplete = phrases.length === phraseFiles.length;
  return {
    version: hash.digest('hex').slice(0, 16),
    intents,
    intentNames,
    phrases,
    phrasesComplete,
    faq,
    sources,
    desks,
    policies,
    groups,
    rows: new Map([...tables].map(([record, { rows }]) => [record, rows])),
    tables,
    texts,
    outOfScope,
  };
}

/** Parses a text once, with what was told of it, as long as it stays the same. */
function rememberParsed(
  memory: Memory,
  report: Report,
): <T>(file: TextFile, parse: (note: Report) => Located<T> | null) => Located<T> | null {
  const memo = memory.memo<{ readonly value: unknown; readonly told: readonly Parameters<Report>[] }>('files');
  return <T>(file: TextFile, parse: (note: Report) => Located<T> | null) => {
    const { value, told } = memo(`${file.path}\0${file.text}`, () => {
      const notes: Parameters<Report>[] = [];
      return { value: parse((...note) => notes.push(note)), told: notes };
    });
    for (const note of told) report(...note);
    return value as Located<T> | null;
  };
}

/** The rows of all sources that are files; what is wrong with them is reported. */
export async function readTables(
  sources: Pick<Located<Record<string, SourceSource>>, 'value'>,
  read: (name: string) => Promise<TextFile | null>,
  report: Report,
): Promise<Map<string, CsvTable>> {
  const all = new Map<string, CsvTable>();
  for (const [record, source] of Object.entries(sources.value)) {
    if (source.from !== 'csv' || source.file === undefined) continue;
    const file = await read(source.file);
    const table = file && readCsv(file, fieldsOf(source), source.key ?? null, report);
    if (table) all.set(record, table);
  }
  return all;
}

/** A source's fields in full, whether written as a bare type or at length. */
export function fieldsOf(source: SourceSource): ReadonlyMap<string, Field> {
  return new Map(
    Object.entries(source.fields).map(([name, field]): [string, Field] => [
      name,
      typeof field === 'string'
        ? { type: field, private: false, required: false, values: null }
        : { type: field.type, private: field.private, required: field.required, values: field.values ?? null },
    ]),
  );
}
