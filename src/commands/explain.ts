import { UsageError } from '../core/errors.ts';
import { explainCode } from '../knowledge/code-page.ts';
import { CODES, isCode } from '../knowledge/codes.ts';
import { suggest } from '../knowledge/nearest.ts';

/** `explain [CODE] [--lang zh|en]`: what a code of `check` means, with a wrong and a right example; without CODE, all codes. */
export function explain(code: string | undefined, options: { lang?: unknown }): number {
  const { lang } = options;
  if (lang !== 'zh' && lang !== 'en') throw new UsageError('--lang 只能是 zh 或 en (must be zh or en)');
  if (code === undefined) {
    for (const [name, { title }] of Object.entries(CODES)) process.stdout.write(`${name.padEnd(28)}${title[lang]}\n`);
    return 0;
  }
  if (!isCode(code)) {
    const hint = suggest(code, Object.keys(CODES));
    throw new UsageError(`没有代码“${code}”${hint.zh} (there is no code "${code}"${hint.en})`);
  }
  process.stdout.write(`${explainCode(code, lang)}\n`);
  return 0;
}
