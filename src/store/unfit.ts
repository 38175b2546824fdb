import { messageOf, RefusedError } from '../core/errors.ts';

/** A database that cannot be used: `code` for programs, one sentence in both languages that says what to do. */
export function unfit(code: string, zh: string, en: string): RefusedError {
  return new RefusedError(code, `${zh} (${en})`);
}

/** What SQLite or the file system said while a database was opened, as such a sentence; our own refusals stay as they are. */
export function unfitFile(path: string, error: unknown): RefusedError {
  if (error instanceof RefusedError) return error;
  const code = codeOf(error);
  if (code === 'SQLITE_NOTADB')
    return unfit(
      'not-a-database',
      `${path} 不是数据库文件：请把它移开，或换一个 DATA_DIR`,
      'that file is no database: move it away, or choose another DATA_DIR',
    );
  if (code.startsWith('SQLITE_CORRUPT'))
    return unfit(
      'damaged',
      `数据库 ${path} 已损坏：请用 yingsheng restore 恢复备份，损坏的文件会留在旁边`,
      'the database is damaged: restore a backup with yingsheng restore FILE; the damaged file is kept aside',
    );
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT|SQLITE_IOERR_SHMSIZE)/.test(code))
    return unfit(
      'no-room',
      `数据库 ${path} 所在的磁盘没有空间：请腾出空间再启动`,
      'no room is left on the disk of the database: make room, then start again',
    );
  if (/^(SQLITE_READONLY|SQLITE_PERM|SQLITE_CANTOPEN|EACCES|EPERM|EROFS|EISDIR|ENOTDIR|ENOENT)/.test(code))
    return unfit(
      'unwritable',
      `数据库 ${path} 不能写入：请让运行应声的用户可以读写这个文件和它的文件夹，或换一个 DATA_DIR`,
      'the database cannot be written: let this user read and write the file and its folder, or choose another DATA_DIR',
    );
  if (code.startsWith('SQLITE_BUSY'))
    return unfit(
      'busy',
      `数据库 ${path} 正被另一个程序占用：请稍后再试`,
      'another program holds the database: try again in a moment',
    );
  return unfit(
    'unusable',
    `数据库 ${path} 打不开（${messageOf(error)}）：请换一个 DATA_DIR，或修好这个文件`,
    `the database cannot be opened: choose another DATA_DIR, or put the file right`,
  );
}

/** SQLite's extended code or the system's, e.g. `SQLITE_FULL`, `ENOSPC`; empty where there is none. */
export function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
