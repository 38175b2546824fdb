import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import { alice, message } from './samples.ts';

it('carries what a dead process left in its log over to the database before anything is built on it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yingsheng-death-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [path, dead] = [join(folder, 'a.db'), join(folder, 'b.db')];
  const store = await openSqliteStore({ path });
  await store.receive(message('m-1'), '2026-11-21T02:00:00.000Z');
  // As the files are when the process is killed now.
  for (const end of ['', '-wal']) copyFileSync(path + end, dead + end);
  await store.close();
  const before = statSync(dead).size;

  const next = await openSqliteStore({ path: dead });
  expect(statSync(`${dead}-wal`).size).toBe(0);
  expect(statSync(dead).size).toBeGreaterThan(before);
  expect((await next.log(alice, 0, 10)).map(({ id }) => id)).toEqual(['m-1']);
  await next.close();
});
