import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ConversationId } from '../../src/core/message.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import { settleRestored } from '../../src/store/settle-restored.ts';
import { alice, message, noon, says, turn } from './samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingsheng-settle-'));
afterAll(() => rmSync(folder, { recursive: true }));

const carol: ConversationId = 'slack:T1/D1//U1';

/** A database in which a page's and a Slack customer's answers wait to be sent. */
async function made(name: string): Promise<string> {
  const path = join(folder, name);
  const store = await openSqliteStore({ path });
  for (const id of [alice, carol]) {
    await store.receive(message(`of ${id}`, { conversation: id, channel: id.slice(0, id.indexOf(':')) }), noon);
    await store.commitTurn(turn({ id, version: 0 }, { outgoing: [says('one'), says('two')] }));
  }
  expect(await store.nextTicketId()).toBe('T-1001');
  await store.close();
  return path;
}

describe('a restored database', () => {
  it('does not send again what may have been sent since, and tells the desk', async () => {
    const path = await made('held.db');
    expect(await settleRestored(path, false, noon)).toBe(2);
    const store = await openSqliteStore({ path });
    expect((await store.unsent(noon, 9)).map(({ conversation }) => conversation)).not.toContain(carol);
    expect(await store.notices(noon)).toEqual([
      expect.objectContaining({ channel: 'slack', kind: 'ambiguous', about: [expect.anything(), expect.anything()] }),
    ]);
    await store.close();
  });

  it('sends it where that was asked for', async () => {
    const path = await made('sent.db');
    expect(await settleRestored(path, true, noon)).toBe(0);
    const store = await openSqliteStore({ path });
    expect((await store.unsent(noon, 9)).map(({ conversation }) => conversation)).toContain(carol);
    await store.close();
  });

  it('gives no number again that may have been given since', async () => {
    const path = await made('numbers.db');
    await settleRestored(path, false, noon);
    const store = await openSqliteStore({ path });
    expect(await store.nextTicketId()).toBe('T-2002');
    expect((await store.receive(message('new'), noon)).seq).toBeGreaterThan(1_000_000);
    await store.close();
  });
});
