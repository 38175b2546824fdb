import type { Config } from '../config.ts';
import { UsageError } from '../core/errors.ts';
import { formatProblem } from '../knowledge/problem.ts';
import { loadKnowledge } from '../knowledge/load.ts';

/** `check [--json]`: everything that does not fit in intents and knowledge; exit 1 on any error. */
export async function check(config: Config, options: { json?: unknown; lang?: unknown }): Promise<number> {
  const { lang } = options;
  if (lang !== 'zh' && lang !== 'en' && lang !== 'both')
    throw new UsageError('--lang 只能是 zh、en 或 both (must be zh, en or both)');
  const { knowledge, problems } = await loadKnowledge({ intents: config.intentsDir, knowledge: config.knowledgeDir });
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const warnings = problems.length - errors;
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify({ ok: errors === 0, errors, warnings, problems }, null, 2)}\n`);
    return errors > 0 ? 1 : 0;
  }
  for (const problem of problems) process.stdout.write(`${formatProblem(problem, lang)}\n`);
  const size =
    knowledge === null
      ? ''
      : ` · ${knowledge.intents.size} intents, ${knowledge.phrases.size} phrases, ${knowledge.faq.length} FAQ`;
  process.stderr.write(
    errors === 0
      ? `检查通过 (checked, fine)${size}${warnings > 0 ? ` · ${warnings} 条提醒 (warnings)` : ''}\n`
      : `${errors} 处错误 (errors), ${warnings} 条提醒 (warnings)\n`,
  );
  return errors > 0 ? 1 : 0;
}
