import Sqlite from 'better-sqlite3';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';

/**
 * Opens the store at argv[2] and dies by SIGKILL right before statement number argv[3] that would run (1 is the first),
 * as a power cut would have it; ends with 0 where there were not so many.
 */
const [, , path = '', at = '0'] = process.argv;
let left = Number(at);

type Prepare = typeof Sqlite.prototype.prepare;
const real: Prepare = Reflect.get(Sqlite.prototype, 'prepare');
Reflect.set(Sqlite.prototype, 'prepare', function (this: Sqlite.Database, source: string) {
  const statement = real.call(this, source);
  for (const way of ['run', 'all'] as const) {
    const go = statement[way].bind(statement) as (...given: unknown[]) => unknown;
    Reflect.set(statement, way, (...given: unknown[]) => {
      left -= 1;
      if (left === 0) process.kill(process.pid, 'SIGKILL');
      return go(...given);
    });
  }
  return statement;
});

await (await openSqliteStore({ path })).close();
