import type { Config } from '../config.ts';
import type { WaitingMessage } from '../core/store.ts';
import { differencesOf, groupDifferences } from '../preview/compare.ts';
import { replayAll } from '../preview/replay-all.ts';
import { openRevision } from '../preview/revision.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { formatProblem, type Problem } from '../knowledge/problem.ts';
import { createRecords } from '../records/records.ts';
import { knowledgeOrNull } from './knowledge.ts';
import { createMasker } from './masker.ts';
import { clockFor } from './moment.ts';
import { previewQuestions } from './preview-questions.ts';
import { previewJson, previewText, type PreviewResult } from './preview-report.ts';
import { openOtherSide, type OtherSide } from './preview-side.ts';
import { newlyFailing } from './preview-tables.ts';
import { createProgress } from './progress.ts';

export interface PreviewOptions {
  readonly against?: unknown;
  readonly messages?: unknown;
  readonly now?: unknown;
  readonly json?: unknown;
}

const NOTHING: Pick<PreviewResult, 'groups' | 'tables'> = { groups: [], tables: [] };

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

/** `preview`: what the working files answer otherwise than a git revision did; exit 1 when a dialogue table fails that did not. */
export async function preview(config: Config, options: PreviewOptions): Promise<number> {
  const now = clockFor(options.now).now();
  const { questions, from } = await previewQuestions(config, options.messages, now);
  const against = typeof options.against === 'string' ? options.against : 'HEAD';
  const revision = await openRevision({ intents: config.intentsDir, knowledge: config.knowledgeDir }, against);
  const earlier = openOtherSide({ folders: revision.folders, questions, now: now.toISOString() });
  try {
    tell(`读取知识 (reading the knowledge): ${revision.title} → 工作文件 (working files)`);
    const knowledge = await knowledgeOrNull(config);
    if (knowledge === null) return 1;
    const before = await earlier.loaded();
    if ('problems' in before) {
      tellRefused(before.problems, revision.title);
      return 1;
    }
    if (questions.length === 0)
      tell(`没有问题可问 (no questions there): ${from}；可以用 --messages 文件 (or give a file)`);
    const result: PreviewResult = {
      against: revision.title,
      questions: questions.length,
      ...(before.version === knowledge.version ? NOTHING : await compare(knowledge, earlier, questions, now, config)),
    };
    const mask = createMasker(knowledge);
    process.stdout.write(options.json === true ? previewJson(result, mask) : previewText(result, mask));
    return result.tables.length > 0 ? 1 : 0;
  } finally {
    await earlier.close();
    await revision.close();
  }
}

/** Asks both sides, and plays the tables. */
async function compare(
  knowledge: Knowledge,
  earlier: OtherSide,
  questions: readonly WaitingMessage[],
  now: Date,
  { knowledgeDir }: Config,
): Promise<typeof NOTHING> {
  const desk = { knowledge, records: createRecords(knowledge.sources, process.env) };
  const progress = createProgress('提问 (questions)', questions.length);
  const after = await replayAll(desk, questions, now, (done) => progress.tell(done));
  progress.end();
  return {
    groups: groupDifferences(differencesOf(questions, await earlier.replies(), after)),
    tables: await newlyFailing(desk, (table) => earlier.play(table), knowledgeDir),
  };
}

function tellRefused(problems: readonly Problem[], title: string): void {
  for (const problem of problems.slice(0, 5))
    tell(formatProblem({ ...problem, path: problem.path.replace(/^.*\/tree\//, `${title.split(' ')[0]}:`) }));
  tell(`这个版本的知识有错，没法比较，请用 --against 换一个版本 (that revision has errors; choose another): ${title}`);
}
