import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../../src/store/open-sqlite.ts';
import { ROOT } from '../../shipped.ts';
import { filesIn, hurried, openDesk, sampleClock, type Desk } from '../../wechat-gateway/desk.ts';
import { openGateway, type Gateway } from '../../wechat-gateway/gateway.ts';
import { playGroup, readTables } from '../../wechat-gateway/group-table.ts';

const tables = (await filesIn(join(ROOT, 'test', 'groups'))).flatMap(readTables);
const clock = sampleClock();
const now = (): number => clock.now().getTime();

describe('the group tables, over the gateway', () => {
  let gateway: Gateway;
  let desk: Desk;
  let found: ReadonlyMap<string, readonly string[]>;
  beforeAll(async () => {
    gateway = await openGateway({ now });
    const groups = hurried({
      bots: ['报价机器人'],
      rooms: {
        急性子群: { eager: 'quick' },
        点名才答群: { eager: 'mentioned' },
        不服务群: { served: false },
        货款群: { desks: ['payments'] },
      },
    });
    desk = await openDesk(gateway, await openSqliteStore({ path: ':memory:' }), { clock, groups });
    // Side by side, as rooms are: what one waits for holds up no other.
    found = new Map(
      await Promise.all(tables.map(async (table) => [table.name, await playGroup(gateway, desk, table, now)] as const)),
    );
  }, 120_000);
  afterAll(async () => {
    await desk.close();
    await gateway.kill();
    await desk.store.close();
  });

  it('has at least 40 of them', () => {
    expect(tables.length).toBeGreaterThanOrEqual(40);
    expect(new Set(tables.map(({ name }) => name)).size).toBe(tables.length);
  });

  it.each(tables.map(({ name }) => name))('%s', (name) => {
    expect(found.get(name)).toEqual([]);
  });

  it('leaves every message with an outcome, and says which were a colleague’s', async () => {
    const ledger = await desk.store.ledger(new Date(now() + 3_600_000).toISOString(), 0);
    expect(ledger).toMatchObject({ unaccounted: [], waiting: 0 });
    expect(ledger.left_alone['answered by a colleague']).toBeGreaterThan(5);
    expect(ledger.left_alone['too old']).toBe(1);
    expect(ledger.left_alone['recalled']).toBeGreaterThanOrEqual(3);
    expect(ledger.left_alone['automatic']).toBe(2);
  });

  it('lists for the desk what was too old to be answered, and nothing else', async () => {
    const missed = (await desk.store.notices('2000-01-01T00:00:00Z')).filter(({ kind }) => kind === 'missed');
    const lines = missed
      .flatMap(({ about }) => about)
      .map(({ conversation, seq }) => desk.store.log(conversation, seq - 1, 1));
    expect((await Promise.all(lines)).flat().map(({ text }) => text)).toEqual(['西安有网点吗']);
  });
});
