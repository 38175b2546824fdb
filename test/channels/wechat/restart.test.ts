import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../../../src/store/open-sqlite.ts';
import { openDesk, sampleClock } from '../../wechat-gateway/desk.ts';
import { openGateway } from '../../wechat-gateway/gateway.ts';

const CUSTOMERS = 12;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it(
  'gateway and bot go down in the middle of talks: each question is answered once, or flagged, and none is lost',
  { timeout: 120_000 },
  async () => {
    const clock = sampleClock();
    const now = (): number => clock.now().getTime();
    const folder = await mkdtemp(join(tmpdir(), 'wechat-restart-'));
    const gateway = await openGateway({ now });
    onTestFinished(async () => {
      await gateway.kill();
      await rm(folder, { recursive: true, force: true });
    });
    const people = Array.from({ length: CUSTOMERS }, (_, n) => `c${n}`);
    for (const id of people) gateway.person(id, `客户${id}`);
    for (const room of ['1@chatroom', '2@chatroom', '3@chatroom']) gateway.room(room, room, people);
    const roomOf = (n: number): string => `${(n % 3) + 1}@chatroom`;
    const ids: { who: string; room: string; text: string; id: string }[] = [];
    const ask = (n: number, text: string): void => {
      const [who, room] = [people[n]!, roomOf(n)];
      ids.push({ who, room, text, id: gateway.say(who, room, text) });
    };
    const open = async () => {
      const store = await openSqliteStore({ path: join(folder, 'yingsheng.db') });
      const desk = await openDesk(gateway, store, { clock });
      return { store, desk };
    };

    const first = await open();
    people.forEach((_, n) => ask(n, n % 2 === 0 ? '西安有网点吗' : '@应声客服 西安有网点吗'));
    // Those who did not call us are still waiting for a colleague.
    await pause(500);
    await gateway.kill();
    await pause(300);
    await gateway.restart();
    await first.desk.wechat.online(40_000);
    people.forEach((_, n) => ask(n, '@应声客服 12345678到哪了'));
    await pause(120);
    await first.desk.close();
    await first.store.close();

    const second = await open();
    // The puppet tells everything once more.
    for (const { who, room, text, id } of ids) gateway.say(who, room, text, { id });
    const said = ids.map(({ id }) => id);
    for (const room of [1, 2, 3]) await second.desk.settled(`${room}@chatroom`, people, said);

    const ledger = await second.store.ledger(clock.now().toISOString(), 0);
    const heard = gateway.written.filter(({ text }) => /网点|12345678/.test(text));
    const lost: string[] = [];
    let flagged = 0;
    for (const [n, who] of people.entries()) {
      const answers = heard
        .filter(({ mentions, to }) => mentions.includes(who) && to === roomOf(n))
        .map(({ text }) => text);
      const log = await second.store.log(`wechat:${roomOf(n)}/${who}`, 0, 100);
      const given = log.filter(({ delivery }) => delivery?.state === 'given_up').map(({ text }) => text);
      flagged += given.length;
      const all = [...answers, ...given];
      if (!all.some((text) => text.includes('西安未央'))) lost.push(`${who}: 西安`);
      if (!all.some((text) => text.includes('12345678'))) lost.push(`${who}: 12345678`);
      expect(new Set(answers).size).toBe(answers.length);
    }
    expect(lost).toEqual([]);
    expect(flagged).toBeLessThan(CUSTOMERS);
    expect(ledger).toMatchObject({ unaccounted: [], waiting: 0 });
    // What is private was carried on in each customer's own chat.
    expect(ledger.answered + ledger.merged + ledger.handed).toBe(ids.length + CUSTOMERS);
    await second.desk.close();
    await second.store.close();
  },
);
