import type { Config } from '../config.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { formatProblem } from '../knowledge/problem.ts';

/** The knowledge, or null after its errors were printed on stderr. */
export async function knowledgeOrNull(config: Config): Promise<Knowledge | null> {
  const { knowledge, problems } = await loadKnowledge({ intents: config.intentsDir, knowledge: config.knowledgeDir });
  if (knowledge === null) {
    for (const problem of problems) process.stderr.write(`${formatProblem(problem)}\n`);
    process.stderr.write('知识文件有错，请先改正 (the knowledge has errors; put them right first)\n');
  }
  return knowledge;
}
