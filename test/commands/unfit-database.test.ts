import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import { ROOT } from '../shipped.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingsheng-unfit-'));
afterAll(() => rmSync(folder, { recursive: true }));

function dataDir(name: string): { dir: string; file: string } {
  const dir = join(folder, name);
  mkdirSync(dir);
  return { dir, file: join(dir, 'yingsheng.db') };
}

function edit(file: string, sql: string): void {
  const database = new Sqlite(file);
  database.exec(sql);
  database.close();
}

/** One line on stderr, exit code 1, nothing on stdout. */
async function refused(dir: string): Promise<string> {
  const { code, out, err } = await runCli(['ledger', '--data-dir', dir]);
  expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 1, out: '', lines: 1 });
  expect(err).not.toMatch(/\bat .*\.ts:\d+/);
  return err;
}

describe('a database that cannot be used is refused in one sentence', () => {
  it('when it is no database', async () => {
    const { dir, file } = dataDir('letter');
    writeFileSync(file, '这不是数据库，是一封信。'.repeat(200));
    expect(await refused(dir)).toContain('that file is no database');
  });

  it('when it belongs to another program, which finds it as it was', async () => {
    const { dir, file } = dataDir('theirs');
    edit(file, `create table invoices (id integer primary key); create table schema_versions (version integer)`);
    const before = readFileSync(file);
    expect(await refused(dir)).toContain('belongs to another program');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('when a newer program wrote it', async () => {
    const { dir, file } = dataDir('newer');
    await (await openSqliteStore({ path: file })).close();
    edit(file, 'insert into schema_versions (version) values (99)');
    expect(await refused(dir)).toContain('written by a newer Yingsheng (schema 99');
  });

  it('when it is damaged', async () => {
    const { dir, file } = dataDir('damaged');
    await (await openSqliteStore({ path: file })).close();
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 4096);
    bytes.fill(0x5a, 100, 4096);
    writeFileSync(file, bytes);
    expect(await refused(dir)).toMatch(/the database is damaged: restore a backup/);
  });

  it('when it may only be read', async () => {
    const { dir, file } = dataDir('sealed');
    await (await openSqliteStore({ path: file })).close();
    chmodSync(file, 0o444);
    chmodSync(dir, 0o555);
    if (process.getuid?.() !== 0) {
      expect(await refused(dir)).toContain('the database cannot be written');
      chmodSync(dir, 0o755);
      return;
    }
    // root may write anywhere: somebody else has to try.
    chmodSync(folder, 0o755);
    const nobody = 65_534;
    chownSync(file, nobody, nobody);
    const cli = join(ROOT, 'src', 'cli.ts');
    let said: { status?: number | null; stderr?: string } = {};
    try {
      execFileSync(process.execPath, [cli, 'ledger', '--data-dir', dir], {
        cwd: ROOT,
        uid: nobody,
        gid: nobody,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    } catch (error) {
      said = error as typeof said;
    }
    expect(said.status).toBe(1);
    expect(said.stderr?.trim().split('\n')).toEqual([expect.stringContaining('the database cannot be written')]);
  });
});
