import type { Config } from '../config.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { formatProblem } from '../knowledge/problem.ts';
import { wordsOf, type Stage } from '../knowledge/stage.ts';

/** Learning takes seconds where examples are many; the next start finds it done. */
function onStage(stage: Stage): void {
  if (stage === 'learning' && process.stderr.isTTY) process.stderr.write(`${wordsOf(stage)}\n`);
}

/** The knowledge, or null after its errors were printed on stderr. */
export async function knowledgeOrNull(config: Config): Promise<Knowledge | null> {
  const folders = { intents: config.intentsDir, knowledge: config.knowledgeDir };
  const { knowledge, problems } = await loadKnowledge(folders, { onStage });
  if (knowledge === null) {
    for (const problem of problems) process.stderr.write(`${formatProblem(problem)}\n`);
    process.stderr.write('知识文件有错，请先改正 (the knowledge has errors; put them right first)\n');
  }
  return knowledge;
}
