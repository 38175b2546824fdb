import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { ledgerJson, ledgerTable, TURN_PATIENCE } from '../reports/ledger.ts';
import { openSqliteStore } from '../store/open-sqlite.ts';
import { DATABASE_FILE } from '../store/open-database.ts';

/** `ledger [--json]`: what became of every message; exit 1 when one is unaccounted. */
export async function ledger(config: Config, options: { json?: unknown }): Promise<number> {
  const path = join(config.dataDir, DATABASE_FILE);
  if (!existsSync(path)) process.stderr.write(`${path} 还没有数据 (no database there yet)\n`);
  const store = await openSqliteStore({ path: existsSync(path) ? path : ':memory:' });
  try {
    const figures = await store.ledger(new Date().toISOString(), TURN_PATIENCE);
    process.stdout.write(`${options.json === true ? ledgerJson(figures) : ledgerTable(figures)}\n`);
    return figures.unaccounted.length > 0 ? 1 : 0;
  } finally {
    await store.close();
  }
}
