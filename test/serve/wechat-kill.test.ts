import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { conversationOf } from '../../src/channels/wechat/address.ts';
import type { LoggedMessage } from '../../src/core/message.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import { DATABASE_FILE } from '../../src/store/open-database.ts';
import { ROOT } from '../shipped.ts';
import { openGateway, TOKEN as GATEWAY_TOKEN, type Gateway } from '../wechat-gateway/gateway.ts';
import { newCustomer } from './customer.ts';
import { startProgram, TOKEN, until, type Program } from './program.ts';

/** More of both for the record. */
const KILLS = Number(process.env['WECHAT_KILLS'] ?? 3);
const PEOPLE = Number(process.env['WECHAT_PEOPLE'] ?? 8);
const ROOMS = ['1@chatroom', '2@chatroom'];
const QUESTIONS = [
  '西安有网点吗',
  '成都网点电话多少',
  '锂电池能寄吗',
  '你们几点下班',
  '上海到北京几天',
  '我要开发票',
  '酒能寄吗',
];
const folder = mkdtempSync(join(tmpdir(), 'yingsheng-wechat-kill-'));

let program: Program | undefined;
let gateway: Gateway | undefined;
afterEach(async () => {
  await program?.end('SIGKILL');
  await gateway?.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function start(endpoint: string, port: number): Promise<Program> {
  const started = await startProgram({
    dataDir: join(folder, 'data'),
    knowledge: join(folder, 'knowledge'),
    port,
    env: {
      WECHATY_PUPPET: 'wechaty-puppet-service',
      WECHATY_PUPPET_SERVICE_TOKEN: GATEWAY_TOKEN,
      WECHATY_PUPPET_SERVICE_ENDPOINT: endpoint,
    },
  });
  return started;
}

async function online({ url }: Program): Promise<void> {
  await until(async () => {
    // A connection that the killed one left behind fails once.
    const headers = { authorization: `Bearer ${TOKEN}` };
    const answer = await fetch(`${url}/api/channels`, { headers }).catch(() => null);
    if (answer === null) return false;
    const { channels } = (await answer.json()) as { channels: { name: string; state: string }[] };
    return channels.some(({ name, state }) => name === 'wechat' && state === 'online');
  }, 120_000);
}

it(
  'loses and doubles nothing in WeChat, however often program and gateway are killed',
  { timeout: 400_000 },
  async () => {
    cpSync(join(ROOT, 'knowledge'), join(folder, 'knowledge'), { recursive: true });
    const pace = 'pace: { person_ms: 0, between_ms: 0, a_minute: 600, a_day: 100000 }';
    writeFileSync(join(folder, 'knowledge', 'groups.yml'), `names: [客服]\n${pace}\n`);
    const far = (gateway = await openGateway());
    const people = Array.from({ length: PEOPLE }, (_, n) => `p${n}`);
    for (const id of people) far.person(id, `客户${id}`);
    for (const room of ROOMS) far.room(room, room, people);
    // What is written is there at once, and acknowledged later: most kills come in between.
    far.puppet.slowSends = 200;
    const asked: { id: string; who: string; room: string | null }[] = [];
    const ask = (who: string, room: string | null, text: string): void => {
      asked.push({ who, room, id: far.say(who, room, room === null ? text : `@应声客服 ${text}`) });
    };
    const wave = (n: number): void => {
      for (const [index, who] of people.entries()) {
        ask(who, index % 3 === 2 ? null : (ROOMS[index % 2] ?? null), QUESTIONS[(n + index) % QUESTIONS.length] ?? '');
      }
    };

    let running = (program = await start(far.endpoint, 0));
    const port = Number(new URL(running.url).port);
    await online(running);
    let gatewayKills = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const before = far.written.length;
      wave(kill);
      await far.until(before + 1 + (kill % 3), 20_000);
      if (kill % 2 === 1) {
        gatewayKills += 1;
        await far.kill();
      }
      await running.end('SIGKILL');
      // Somebody writes while nobody is there.
      ask(people[kill % PEOPLE] ?? '', ROOMS[0] ?? null, QUESTIONS[(kill + 3) % QUESTIONS.length] ?? '');
      if (kill % 2 === 1) await far.restart();
      running = program = await start(far.endpoint, port);
      await online(running);
      far.replay();
    }
    // And once the gateway alone, in the middle of answers.
    const before = far.written.length;
    wave(KILLS);
    await far.until(before + 1, 20_000);
    gatewayKills += 1;
    await far.kill();
    await far.restart();
    await online(running);
    far.replay();

    const store = await openSqliteStore({ path: join(folder, 'data', DATABASE_FILE) });
    const places = new Map(asked.map(({ who, room }) => [conversationOf({ person: who, room }), { who, room }]));
    // A gateway that died is still called online for a while, and what is replayed then reaches nobody: puppets synchronise again.
    await until(async () => {
      const logs = await Promise.all([...places.keys()].map((id) => store.log(id, 0, 1000)));
      const kept = new Set(logs.flat().map(({ id }) => id));
      if (asked.every(({ id }) => kept.has(id))) return true;
      far.replay();
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return false;
    }, 90_000);
    await until(async () => {
      const { waiting } = await store.ledger(new Date().toISOString(), 120_000);
      return waiting === 0 && (await store.unsent('9999-01-01T00:00:00.000Z', 1)).length === 0;
    }, 90_000);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await running.end('SIGTERM')).toBe(0);

    const ledger = await store.ledger(new Date().toISOString(), 0);
    const lines: LoggedMessage[] = [];
    let doubled = 0;
    let flagged = 0;
    let unheard = 0;
    for (const [conversation, { who, room }] of places) {
      const log = await store.log(conversation, 0, 1000);
      lines.push(...log);
      const written = far.written.filter(({ to, mentions }) =>
        room === null ? to === who : to === room && mentions[0] === who,
      );
      const said = log.filter(({ from }) => from.role === 'bot');
      flagged += said.filter(({ delivery }) => delivery?.state === 'given_up').length;
      for (const text of new Set(said.map((line) => line.text))) {
        const same = said.filter((line) => line.text === text);
        const seen = written.filter((one) => one.text.endsWith(text)).length;
        doubled += Math.max(0, seen - same.length);
        unheard += Math.max(0, same.filter(({ delivery }) => delivery?.state === 'sent').length - seen);
      }
    }
    const kept = new Set(lines.map(({ id }) => id));
    const lost = asked.filter(({ id }) => !kept.has(id));
    const told = (await store.notices('2000-01-01T00:00:00Z')).filter(({ kind }) => kind === 'ambiguous');
    await store.close();
    console.log(
      `WeChat: ${asked.length} messages, ${KILLS} kill -9 of the program, ${gatewayKills} kills of the gateway: ` +
        `lost ${lost.length}, unaccounted ${ledger.unaccounted.length}, doubled ${doubled}, marked sent but unseen ${unheard}, ` +
        `flagged ambiguous ${flagged}`,
    );
    expect({ lost, doubled, unheard, unaccounted: ledger.unaccounted, waiting: ledger.waiting }).toEqual({
      ...{ lost: [], doubled: 0, unheard: 0, unaccounted: [], waiting: 0 },
    });
    expect(ledger.answered + ledger.merged + ledger.handed).toBe(asked.length);
    // The desk knows each that nobody can vouch for.
    expect(told.flatMap(({ about }) => about)).toHaveLength(flagged);
  },
);

it('serves the page while there is no way into WeChat, and says how WeChat stands', { timeout: 120_000 }, async () => {
  cpSync(join(ROOT, 'knowledge'), join(folder, 'knowledge'), { recursive: true });
  // Nobody listens there.
  const running = (program = await start('127.0.0.1:9', 0));
  const customer = await newCustomer(() => running.url, 'dl_li');
  await customer.say('你们几点下班', 'a1');
  await until(async () => (await customer.heard()).some(({ text }) => text?.includes('08:00')), 60_000);
  const ready = await fetch(`${running.url}/readyz`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({
    channels: { webchat: 'online', wechat: expect.not.stringMatching('online') as string },
  });
});
