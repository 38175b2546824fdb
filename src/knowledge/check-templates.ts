import type { Checking } from './check.ts';
import type { Located, Path } from './located.ts';
import { say } from './problem.ts';
import { TemplateError } from './template.ts';
import { walkSteps } from './walk-steps.ts';

/** Every Liquid template parses, and uses only filters and tags there are. */
export function checkTemplates(checking: Checking): void {
  for (const file of checking.draft.phrases) {
    for (const [key, { zh, en }] of Object.entries(file.value)) {
      const plain = (en ?? []).length === 0;
      for (const [index, source] of zh.entries())
        checkTemplate(checking, file, source, plain ? [key, index] : [key, 'zh', index]);
      for (const [index, source] of (en ?? []).entries()) checkTemplate(checking, file, source, [key, 'en', index]);
    }
  }
  for (const intent of checking.draft.intents.values()) {
    for (const { action, path } of walkSteps(intent.value.steps)) {
      for (const key of ['ticket', 'hand_over'] as const) {
        const summary = action[key]?.summary;
        if (summary !== undefined) checkTemplate(checking, intent, summary, [...path, key, 'summary']);
      }
    }
  }
  for (const file of checking.draft.faq) {
    for (const [index, entry] of file.value.entries()) {
      checkTemplate(checking, file, entry.answer, [index, 'answer']);
      if (entry.answer_en !== undefined) checkTemplate(checking, file, entry.answer_en, [index, 'answer_en']);
    }
  }
}

function checkTemplate(
  { compileTemplate, report }: Checking,
  file: Located<unknown>,
  source: string,
  path: Path,
): void {
  try {
    compileTemplate(source);
  } catch (error) {
    const { line, column, zh } = error instanceof TemplateError ? error : { line: 1, column: 1, zh: '请检查写法' };
    const words = error instanceof Error ? error.message : String(error);
    report(file.inside(path, line, column), 'bad-template', say(`话术有误：${zh}`, `not a valid phrase: ${words}`));
  }
}
