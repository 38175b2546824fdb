import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import { message, noon } from '../store/samples.ts';
import { runCli } from './run-cli.ts';

describe('export, forget and audit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yingsheng-commands-'));
  const data = join(folder, 'data');
  const path = join(data, 'yingsheng.db');
  const run = (...args: string[]) => runCli([...args, '--data-dir', data]);

  beforeAll(async () => {
    const store = await openSqliteStore({ path });
    await store.receive(
      message('m-1', { customer: { id: 'canary-31', name: '尉迟金丝' }, text: '金丝雀路九百号' }),
      noon,
    );
    await store.audit({ at: noon, by: '8001', action: 'revealed', subject: 'T-1 form.phone' });
    await store.audit({ at: noon, by: '8002', action: 'revealed', subject: 'T-2 form.phone' });
    await store.close();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('says in one sentence what is missing or wrong', async () => {
    expect(await run('export')).toMatchObject({ code: 2, out: '' });
    expect(await run('export', '--customer', 'a', '--phone', '13800138000')).toMatchObject({ code: 2, out: '' });
    expect(await run('forget', '--phone', '8000')).toMatchObject({ code: 2 });
    expect(await run('audit', '--head', 'x')).toMatchObject({ code: 2 });
    const nobody = await run('export', '--customer', 'nobody');
    expect(nobody).toMatchObject({ code: 1, out: '' });
    expect(nobody.err).toContain('没有找到');
    const nothing = await runCli(['audit', '--data-dir', join(folder, 'none')]);
    expect(nothing.code).not.toBe(0);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  it('gives a file out once, readable by its owner alone', async () => {
    const out = join(folder, 'customer.json');
    expect((await run('export', '--customer', 'canary-31', '--out', out)).code).toBe(0);
    const told = JSON.parse(readFileSync(out, 'utf8')) as {
      person: { names: string[] };
      held: { messages: { text: string }[] };
    };
    expect(told.person.names).toEqual(['尉迟金丝']);
    expect(told.held.messages.map(({ text }) => text)).toEqual(['金丝雀路九百号']);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(await run('export', '--customer', 'canary-31', '--out', out)).toMatchObject({ code: 2 });
  });

  it('does nothing without a yes, tells where copies are left, and what it did', async () => {
    writeFileSync(join(data, 'older-backup.db'), readFileSync(path));
    const asked = await run('forget', '--customer', 'canary-31');
    expect(asked).toMatchObject({ code: 0 });
    expect(asked.out).toContain('没有删除任何内容');
    const done = await run('forget', '--customer', 'canary-31', '--yes');
    expect(done.code).toBe(1);
    expect(done.err).toContain('older-backup.db');
    expect(done.err).not.toContain('yingsheng.db');
    expect(readFileSync(path).includes('金丝雀路九百号')).toBe(false);
    expect((await run('forget', '--customer', 'canary-31')).code).toBe(1);
  });

  it('names the first row that was tampered with', async () => {
    const before = await run('audit', '--verify');
    expect(before).toMatchObject({ code: 0, err: '' });
    const head = /(\d+:[0-9a-f]{64})/.exec(before.out)?.[1] ?? '';
    expect((await run('audit', '--head', head)).code).toBe(0);
    const database = new Sqlite(path);
    database.prepare(`update audit set by_agent = '8009' where id = 2`).run();
    database.close();
    const after = await run('audit', '--verify');
    expect(after.code).toBe(1);
    expect(after.err).toContain('第 2 条被改过');
    const json = await run('audit', '--json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({ intact: false, fault: { row: 2, what: 'changed' } });
  });
});
