import { execFile } from 'node:child_process';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

const ROOT = join(import.meta.dirname, '..', '..');

/** What the program kept, read from its database after its end. */
export interface Kept {
  /** By code: rows that hold the customer's message. */
  readonly inbound: ReadonlyMap<string, number>;
  /** By code: words that answer it, or are its timer's, and were given up with a reason. */
  readonly flagged: ReadonlyMap<string, string>;
  /** By code: tickets of it, and events `joined` on them. */
  readonly tickets: ReadonlyMap<string, number>;
  readonly joined: ReadonlyMap<string, number>;
  /** By code: what an agent did more than once and should not have: claimed, replied, resolved. */
  readonly twice: ReadonlyMap<string, string>;
  /** Messages of customers without an outcome, and timers that were never fired. */
  readonly unaccounted: number;
  readonly timersLeft: number;
  /** `ok`, or what is wrong. */
  readonly integrity: string;
}

export function readKept(file: string): Kept {
  const db = new Sqlite(file);
  try {
    const rows = <T>(sql: string): readonly T[] => db.prepare(sql).all() as T[];
    const inbound = new Map<string, number>();
    for (const { text } of rows<{ text: string }>(`select text from messages where direction = 'in'`)) {
      for (const [code] of text.matchAll(/\d{8}/g)) count(inbound, code);
    }
    const flagged = new Map<string, string>();
    for (const { text, reason } of rows<{ text: string; reason: string }>(
      `select text, delivery_error as reason from messages where delivery = 'given_up'`,
    )) {
      for (const [code] of text.matchAll(/\d{8}/g)) flagged.set(code, reason);
    }
    const tickets = new Map<string, number>();
    for (const { waybill } of rows<{ waybill: string }>('select waybill from tickets')) count(tickets, waybill);
    const joined = new Map<string, number>();
    for (const { waybill } of rows<{ waybill: string }>(
      `select waybill from ticket_events join tickets on tickets.id = ticket where ticket_events.kind = 'joined'`,
    )) {
      count(joined, waybill);
    }
    const twice = new Map<string, string>();
    for (const { waybill, kind, times } of rows<{ waybill: string; kind: string; times: number }>(
      `select waybill, ticket_events.kind, count(*) as times from ticket_events join tickets on tickets.id = ticket
       where ticket_events.kind in ('claimed', 'replied', 'resolved') group by 1, 2 having times > 1`,
    )) {
      twice.set(waybill, `${kind} ${times} times`);
    }
    const number = (sql: string): number => (db.prepare(sql).pluck().get() as number | undefined) ?? 0;
    return {
      inbound,
      flagged,
      tickets,
      joined,
      twice,
      unaccounted: number(`select count(*) from messages where direction = 'in' and outcome is null`),
      timersLeft: number(`select count(*) from timers where kind = 'follow-up'`),
      integrity: String(db.pragma('integrity_check', { simple: true })),
    };
  } finally {
    db.close();
  }
}

function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

/** What the program's own ledger says: unaccounted ids and how many wait. */
export async function readLedger(
  dataDir: string,
): Promise<{ readonly waiting: number; readonly unaccounted: string[] }> {
  const args = [join(ROOT, 'src', 'cli.ts'), 'ledger', '--json', '--data-dir', dataDir];
  // It exits with 1 where something is unaccounted, and says what all the same.
  const out = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: ROOT }, (_, stdout) => resolve(stdout));
  });
  return JSON.parse(out) as { waiting: number; unaccounted: string[] };
}
