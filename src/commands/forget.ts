import { createInterface } from 'node:readline/promises';
import type { Config } from '../config.ts';
import type { Person } from '../core/kept.ts';
import { namesIn } from '../store/held.ts';
import { scrubFile } from '../store/scrub.ts';
import { operator, withData } from './data-store.ts';
import { countsOf, heldLines, personOf, type PersonOptions } from './person.ts';
import { filesNaming } from './files-naming.ts';

const CHANNEL_POSTS =
  'Slack 里已发出的卡片和消息（内容已打码）请在 Slack 中另行删除 (what was posted to Slack stays there, masked: delete it there)';

/** `forget --customer ID | --phone N [--yes]`: deletes everything held about one customer. Without --yes it asks, or only shows what would go. */
export async function forget(config: Config, options: PersonOptions & { readonly yes?: unknown }): Promise<number> {
  let person: Person | null = null;
  const done = await withData(config, async (store) => {
    person = await personOf(store, options);
    if (person === null) return null;
    const held = await store.heldAbout(person);
    process.stdout.write(`将要删除 (to be deleted):\n${heldLines(countsOf(held))}\n`);
    const open = (held['tickets'] ?? []).filter(({ status }) => status !== 'resolved').map(({ id }) => String(id));
    if (open.length > 0)
      process.stdout.write(
        `  注意：工单 ${open.join('、')} 还没有办结，也会删除 (these tickets are not resolved, and go too)\n`,
      );
    for (const { channel, ts } of (held['desk_posts'] ?? []).filter(({ ts }) => ts !== null))
      process.stdout.write(`  Slack ${String(channel)} ${String(ts)}\n`);
    if (options.yes !== true && !(await isMeant())) return false;
    const gone = await store.forget(person, operator(), new Date().toISOString());
    process.stdout.write(`已删除 (deleted):\n${heldLines(gone)}\n`);
    if ((gone['desk_posts'] ?? 0) > 0) process.stdout.write(`${CHANNEL_POSTS}\n`);
    return true;
  });
  if (done === null) return 1;
  if (!done) {
    process.stdout.write('没有删除任何内容；确认无误后加上 --yes (nothing was deleted; add --yes to do it)\n');
    return 0;
  }
  return tidy(config, person);
}

/** Nobody to ask: nothing is done. */
async function isMeant(): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question('删除后无法恢复。要删除请输入“删除”或 yes：(this cannot be undone; type yes) ');
  asking.close();
  return /^(?:删除|yes)$/i.test(answer.trim());
}

/** Writes the file anew, then looks whether any file of the data folder still names the person. */
async function tidy(config: Config, person: Person | null): Promise<number> {
  const whole = await withData(config, (_, path) => Promise.resolve(path)).then((path) => scrubFile(path, true));
  if (!whole)
    process.stderr.write(
      '数据库日志正被占用，请稍后再运行一次 checkpoint 或重启 serve (the log of the database was busy: it is emptied when serve is next idle)\n',
    );
  const words = person === null ? [] : [...namesIn(person), ...(person['phone'] === null ? [] : [person['phone']])];
  const records = await filesNaming([config.knowledgeDir], words);
  if (records.length > 0)
    process.stdout.write(
      `业务数据里还有这位客户，由业务系统处理 (business records still name the customer; their own system decides):\n${listed(records)}\n`,
    );
  const left = await filesNaming([config.dataDir], words);
  if (left.length === 0) {
    process.stdout.write('已检查数据目录，没有残留 (no file of the data folder names the customer any more)\n');
    return 0;
  }
  process.stderr.write(
    `这些文件里还有这位客户，例如以前的备份，请删除或等其到期 (these files still name the customer, e.g. older backups):\n${listed(left)}\n`,
  );
  return 1;
}

const listed = (files: readonly string[]): string => files.map((file) => `  ${file}`).join('\n');
