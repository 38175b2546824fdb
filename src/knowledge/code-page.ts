import { CODE_CHAPTERS, CODES, type Code } from './codes.ts';
import type { CodePage } from './codes/page.ts';

const SEVERITY = { error: { zh: '错误', en: 'error' }, warning: { zh: '提醒', en: 'warning' } } as const;

/** One code's page for a terminal. */
export function explainCode(code: Code, language: 'zh' | 'en'): string {
  const { severity, title, why, fix, wrong, right } = CODES[code] as CodePage;
  const words =
    language === 'zh'
      ? { fix: '怎么改', wrong: '错的', right: '对的' }
      : { fix: 'What to do', wrong: 'Wrong', right: 'Right' };
  const indented = (text: string): string => text.replace(/^/gm, '    ');
  return [
    `${code} (${SEVERITY[severity][language]}): ${title[language]}`,
    why[language],
    `${words.fix}: ${fix[language]}`,
    `${words.wrong}:\n${indented(wrong)}`,
    `${words.right}:\n${indented(right)}`,
  ].join('\n\n');
}

/** docs/check-codes.md: all codes by chapter, in both languages. */
export function codesMarkdown(): string {
  const chapters = CODE_CHAPTERS.map(({ title, codes }) =>
    [`## ${title.zh} ${title.en}`, ...Object.entries<CodePage>(codes).map(([code, page]) => entry(code, page))].join(
      '\n\n',
    ),
  );
  return `# 检查会说什么 / What \`check\` says

\`yingsheng check\` 的每一条都有一个代码。这里是全部 ${Object.keys(CODES).length} 个代码；在终端里用 \`yingsheng explain 代码\` 看同样的内容。
本页由 \`node scripts/make-check-codes.ts\` 从 \`src/knowledge/codes/\` 生成，请不要直接修改。

Every message of \`yingsheng check\` has a code; \`yingsheng explain CODE\` prints the same entry.

${chapters.join('\n\n')}
`;
}

function entry(code: string, { severity, title, why, fix, wrong, right }: CodePage): string {
  return `### ${code}

**${SEVERITY[severity].zh}：${title.zh}** ${why.zh}${fix.zh}

*${SEVERITY[severity].en}: ${title.en}.* ${why.en} ${fix.en}

错的 wrong:

\`\`\`
${wrong}
\`\`\`

对的 right:

\`\`\`
${right}
\`\`\``;
}
