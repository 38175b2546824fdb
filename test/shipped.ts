import { join } from 'node:path';
import type { Records } from '../src/core/records.ts';
import type { Knowledge } from '../src/knowledge/knowledge.ts';
import { loadKnowledge } from '../src/knowledge/load.ts';
import { createRecords } from '../src/records/records.ts';

export const ROOT = join(import.meta.dirname, '..');

/** The knowledge this repository ships, and its sample records. */
export async function shipped(): Promise<{ knowledge: Knowledge; records: Records }> {
  const { knowledge, problems } = await loadKnowledge({
    intents: join(ROOT, 'intents'),
    knowledge: join(ROOT, 'knowledge'),
  });
  if (knowledge === null)
    throw new Error(problems.map((problem) => `${problem.path}:${problem.line} ${problem.code}`).join('\n'));
  return { knowledge, records: createRecords(knowledge.sources, {}) };
}
