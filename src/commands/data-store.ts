import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { RefusedError } from '../core/errors.ts';
import type { Store } from '../core/store.ts';
import { DATABASE_FILE } from '../store/open-database.ts';
import { openSqliteStore } from '../store/open-sqlite.ts';

/** Does something with the data that is there, also while `serve` runs. Throws RefusedError where there is none. */
export async function withData<T>(config: Config, work: (store: Store, path: string) => Promise<T>): Promise<T> {
  const path = join(config.dataDir, DATABASE_FILE);
  if (!existsSync(path)) throw new RefusedError('nothing', `${path} 还没有数据 (no database there yet)`);
  const store = await openSqliteStore({ path });
  try {
    return await work(store, path);
  } finally {
    await store.close();
  }
}

/** Who sits at the command line, for the audit. */
export function operator(): string {
  try {
    return `cli:${userInfo().username}`;
  } catch {
    return 'cli';
  }
}
