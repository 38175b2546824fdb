import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { shownPath } from '../knowledge/files.ts';
import { loadKnowledge, type Folders } from '../knowledge/load.ts';
import type { Problem } from '../knowledge/problem.ts';
import type { PlannedFile } from './plan-import.ts';

/** A problem, and whether its place is a cell of a sheet rather than a line of a file. */
export interface ImportProblem extends Problem {
  readonly inSheet: boolean;
}

/** Everything `check` would say after the import, told in cells where it is about a sheet. Nothing of the administrator's is touched. */
export async function checkImport(folders: Folders, files: readonly PlannedFile[]): Promise<readonly ImportProblem[]> {
  const room = await mkdtemp(path.join(tmpdir(), 'yingsheng-sheets-'));
  try {
    const knowledge = path.join(room, 'knowledge');
    await cp(folders.knowledge, knowledge, { recursive: true });
    for (const { name, text } of files) await put(path.join(knowledge, name), text);
    const { problems } = await loadKnowledge({ intents: folders.intents, knowledge });
    const planned = new Map(files.map((file) => [shownPath(knowledge, file.name), file]));
    return problems.map((problem) => {
      const file = planned.get(problem.path);
      if (file !== undefined) {
        const { file: sheet, line, column } = file.cellAt(problem.line, problem.column);
        return { ...problem, path: sheet, line, column, inSheet: true };
      }
      return {
        ...problem,
        path: problem.path.replace(shownPath(knowledge), shownPath(folders.knowledge)),
        inSheet: false,
      };
    });
  } finally {
    await rm(room, { recursive: true, force: true });
  }
}

async function put(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}
