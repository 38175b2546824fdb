import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { UsageError } from '../core/errors.ts';
import { DATABASE_FILE, openDatabase } from '../store/open-database.ts';
import { copyDatabase, seal, sync } from '../store/copy-database.ts';
import { lockData } from '../store/data-lock.ts';
import { settleRestored } from '../store/settle-restored.ts';
import { unfitFile } from '../store/unfit.ts';
import { removedAtExit } from './backup.ts';
import { describeContents } from './contents.ts';
import { copySteps } from './copy-steps.ts';

/** `restore FILE [--send-waiting]`: puts a checked copy of a backup in the database's place and keeps the old one aside. */
export async function restore(config: Config, file: string, options: { sendWaiting?: unknown }): Promise<number> {
  const from = resolve(file);
  const to = resolve(config.dataDir, DATABASE_FILE);
  if (!existsSync(from)) throw new UsageError(`没有 ${file} 这个文件 (there is no such file)`);
  if (from === to)
    throw new UsageError('这就是正在用的数据库，不是备份 (that is the database itself: name a backup of it)');

  const unlock = lockData(config.dataDir);
  const fresh = `${to}.restoring-${process.pid}`;
  const forget = removedAtExit(fresh);
  try {
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    await copyDatabase(from, fresh, copySteps());
    const held = await settleRestored(fresh, options.sendWaiting === true, new Date().toISOString());
    const contents = seal(fresh);
    sync(fresh);
    const aside = existsSync(to) ? await putAside(to) : null;
    renameSync(fresh, to);
    sync(dirname(to));
    process.stdout.write(`已恢复 (restored): ${to}\n${describeContents(contents)}\n`);
    if (held > 0)
      process.stdout.write(
        `  ${held} 条当时待发送的消息不再发送，因为备份之后可能已经发出；坐席台会收到提示。要照发请加 --send-waiting ` +
          `(held back and told to the desk: they may have been sent after the backup; --send-waiting sends them)\n`,
      );
    if (aside !== null) process.stdout.write(`  原来的数据库留在 (the old database is kept as): ${aside}\n`);
    return 0;
  } catch (error) {
    throw unfitFile(file, error);
  } finally {
    forget();
    unlock();
  }
}

/**
 * Gives the old database a second name before the new one takes the first, so that at no moment there is none: a start
 * in between would make an empty one. Gives the second name.
 */
async function putAside(path: string): Promise<string> {
  const aside = join(dirname(path), `yingsheng-before-restore-${stamp(new Date())}.db`);
  await foldLog(path);
  try {
    linkSync(path, aside);
  } catch {
    copyFileSync(path, aside);
  }
  // A log that could not be folded in belongs to the old file, and would spoil the new one.
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${aside}-wal`);
  rmSync(`${path}-shm`, { force: true });
  return aside;
}

/** The last to close a database folds its log into the file; a damaged one stays as it is. */
async function foldLog(path: string): Promise<void> {
  try {
    (await openDatabase(path)).close();
  } catch {
    // It is kept with its log.
  }
}

function stamp(at: Date): string {
  return at
    .toISOString()
    .replaceAll(/[-:]|\.\d+Z/g, '')
    .replace('T', '-');
}
