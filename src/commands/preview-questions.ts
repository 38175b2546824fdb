import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { messageOf, UsageError } from '../core/errors.ts';
import type { WaitingMessage } from '../core/store.ts';
import { DATABASE_FILE } from '../store/open-database.ts';
import { questionFrom } from '../preview/question.ts';
import { openSqliteStore } from '../store/open-sqlite.ts';
import { sinceDays } from './days.ts';

/** More questions tell nothing new, and somebody waits. */
const MOST_QUESTIONS = 50_000;
const LEDGER_DAYS = 30;

/** What to ask: the lines of a file, else what customers wrote in the last 30 days. Throws UsageError where the file cannot be read. */
export async function previewQuestions(
  config: Config,
  file: unknown,
  now: Date,
): Promise<{ readonly questions: readonly WaitingMessage[]; readonly from: string }> {
  if (typeof file === 'string') return { questions: await linesOf(file, now), from: file };
  const path = join(config.dataDir, DATABASE_FILE);
  const from = `${path}，最近 ${LEDGER_DAYS} 天 (last ${LEDGER_DAYS} days)`;
  if (!existsSync(path)) return { questions: [], from };
  const store = await openSqliteStore({ path });
  try {
    const asked = await store.asked(sinceDays(LEDGER_DAYS, now), MOST_QUESTIONS);
    return { questions: asked.filter((one) => one.context?.answer === undefined), from };
  } finally {
    await store.close();
  }
}

async function linesOf(file: string, now: Date): Promise<readonly WaitingMessage[]> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    throw new UsageError(`读不了 ${file}，要一个 UTF-8 文本文件 (a UTF-8 text file is needed): ${messageOf(error)}`);
  }
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, MOST_QUESTIONS)
    .map((line) => questionFrom(line, now.toISOString()));
}
