import { access, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config.ts';
import { UsageError } from '../core/errors.ts';
import { shownPath } from '../knowledge/files.ts';
import { loadKnowledge } from '../knowledge/load.ts';

interface Start {
  readonly folder: string;
  readonly file: string;
  readonly text: string;
}

/** `new intent NAME` and `new faq [NAME]`: a file to begin with, which checks clean. Never overwrites. */
export async function makeNew(config: Config, kind: string, name: string | undefined): Promise<number> {
  if (kind !== 'intent' && kind !== 'faq')
    throw new UsageError('可以新建 intent 或 faq：new intent 名字、new faq (use: new intent NAME, new faq [NAME])');
  const called = name ?? (kind === 'faq' ? `faq-${new Date().toISOString().slice(0, 10)}` : undefined);
  if (called === undefined || !/^[a-z][a-z0-9-]*$/.test(called))
    throw new UsageError(
      '名字请用小写英文字母、数字和 -，例如 warehouse-rent (a name: lower-case letters, digits and -)',
    );
  const starts = kind === 'faq' ? [faqStart(config, called)] : await intentStarts(config, called);
  for (const { folder, file } of starts) {
    if (await exists(path.join(folder, file)))
      throw new UsageError(`${shownPath(folder, file)} 已经有了，换个名字吧 (exists already; choose another name)`);
  }
  for (const { folder, file, text } of starts) {
    const full = path.join(folder, file);
    await mkdir(path.dirname(full), { recursive: true });
    await writeFile(full, text, { flag: 'wx' });
    process.stdout.write(`${shownPath(folder, file)}\n`);
  }
  process.stderr.write('已新建；改好后运行 yingsheng check (made; edit, then run yingsheng check)\n');
  return 0;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function faqStart({ knowledgeDir }: Config, name: string): Start {
  const text = `---
# 谁负责更新这一页；有时效的答案可以加 valid_from: 2026-11-01 和 valid_until: 2027-02-20
owner: 客服部
---

## 这里写客户会问的问题（${name}）？
> 另一种问法，每行一句，前面写 > 和空格（${name}）
> 再一种问法（${name}）

这里写答案。对客户称“您”，说清楚下一步和时间。
`;
  return { folder: knowledgeDir, file: `faq/${name}.md`, text };
}

async function intentStarts({ intentsDir, knowledgeDir }: Config, name: string): Promise<Start[]> {
  const { knowledge } = await loadKnowledge({ intents: intentsDir, knowledge: knowledgeDir });
  const desk = knowledge?.desks.default_desk ?? 'service';
  const intent = `# 这个意图是做什么的，写一句给同事看。
title: 新业务 ${name}
desk: ${desk}
# 客户会怎么说：照真实的说法写，至少 5 句，20 句左右最好。单号写 {waybill}，电话写 {phone}。
examples:
  - ${name} 怎么办理
  - 想了解一下 ${name}
  - 我要办 ${name}
  - ${name} 有什么要求
  - 请问可以做 ${name} 吗
  - 谁负责 ${name}
steps:
  # 记下来交给人工；办法定好以后，可以在这里一步步写成流程
  - ticket: { summary: "客户咨询 ${name}：{{ message }}" }
  - say: ${name}.received
`;
  const phrase = `# ${name} 的话术。对客户称“您”，自称“我们”。
${name}.received:
  zh:
    - 好的，您说的我们记下了（工单 {{ ticket.id }}），同事最晚{{ ticket.promised_at | moment }}在这里答复您。
    - 收到，已经请同事为您办理（工单 {{ ticket.id }}），最晚{{ ticket.promised_at | moment }}联系您。
  en:
    - We have noted your request (ticket {{ ticket.id }}). A colleague will answer you here by {{ ticket.promised_at | moment }}.
`;
  return [
    { folder: intentsDir, file: `${name}.yml`, text: intent },
    { folder: knowledgeDir, file: `phrases/${name}.yml`, text: phrase },
  ];
}
