import { CODES, isCode } from './codes.ts';
import { formatProblem, type Problem } from './problem.ts';

export type Languages = 'zh' | 'en' | 'both';

/** Columns of a terminal that a line is shown in at most. */
const WIDTH = 96;
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]/u;
const NO_WIDTH = /[\p{Mn}\p{Cf}]/u;

/** A problem with the line it stands on, a mark below it, and what to do. The first line is for programs too. */
export function showProblem(problem: Problem, line: string | null, languages: Languages): string {
  const lines = [formatProblem(problem, languages)];
  const gutter = String(problem.line).padStart(6);
  if (line !== null && line.trim() !== '') {
    const { text, before } = windowOf(line, problem.column);
    lines.push(`${gutter} | ${text}`, `${' '.repeat(gutter.length)} | ${' '.repeat(before)}^`);
  }
  lines.push(`${' '.repeat(gutter.length)} = ${fixFor(problem, languages)}`);
  return lines.join('\n');
}

function fixFor({ code }: Problem, languages: Languages): string {
  const more = `yingsheng explain ${code}`;
  if (!isCode(code)) return more;
  const { fix } = CODES[code];
  const zh = `怎么改：${fix.zh}（${more}）`;
  const en = `What to do: ${fix.en}`;
  return languages === 'zh' ? zh : languages === 'en' ? `${en} (${more})` : `${zh} / ${en}`;
}

/** The part of a line around a column, and how many terminal columns stand before the mark. */
function windowOf(line: string, column: number): { readonly text: string; readonly before: number } {
  const plain = line.replace(/[\t\p{Cc}]/gu, ' ');
  const chars = [...plain];
  const marked = [...plain.slice(0, column - 1)].length;
  let start = 0;
  while (widthOf(chars.slice(start, marked)) > WIDTH / 2) start++;
  let end = Math.max(marked, start);
  let width = widthOf(chars.slice(start, end));
  while (end < chars.length && width < WIDTH) width += widthOf([chars[end++] ?? '']);
  const head = start > 0 ? '…' : '';
  const tail = end < chars.length ? '…' : '';
  return {
    text: `${head}${chars.slice(start, end).join('')}${tail}`.trimEnd(),
    before: head.length + widthOf(chars.slice(start, marked)),
  };
}

/** Chinese characters take two columns. */
function widthOf(chars: readonly string[]): number {
  return chars.reduce((sum, char) => sum + (NO_WIDTH.test(char) ? 0 : WIDE.test(char) ? 2 : 1), 0);
}
