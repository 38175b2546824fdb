import { resolve } from 'node:path';
import type { Desk } from '../preview/replay.ts';
import { playTable } from './play-table.ts';
import { createProgress } from './progress.ts';
import { TABLES } from './rehearse.ts';
import { readTables, type Table } from './table.ts';

/** A dialogue table that fails now and did not before, with what differs from it. */
export interface FailingTable {
  readonly name: string;
  readonly file: string;
  readonly differences: readonly string[];
}

/** Plays the program's tables and the desk's own on the working files; `before` plays those that fail on the revision. */
export async function newlyFailing(
  { knowledge, records }: Desk,
  before: (table: Table) => Promise<readonly string[]>,
  knowledgeDir: string,
): Promise<readonly FailingTable[]> {
  const folders = [...new Set([TABLES, resolve(knowledgeDir, 'dialogues')])];
  const tables = (await Promise.all(folders.map((folder) => readTables(folder)))).flat();
  const failing: FailingTable[] = [];
  const progress = createProgress('对话表 (dialogue tables)', tables.length);
  for (const [index, table] of tables.entries()) {
    const differences = await playTable(knowledge, records, table);
    progress.tell(index + 1);
    if (differences.length === 0 || (await before(table)).length > 0) continue;
    failing.push({ name: table.name, file: table.file, differences });
  }
  progress.end();
  return failing;
}
