import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { RefusedError, UsageError } from '../core/errors.ts';
import { DATABASE_FILE } from '../store/open-database.ts';
import { copyDatabase, sync } from '../store/copy-database.ts';
import { unfitFile } from '../store/unfit.ts';
import { describeContents, megabytes } from './contents.ts';
import { copySteps } from './copy-steps.ts';

/** `backup FILE [--force]`: one checked file with everything the database holds, while `serve` goes on. */
export async function backup(config: Config, file: string, options: { force?: unknown }): Promise<number> {
  const from = join(config.dataDir, DATABASE_FILE);
  const to = resolve(file);
  if (!existsSync(from))
    throw new RefusedError('nothing', `${from} 还没有数据，没有可备份的 (no database there yet: nothing to back up)`);
  if (to === resolve(from))
    throw new UsageError('备份不能写到数据库自己身上：请换一个文件名 (that is the database itself: name another file)');
  mustBeFree(to, options.force === true);

  const partial = `${to}.partial-${process.pid}`;
  const forget = removedAtExit(partial);
  try {
    const contents = await copyDatabase(from, partial, copySteps());
    if (options.force !== true) mustBeFree(to, false);
    renameSync(partial, to);
    sync(dirname(to));
    process.stdout.write(`已备份并检查 (backed up and checked): ${file}, ${megabytes(statSync(to).size)}\n`);
    process.stdout.write(`${describeContents(contents)}\n`);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw unfitFile(file, error);
  } finally {
    forget();
  }
}

function mustBeFree(file: string, force: boolean): void {
  if (!existsSync(dirname(file)))
    throw new UsageError(`文件夹 ${dirname(file)} 不存在：请先建好 (that folder does not exist: make it first)`);
  if (!existsSync(file)) return;
  if (statSync(file).isDirectory())
    throw new UsageError(`${file} 是文件夹：请写上文件名 (that is a folder: name a file in it)`);
  if (!force)
    throw new UsageError(
      `${file} 已经存在：请换一个文件名，或用 --force 覆盖 (it exists: name another file, or overwrite it with --force)`,
    );
}

/** A copy that was broken off leaves nothing behind, however it was. Gives what does that now. */
export function removedAtExit(path: string): () => void {
  const remove = (): void => {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(path + end, { force: true });
  };
  const quit = (): never => process.exit(130);
  process.once('exit', remove);
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, quit);
  return () => {
    remove();
    process.removeListener('exit', remove);
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.removeListener(name, quit);
  };
}
