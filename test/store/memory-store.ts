import type { Store } from '../../src/core/store.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';

/** The real store, kept in memory: for tests of whoever needs one. Everything that is said waits to be sent, on the page too. */
export function memoryStore(): Promise<Store> {
  return openSqliteStore({ path: ':memory:', pulled: [] });
}
