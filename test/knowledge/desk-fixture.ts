import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { fixedClock } from '../../src/core/clock.ts';
import { ENGINE_PHRASES } from '../../src/knowledge/engine-phrases.ts';
import { loadKnowledge, type Folders } from '../../src/knowledge/load.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Problem } from '../../src/knowledge/problem.ts';

export const FIXTURES = path.join(import.meta.dirname, '../fixtures/knowledge');

/** Contents by path below the desk, e.g. `intents/greeting.yml`; null takes the file away. */
export type Files = Readonly<Record<string, string | Uint8Array | null>>;

/** The smallest desk without a problem: one flow, one csv source, one department, one agent. */
export const MINIMAL: Readonly<Record<string, string>> = {
  ...filesBelow(path.join(FIXTURES, 'desk')),
  // Those the corpus edits come first, so that a new phrase of the engine moves nothing.
  'knowledge/phrases/engine.yml': [...new Set(['opening', 'miss.first', 'miss.second', ...ENGINE_PHRASES])]
    .map((key) => `${key}: 好的\n`)
    .join(''),
};

function filesBelow(root: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(root, file), readFileSync(file, 'utf8')]),
  );
}

export const NOON = fixedClock('2026-06-15T12:00:00+08:00');

/** Writes the minimal desk, changed by `files`, into a temporary folder that goes when the test ends. */
export async function writeDesk(files: Files = {}): Promise<Folders & { readonly root: string }> {
  const root = await mkdtemp(path.join(tmpdir(), 'desk-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const folder of ['intents', 'knowledge']) await mkdir(path.join(root, folder));
  for (const [name, content] of Object.entries<string | Uint8Array | null>({ ...MINIMAL, ...files })) {
    if (content !== null) await put(root, name, content);
  }
  return { root, intents: path.join(root, 'intents'), knowledge: path.join(root, 'knowledge') };
}

export async function put(root: string, name: string, content: string | Uint8Array): Promise<void> {
  const file = path.join(root, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

/** A file of the minimal desk with one passage replaced. */
export function edited(name: string, from: string, to: string): Files {
  const text = MINIMAL[name] ?? '';
  if (!text.includes(from)) throw new Error(`${name} does not hold ${from}`);
  return { [name]: text.replace(from, () => to) };
}

/** Problems as `file:line:column code`, the file without its temporary folder. */
export async function problemsOf(files: Files = {}): Promise<string[]> {
  const folders = await writeDesk(files);
  const { problems } = await loadKnowledge(folders, { clock: NOON, trial: true });
  return problems.map((problem) => brief(problem, folders.root));
}

export function brief({ path: file, line, column, code }: Problem, root: string): string {
  return `${file.replace(`${root}/`, '')}:${line}:${column} ${code}`;
}

export async function knowledgeOf(files: Files = {}): Promise<Knowledge> {
  const { knowledge, problems } = await loadKnowledge(await writeDesk(files), { clock: NOON });
  if (!knowledge) throw new Error(problems.map((problem) => problem.message.en).join('\n'));
  return knowledge;
}
