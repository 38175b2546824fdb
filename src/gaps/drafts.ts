import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import type { GapGroup } from './group.ts';

/** Below the knowledge folder; the loader never reads it. */
export const DRAFTS = 'drafts';
const MOST_WORDINGS = 8;

/**
 * Writes an FAQ entry for each group that has a question fit for all, one file each, and gives their paths. What is drafted
 * already is not drafted again. An owner is always missing, and so is an answer where no human gave one: `check` refuses the
 * file until somebody has filled them in.
 */
export async function writeDrafts(groups: readonly GapGroup[], knowledgeDir: string, day: string): Promise<string[]> {
  const folder = path.join(knowledgeDir, DRAFTS);
  await mkdir(folder, { recursive: true });
  const drafted = await draftedIn(folder);
  const written: string[] = [];
  let number = 0;
  for (const { common, count, kinds } of groups) {
    const [question, ...similar] = common.questions;
    if (question === undefined || common.questions.some((one) => drafted.has(one))) continue;
    const entry = { question, similar: similar.slice(0, MOST_WORDINGS), answer: common.reply ?? '', owner: '' };
    const counts = Object.entries(kinds).map(([kind, times]) => `${kind} ${times}`);
    const answer = common.reply === null ? '没有可用的人工回答，请填写 answer' : 'answer 是同事的回答，请核对';
    const text = `# 草稿：客户看不到。问过 ${count} 次（${counts.join('、')}）；${answer}。
# 核对好、写上负责人 owner 以后，移到 faq 文件夹才会生效。
${stringify([entry], { lineWidth: 0 })}`;
    written.push(await writeNew(folder, day, text, () => (number += 1)));
  }
  return written;
}

/** A file that is there is never written over. */
async function writeNew(folder: string, day: string, text: string, next: () => number): Promise<string> {
  for (;;) {
    const file = path.join(folder, `${day}-${String(next()).padStart(2, '0')}.yml`);
    try {
      await writeFile(file, text, { flag: 'wx' });
      return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** All wordings in the drafts; a draft that cannot be read holds none. */
async function draftedIn(folder: string): Promise<ReadonlySet<string>> {
  const wordings = new Set<string>();
  for (const name of await readdir(folder)) {
    if (!/\.ya?ml$/.test(name)) continue;
    try {
      const entries = parse(await readFile(path.join(folder, name), 'utf8')) as
        readonly { readonly question?: string; readonly similar?: readonly string[] }[] | null;
      for (const { question, similar } of entries ?? [])
        for (const one of [question, ...(similar ?? [])]) if (one !== undefined) wordings.add(one);
    } catch {
      continue;
    }
  }
  return wordings;
}
