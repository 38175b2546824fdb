import type { Config } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { UsageError } from '../core/errors.ts';
import { createExaminer } from '../knowledge/examiner.ts';
import type { Problem } from '../knowledge/problem.ts';
import { showProblem } from '../knowledge/show-problem.ts';
import { createProgress } from '../knowledge/stage.ts';

/** `check [--json] [--lang zh|en|both]`: everything that does not fit in intents and knowledge; exit 1 on any error. */
export async function check(config: Config, options: { json?: unknown; lang?: unknown }): Promise<number> {
  const { lang } = options;
  if (lang !== 'zh' && lang !== 'en' && lang !== 'both')
    throw new UsageError('--lang 只能是 zh、en 或 both (must be zh, en or both)');
  const progress = createProgress((line) => {
    if (process.stderr.isTTY) process.stderr.write(`${line}\n`);
  });
  const folders = { intents: config.intentsDir, knowledge: config.knowledgeDir };
  const examiner = createExaminer(folders, progress.onStage);
  const { material, problems, lines } = await examiner.examine(systemClock.now(), true);
  progress.end();
  await examiner.close();
  const lineOf = ({ path, line }: Problem): string | null => lines.get(`${path}:${line}`) ?? null;
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const warnings = problems.length - errors;
  if (options.json === true) {
    const shown = problems.map((problem) => ({ ...problem, source: lineOf(problem) }));
    process.stdout.write(`${JSON.stringify({ ok: errors === 0, errors, warnings, problems: shown }, null, 2)}\n`);
    return errors > 0 ? 1 : 0;
  }
  for (const [index, problem] of problems.entries()) {
    if (index === errors && errors > 0) process.stdout.write('以下是提醒，不影响使用 (warnings)\n\n');
    process.stdout.write(`${showProblem(problem, lineOf(problem), lang)}\n\n`);
  }
  const size =
    material === null
      ? ''
      : ` · ${material.intents.length} intents, ${material.phrases.length} phrases, ${material.answers} FAQ`;
  process.stderr.write(
    errors === 0
      ? `检查通过 (checked, fine)${size}${warnings > 0 ? ` · ${warnings} 条提醒 (warnings)` : ''}\n`
      : `${errors} 处错误 (errors), ${warnings} 条提醒 (warnings)；看一条的详细说明：yingsheng explain 代码 (explain CODE)\n`,
  );
  return errors > 0 ? 1 : 0;
}
