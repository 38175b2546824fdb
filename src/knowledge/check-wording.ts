import type { Checking } from './check.ts';
import { placeIn } from './flow/phrase-book.ts';
import type { Located, Path } from './located.ts';
import { say } from './problem.ts';
import { QUOTED, WORDINGS } from './wording.ts';

/** Courtesy: nothing rude, evasive or too familiar in what we say ourselves. Customers' examples may speak as customers do. */
export function checkWording(checking: Checking): void {
  const { draft } = checking;
  for (const file of draft.phrases) {
    for (const [key, { zh, en }] of Object.entries(file.value)) {
      const plain = (en ?? []).length === 0;
      for (const [index, text] of zh.entries())
        checkText(checking, file, text, plain ? [key, index] : [key, 'zh', index]);
      for (const [index, text] of (en ?? []).entries()) checkText(checking, file, text, [key, 'en', index]);
    }
  }
  for (const file of draft.faq) {
    for (const [index, { answer, answer_en }] of file.value.entries()) {
      checkText(checking, file, answer, [index, 'answer']);
      if (answer_en !== undefined) checkText(checking, file, answer_en, [index, 'answer_en']);
    }
  }
}

function checkText({ report }: Checking, file: Located<unknown>, text: string, path: Path): void {
  // Blanked, not removed: what follows keeps its place.
  const blank = (part: string): string => ' '.repeat(part.length);
  const ours = text.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, blank).replace(QUOTED, blank);
  const told = new Set<number>();
  for (const { pattern, kind, instead } of WORDINGS) {
    const match = pattern.exec(ours);
    if (!match || told.has(match.index)) continue;
    for (let at = match.index; at < match.index + match[0].length; at++) told.add(at);
    report(
      placeIn(file, path, text, match.index),
      kind === 'rude' ? 'rude-wording' : 'informal-wording',
      say(`我们不说“${match[0]}”：${instead.zh}`, `we do not say "${match[0]}": ${instead.en}`),
    );
  }
}
