import { GAP_KINDS, type GapKind } from '../gaps/gap.ts';
import type { Counted, GapGroup } from '../gaps/group.ts';

export interface GapsResult {
  /** ISO 8601 */
  readonly since: string;
  readonly asked: number;
  readonly gaps: number;
  /** Gaps that the files as they are now would answer. */
  readonly settled: number;
  readonly groups: readonly GapGroup[];
  /** Files written. */
  readonly drafts: readonly string[];
}

const SHOWN_QUESTIONS = 5;
const TITLES: Readonly<Record<GapKind, string>> = {
  unanswered: '没听懂 (unanswered)',
  misunderstood: '听错了 (misunderstood)',
  human: '转了人工 (human)',
};

/** For people: the largest group first, with examples and what humans answered. */
export function gapsText({ since, asked, gaps, settled, groups, drafts }: GapsResult): string {
  const lines = [
    `${since.slice(0, 10)} 以来 ${asked} 条来信，${gaps} 个问题没有答好，分成 ${groups.length} 组 (of ${asked} messages ${gaps} found no answer, in ${groups.length} groups)`,
    ...(settled > 0
      ? [`另有 ${settled} 个，现在的文件已经能答 (${settled} more are answered by the present files)`]
      : []),
  ];
  for (const group of groups) lines.push('', ...groupLines(group));
  for (const file of drafts) lines.push('', `草稿 (draft): ${file}`);
  return `${lines.join('\n')}\n`;
}

function groupLines({ count, kinds, intents, questions, replies }: GapGroup): string[] {
  const parts = GAP_KINDS.flatMap((kind) => (kinds[kind] === undefined ? [] : [`${TITLES[kind]} ${kinds[kind]}`]));
  const rest = questions.length - SHOWN_QUESTIONS;
  const [reply] = replies;
  return [
    `■ ×${count}  ${parts.join('、')}${intents.length > 0 ? `  [${intents.join(', ')}]` : ''}`,
    ...questions.slice(0, SHOWN_QUESTIONS).map((one) => `    「${one.text}」${times(one)}`),
    ...(rest > 0 ? [`    …还有 ${rest} 种问法 (more wordings)`] : []),
    ...(reply === undefined ? [] : [`    坐席答 (a human answered): ${reply.text}${times(reply)}`]),
  ];
}

function times({ count }: Counted): string {
  return count > 1 ? ` ×${count}` : '';
}
