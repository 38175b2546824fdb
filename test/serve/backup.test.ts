import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, expect, it } from 'vitest';
import { runCli } from '../commands/run-cli.ts';
import { newCustomer } from './customer.ts';
import { startProgram, until, type Program } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingsheng-backup-'));
const [dataDir, elsewhere, file] = [join(folder, 'data'), join(folder, 'elsewhere'), join(folder, 'copy.db')];
let program: Program | undefined;

afterEach(async () => {
  await program?.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

it(
  'backs up under load and restores elsewhere with all that was acknowledged before',
  { timeout: 120_000 },
  async () => {
    let running = (program = await startProgram({ dataDir }));
    const customers = await Promise.all(Array.from({ length: 8 }, (_, n) => newCustomer(() => running.url, `dl_${n}`)));
    const acknowledged = customers.map((): string[] => []);
    let writing = true;
    const load = Promise.all(
      customers.map(async (customer, n) => {
        for (let i = 0; writing; i += 1) {
          const { id } = await customer.say(`你们几点下班 ${i}`, `${n}-${i}`);
          if (id !== undefined) acknowledged[n]?.push(id);
        }
      }),
    );
    // Where the test fails halfway, they fail too when the program is gone, and that is no news.
    load.catch(() => undefined);
    await until(() => acknowledged.every((ids) => ids.length > 0));
    const before = acknowledged.map((ids) => [...ids]);
    const backup = await runCli(['backup', file, '--data-dir', dataDir]);
    expect(backup).toMatchObject({ code: 0, err: '' });
    expect(backup.out).toContain('backed up and checked');

    const again = await runCli(['backup', file, '--data-dir', dataDir]);
    expect(again.code).toBe(2);
    expect(again.err).toContain('--force');
    const inUse = await runCli(['restore', file, '--data-dir', dataDir]);
    expect(inUse.code).toBe(1);
    expect(inUse.err).toContain('another Yingsheng uses that data folder');
    writing = false;
    await load;
    expect(readdirSync(folder).sort()).toEqual(['copy.db', 'data']);
    // Nothing of what was written while the copy was made is half in it.
    const copy = new Sqlite(file, { readonly: true });
    const latest = copy.prepare<[], number>('select max(seq) from messages').pluck().get() ?? 0;
    expect(copy.pragma('foreign_key_check')).toEqual([]);
    copy.close();

    const restored = await runCli(['restore', file, '--data-dir', elsewhere]);
    expect(restored).toMatchObject({ code: 0, err: '' });
    await running.end('SIGTERM');
    running = program = await startProgram({ dataDir: elsewhere });
    const ledger = await until(async () => {
      const { out } = await runCli(['ledger', '--json', '--data-dir', elsewhere]);
      const found = JSON.parse(out) as { waiting: number; unaccounted: string[] };
      return found.waiting === 0 && found;
    }, 60_000);
    expect(ledger.unaccounted).toEqual([]);
    for (const [n, customer] of customers.entries()) {
      const heard = (await customer.heard()).map(({ id }) => id);
      expect(heard.filter((id) => before[n]?.includes(id))).toEqual(before[n]);
    }
    // A page that has seen more than the backup holds still hears what comes now: its number is above whatever was seen.
    const { id } = await (customers[0] as (typeof customers)[number]).say('你们几点下班', 'after');
    expect(Number(id?.split('|').at(-1))).toBeGreaterThan(latest + 100_000);

    // The old database stays beside the restored one, and a damaged backup changes nothing.
    await running.end('SIGTERM');
    const twice = await runCli(['restore', file, '--data-dir', elsewhere]);
    expect(twice.code).toBe(0);
    expect(readdirSync(elsewhere).filter((name) => name.startsWith('yingsheng-before-restore-'))).toHaveLength(1);
    const damaged = readFileSync(file).fill(0x5a, 20_000, 40_000);
    writeFileSync(join(folder, 'damaged.db'), damaged);
    const kept = readFileSync(join(elsewhere, 'yingsheng.db'));
    const refused = await runCli(['restore', join(folder, 'damaged.db'), '--data-dir', elsewhere]);
    expect(refused.code).toBe(1);
    expect(refused.err.trim().split('\n')).toHaveLength(1);
    expect(refused.err).toContain('damaged');
    expect(readFileSync(join(elsewhere, 'yingsheng.db')).equals(kept)).toBe(true);
    expect(existsSync(join(elsewhere, 'yingsheng.db-wal'))).toBe(false);
  },
);
