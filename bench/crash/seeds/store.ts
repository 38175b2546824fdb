import { openSqliteStore as openOwn } from '../../../src/store/open-sqlite.ts';
import type { Store } from '../../../src/core/store.ts';
import { SEEDS, type Seed } from './seeds.ts';

/** Stands in for the program's own (hook.ts): the same store, with one of its promises broken. */
export async function openSqliteStore(options: Parameters<typeof openOwn>[0]): Promise<Store> {
  const store = await openOwn(options);
  const seed = SEEDS[process.env['CRASH_SEED'] as Seed] as (typeof SEEDS)[Seed] | undefined;
  if (seed === undefined) throw new Error('CRASH_SEED names no seed');
  return { ...store, ...seed(store) };
}
