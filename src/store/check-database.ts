import type Sqlite from 'better-sqlite3';
import { mustKnow } from './migrate.ts';
import { unfit } from './unfit.ts';

/** What a database holds, for whoever backs it up or restores it. */
export interface Contents {
  readonly messages: number;
  readonly tickets: number;
  /** Messages that still wait for their turn. */
  readonly waiting: number;
  /** Messages that still wait to be sent. */
  readonly queued: number;
  /** When the latest message was kept, ISO 8601; null where there is none. */
  readonly latest: string | null;
}

/** Throws RefusedError where a newer program wrote it, nobody has, or not all of it is there and consistent. Reads every page. */
export function mustBeWhole(database: Sqlite.Database, path: string): void {
  const version = database.prepare<[], number | null>('select max(version) from schema_versions').pluck().get();
  mustKnow(version ?? 0);
  const damage = database.prepare<[], string>('pragma integrity_check(1)').pluck().get();
  const orphans = database.prepare('pragma foreign_key_check').get();
  if (damage === 'ok' && orphans === undefined) return;
  throw unfit(
    'damaged',
    `${path} 已损坏，不能使用：请换一份备份`,
    'the file is damaged and cannot be used: take another backup',
  );
}

export function contentsOf(database: Sqlite.Database): Contents {
  const count = (from: string): number =>
    database.prepare<[], number>(`select count(*) from ${from}`).pluck().get() ?? 0;
  return {
    messages: count('messages'),
    tickets: count('tickets'),
    waiting: count(`messages where direction = 'in' and outcome is null`),
    queued: count(`messages where delivery = 'queued'`),
    latest: database.prepare<[], string>('select at from messages order by seq desc limit 1').pluck().get() ?? null,
  };
}
