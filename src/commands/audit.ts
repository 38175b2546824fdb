import type { Config } from '../config.ts';
import { createAuditCheck, type AuditFault, type AuditRow } from '../core/audit.ts';
import { UsageError } from '../core/errors.ts';
import type { Store } from '../core/store.ts';
import { withData } from './data-store.ts';

const PAGE = 1000;
/** Rows shown without --verify and --json. */
const SHOWN = 50;

export interface AuditOptions {
  readonly verify?: unknown;
  readonly json?: unknown;
  readonly head?: unknown;
}

/** `audit [--verify] [--head ID:HASH] [--json]`: who looked at what; exit 1 where the chain was tampered with. */
export function audit(config: Config, options: AuditOptions): Promise<number> {
  const noted = headNoted(options.head);
  return withData(config, async (store) => {
    const head = await store.auditHead();
    const check = createAuditCheck(head, noted);
    const rows: AuditRow[] = [];
    await eachRow(store, head?.base.id ?? 0, (row) => {
      check.row(row);
      rows.push(row);
      if (options.json !== true && rows.length > SHOWN) rows.shift();
    });
    const fault = check.end();
    const ending = head === null ? 'none' : `${head.id}:${head.hash}`;
    if (options.json === true) {
      const entries = rows.map(({ id, at, by, action, subject, why }) => ({ id, at, by, action, subject, why }));
      const whole = { intact: fault === null, fault, count: head?.count ?? 0, head: ending };
      process.stdout.write(`${JSON.stringify(options.verify === true ? whole : { ...whole, entries }, null, 2)}\n`);
    } else {
      if (options.verify !== true) for (const row of rows) process.stdout.write(`${line(row)}\n`);
      process.stdout.write(`记录 ${head?.count ?? 0} 条，链尾 (entries, and the end of the chain) ${ending}\n`);
      if (fault === null) process.stdout.write('链条完整 (the chain is intact)\n');
    }
    if (fault !== null) process.stderr.write(`${sentence(fault)}\n`);
    return fault === null ? 0 : 1;
  });
}

async function eachRow(store: Store, from: number, see: (row: AuditRow) => void): Promise<void> {
  for (let after = from; ;) {
    const rows = await store.auditTrail(after, PAGE);
    rows.forEach(see);
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined) return;
    after = last.id;
  }
}

function headNoted(given: unknown): { id: number; hash: string } | undefined {
  if (given === undefined) return undefined;
  const [, id, hash] = /^(\d+):([0-9a-f]{64})$/.exec(typeof given === 'string' ? given : '') ?? [];
  if (id === undefined || hash === undefined)
    throw new UsageError(
      '--head 要写成 编号:哈希，就是以前抄下的链尾 (write --head as ID:HASH, the end of the chain as noted before)',
    );
  return { id: Number(id), hash };
}

function line({ id, at, by, action, subject, why }: AuditRow): string {
  const what = subject === '' ? '（已按要求抹去 blanked）' : subject;
  return [id, at, by, action, what, why].join('  ').trimEnd();
}

function sentence({ row, what }: AuditFault): string {
  switch (what) {
    case 'changed':
      return `第 ${row} 条被改过，或它前面有记录被抽走 (entry ${row} was changed, or one before it was taken out)`;
    case 'subject':
      return `第 ${row} 条的对象被改过 (the subject of entry ${row} was changed)`;
    case 'blanked':
      return `第 ${row} 条的对象被抹去，却没有对应的删除记录 (the subject of entry ${row} was blanked, and no deletion says so)`;
    case 'end':
      return '末尾的记录被删去，或链尾被改过 (entries were cut off at the end, or the end of the chain was changed)';
    case 'head':
      return '链尾的记录不见了 (the note of where the chain ends is gone)';
    case 'noted':
      return `链条不经过抄下的那一点 (the chain does not pass through the end that was noted${row === null ? '' : `, entry ${row}`})`;
  }
}
