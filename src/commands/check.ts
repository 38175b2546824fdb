import type { Config } from '../config.ts';
import { UsageError } from '../core/errors.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { showProblem } from '../knowledge/show-problem.ts';

/** Longer than this and a person at a terminal is told that work is going on, in ms. */
const PATIENCE = 800;

/** `check [--json] [--lang zh|en|both]`: everything that does not fit in intents and knowledge; exit 1 on any error. */
export async function check(config: Config, options: { json?: unknown; lang?: unknown }): Promise<number> {
  const { lang } = options;
  if (lang !== 'zh' && lang !== 'en' && lang !== 'both')
    throw new UsageError('--lang 只能是 zh、en 或 both (must be zh, en or both)');
  const waiting = setTimeout(() => {
    if (process.stderr.isTTY) process.stderr.write('正在检查…… (checking)\n');
  }, PATIENCE);
  const folders = { intents: config.intentsDir, knowledge: config.knowledgeDir };
  const { knowledge, problems, lineAt } = await loadKnowledge(folders, { trial: true });
  clearTimeout(waiting);
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const warnings = problems.length - errors;
  if (options.json === true) {
    const shown = problems.map((problem) => ({ ...problem, source: lineAt(problem.path, problem.line) }));
    process.stdout.write(`${JSON.stringify({ ok: errors === 0, errors, warnings, problems: shown }, null, 2)}\n`);
    return errors > 0 ? 1 : 0;
  }
  for (const [index, problem] of problems.entries()) {
    if (index === errors && errors > 0) process.stdout.write('以下是提醒，不影响使用 (warnings)\n\n');
    process.stdout.write(`${showProblem(problem, lineAt(problem.path, problem.line), lang)}\n\n`);
  }
  const size =
    knowledge === null
      ? ''
      : ` · ${knowledge.intents.size} intents, ${knowledge.phrases.size} phrases, ${knowledge.faq.length} FAQ`;
  process.stderr.write(
    errors === 0
      ? `检查通过 (checked, fine)${size}${warnings > 0 ? ` · ${warnings} 条提醒 (warnings)` : ''}\n`
      : `${errors} 处错误 (errors), ${warnings} 条提醒 (warnings)；看一条的详细说明：yingsheng explain 代码 (explain CODE)\n`,
  );
  return errors > 0 ? 1 : 0;
}
