import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { createRecords } from '../records/records.ts';
import { knowledgeOrNull } from './knowledge.ts';
import { playTable } from './play-table.ts';
import { readTables } from './table.ts';

/** The program's own tables. */
export const TABLES = join(import.meta.dirname, '..', '..', 'test', 'dialogues');

/** `rehearse`: plays the dialogue tables in test/dialogues and the desk's own in `dialogues/` beside its knowledge; exit 1 on any difference. */
export async function rehearse(config: Config, options: { only?: unknown }): Promise<number> {
  const knowledge = await knowledgeOrNull(config);
  if (knowledge === null) return 1;
  const folders = [...new Set([TABLES, resolve(config.knowledgeDir, 'dialogues')])];
  const all = (await Promise.all(folders.map((folder) => readTables(folder)))).flat();
  const { only } = options;
  const tables = typeof only === 'string' ? all.filter((table) => table.name.includes(only)) : all;
  const records = createRecords(knowledge.sources, process.env);
  let failed = 0;
  for (const table of tables) {
    const differences = await playTable(knowledge, records, table);
    if (differences.length === 0) continue;
    failed += 1;
    process.stdout.write(`✗ ${table.name}  (${table.file})\n${differences.map((line) => `    ${line}\n`).join('')}`);
  }
  process.stdout.write(`${tables.length - failed} passed, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
}
