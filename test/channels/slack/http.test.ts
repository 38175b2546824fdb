import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signed, envelope, messageEvent, tapBody } from '../../slack-api/signed.ts';
import { BOT_USER, TEAM } from '../../slack-api/workspace.ts';
import { serve, type Served, until } from './served.ts';

const DM = 'D0ALICE';
const ROOM = 'C0FREIGHT';
const ALICE = 'U0ALICE';
const BOB = 'U0BOB';
const alice = `slack:${TEAM}/${DM}//${ALICE}` as const;
const fixture = (name: string): object =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'slack', `${name}.json`), 'utf8'),
  ) as object;

let served: Served;
beforeEach(async () => void (served = await serve()));
afterEach(() => served.stop());

describe('a request that is not Slack’s', () => {
  const body = JSON.stringify(fixture('message-im'));
  const at = (seconds: number): number => served.clock.now().getTime() + seconds * 1000;
  const whole = () => signed(body, { at: at(0) });

  it.each([
    ['signed with another secret', () => signed(body, { at: at(0), secret: 'guessed' })],
    ['301 s old', () => signed(body, { at: at(-301) })],
    ['301 s in the future', () => signed(body, { at: at(301) })],
    ['altered by one byte', () => ({ ...whole(), body: body.replace('12345678', '12345679') })],
    [
      'under another time',
      () => ({
        ...whole(),
        headers: { ...whole().headers, 'x-slack-request-timestamp': String(Math.floor(at(1) / 1000)) },
      }),
    ],
    ['without a signature', () => ({ body, headers: { 'content-type': 'application/json' } })],
    ['with an empty signature', () => ({ body, headers: { ...whole().headers, 'x-slack-signature': '' } })],
  ])('is answered 401 and leaves no trace: %s', async (_, request) => {
    expect((await served.post(request())).status).toBe(401);
    expect(await served.conversations()).toEqual([]);
    expect(await served.store.waiting()).toEqual([]);
  });

  it('is answered 401 when it is one that was carried out, sent once more', async () => {
    const request = whole();
    expect((await served.post(request)).status).toBe(200);
    expect((await served.post(request)).status).toBe(401);
    expect(await served.log(alice)).toHaveLength(1);
  });

  it.each([299, -299])('is believed when our clocks differ by %i s', async (seconds) => {
    expect((await served.post(signed(body, { at: at(seconds) }))).status).toBe(200);
  });

  it.each(['not json', '[]', '"text"', ''])('is answered 400 when it is signed but makes no sense: %j', async (odd) => {
    expect((await served.post(signed(odd, { at: at(0) }))).status).toBe(400);
  });

  it('is refused when it is too large, however it is signed', async () => {
    expect((await served.post(signed(`{"a":"${'x'.repeat(1024 * 1024)}"}`, { at: at(0) }))).status).toBe(413);
  });
});

it('gives back the challenge of a new address', async () => {
  const { status, body } = await served.post(
    signed(JSON.stringify(fixture('url-verification')), { at: served.clock.now().getTime() }),
  );
  expect(status).toBe(200);
  expect(JSON.parse(body)).toEqual({ challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P' });
});

describe('what customers write', () => {
  it('is one turn when the same event comes 20 times, as two kinds, and after a restart', async () => {
    served.slack.channel(ROOM);
    const twins = [fixture('message-channel-mention'), fixture('app-mention')];
    const statuses = await Promise.all(Array.from({ length: 20 }, (_, n) => served.event(twins[n % 2]!)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    const again = await serve({ store: served.store, slack: served.slack, clock: served.clock });
    expect(await again.event(twins[0]!, 1)).toBe(200);
    await again.stop();
    expect(await served.conversations()).toEqual([`slack:${TEAM}/${ROOM}/1795000000.000100/${ALICE}`]);
    const [line, ...more] = await served.store.log((await served.conversations())[0]!, 0, 10);
    expect(more).toEqual([]);
    expect(line).toMatchObject({ text: '查一下12345678', id: `${TEAM}/${ROOM}/1795000000.000100` });
  });

  it('is handled when Slack tries again what could not be kept the first time', async () => {
    await served.stop();
    served = await serve({
      receive: (store) => {
        let failures = 2;
        return (message) =>
          failures-- > 0 ? Promise.reject(new Error('disk full')) : store.receive(message, message.sentAt);
      },
    });
    const body = fixture('message-im');
    expect([await served.event(body), await served.event(body, 1), await served.event(body, 2)]).toEqual([
      503, 503, 200,
    ]);
    expect(await served.log(alice)).toEqual(['查一下12345678到哪了']);
  });

  it('has one effect when we end between keeping and acknowledging, and Slack tries again', async () => {
    await served.stop();
    let crashes = 1;
    served = await serve({
      receive: (store) => async (message) => {
        const receipt = await store.receive(message, message.sentAt);
        if (crashes-- > 0) throw new Error('the process ends here');
        return receipt;
      },
    });
    const body = fixture('message-im');
    expect([await served.event(body), await served.event(body, 1)]).toEqual([503, 200]);
    expect(await served.log(alice)).toHaveLength(1);
  });

  it('is not acknowledged while it is not kept, and Slack hears so within 3 s', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = await serve({
      slack: served.slack,
      receive: (store) => async (message) => held.then(() => store.receive(message, message.sentAt)),
    });
    const began = performance.now();
    expect(await slow.event(fixture('message-im'))).toBe(503);
    expect(performance.now() - began).toBeLessThan(3000);
    release();
    expect(await slow.event(fixture('message-im'), 1)).toBe(200);
    expect(await slow.log(alice)).toHaveLength(1);
    await slow.stop();
  });

  it('is private in a direct message and public in a channel', async () => {
    await served.event(fixture('message-im'));
    await served.event(fixture('app-mention'));
    const groups = new Map<string, boolean>();
    for (const id of await served.conversations()) groups.set(id, (await served.store.conversation(id))!.group);
    expect([...groups.values()].sort()).toEqual([false, true]);
    expect(groups.get(alice)).toBe(false);
  });

  it('is followed in its thread, where others and words without a mention are not ours', async () => {
    const { message } = await served.writes(ROOM, ALICE, `<@${BOT_USER}> 查一下12345678`);
    const thread = `slack:${TEAM}/${ROOM}/${message.ts}/${ALICE}` as const;
    await served.writes(ROOM, ALICE, '是昨天寄的', { thread_ts: message.ts });
    await served.writes(ROOM, BOB, '我也在等', { thread_ts: message.ts });
    await served.writes(ROOM, BOB, '大家好');
    expect(await served.conversations()).toEqual([thread]);
    expect(await served.log(thread)).toEqual(['查一下12345678', '是昨天寄的']);
    await served.answer(thread, '正在为您查询');
    await served.sendDue();
    expect(served.slack.channel(ROOM).messages.at(-1)).toMatchObject({
      text: '正在为您查询',
      thread_ts: message.ts,
      user: BOT_USER,
    });
  });

  it('is answered in the thread of a direct message in which it was written', async () => {
    await served.writes(DM, ALICE, '在吗');
    await served.writes(DM, ALICE, '12345678', { thread_ts: '1794999000.000100' });
    await served.answer(alice, '您好');
    await served.sendDue();
    expect(await served.log(alice)).toEqual(['在吗', '12345678', '您好']);
    expect(served.slack.channel(DM).messages.at(-1)).toMatchObject({ text: '您好', thread_ts: '1794999000.000100' });
  });

  it('is answered in its own thread, though the customer wrote elsewhere before the answer was sent', async () => {
    await served.writes(DM, ALICE, '12345678', { thread_ts: '1794999000.000100' });
    await served.answer(alice, '在路上');
    await served.writes(DM, ALICE, '在吗');
    await served.answer(alice, '在的');
    await served.sendDue();
    await served.sendDue();
    const said = served.slack.channel(DM).messages.filter(({ user }) => user === BOT_USER);
    expect(said.map(({ text, thread_ts }) => [text, thread_ts])).toEqual([
      ['在路上', '1794999000.000100'],
      ['在的', undefined],
    ]);
  });

  it('is noted when it is edited or taken back, and waits for no second answer', async () => {
    await served.event(fixture('message-im'));
    await served.answer(alice, '在途中');
    expect(await served.event(fixture('message-changed'))).toBe(200);
    expect((await served.store.log(alice, 0, 1))[0]).toMatchObject({
      text: '查一下12345678到哪了',
      changed: { kind: 'edited', text: '查一下12345679到哪了' },
    });
    expect(await served.event(fixture('message-deleted'))).toBe(200);
    expect((await served.store.log(alice, 0, 1))[0]).toMatchObject({ changed: { kind: 'deleted', text: '' } });
    expect(await served.store.waiting()).toEqual([]);
    expect(await served.log(alice)).toHaveLength(2);
  });

  it.each([
    'message-bot',
    'message-app-as-user',
    'message-own',
    'message-slackbot',
    'message-channel-join',
    'message-odd',
    'reaction-added',
    'app-uninstalled',
  ])('is nobody’s question: %s', async (name) => {
    expect(await served.event(fixture(name))).toBe(200);
    expect(await served.conversations()).toEqual([]);
  });

  it('carries the name that its writer has in Slack, on one line and without tricks', async () => {
    served.slack.names.set(ALICE, '王\n女士\u202e <!channel>');
    await served.writes(DM, ALICE, '在吗');
    expect((await served.store.conversation(alice))?.customer).toEqual({ id: ALICE, name: '王 女士 <!channel>' });
  });

  it('may be a tapped suggestion, which then has no buttons any more', async () => {
    await served.writes(DM, ALICE, '在吗');
    await served.answer(alice, { text: '请问是?', suggestions: ['查货 <1>', '查款'] });
    await served.sendDue();
    const asked = served.slack.channel(DM).messages.at(-1)!;
    const [, actions] = asked.blocks as [object, { elements: { action_id: string; value: string }[] }];
    served.clock.advance(1000);
    const tap = signed(tapBody(ALICE, DM, asked, actions.elements[0]!, served.slack.nextTs()), {
      at: served.clock.now().getTime(),
      type: 'application/x-www-form-urlencoded',
    });
    expect((await served.post(tap)).status).toBe(200);
    expect(await served.log(alice)).toEqual(['在吗', '请问是?', '查货 <1>']);
    // Only after the acknowledgement: the customer waits for that.
    await until(() => !JSON.stringify(asked.blocks).includes('actions'));
    expect(JSON.stringify(asked.blocks)).toContain('✓ 查货 &lt;1&gt;');
  });
});

describe('what the desk claims', () => {
  it('is the desk’s, in whatever order its thread is written, changed and deleted', async () => {
    const seen: string[] = [];
    served.platform.onThreadMessage((message) => {
      if (message.thread !== '1794990000.000100') return Promise.resolve(false);
      seen.push(`${message.kind} ${message.text}`);
      return Promise.resolve(true);
    });
    await served.writes(ROOM, BOB, `<@${BOT_USER}> 我来处理 &lt;3`, { thread_ts: '1794990000.000100' });
    await served.writes(ROOM, ALICE, `<@${BOT_USER}> 在吗`);
    expect(seen).toEqual(['new 我来处理 <3']);
    expect(await served.conversations()).toHaveLength(1);
  });

  it('is not acknowledged when the desk could not keep it', async () => {
    served.platform.onThreadMessage(() => Promise.reject(new Error('disk full')));
    expect((await served.writes(ROOM, BOB, '收到')).status).toBe(503);
  });

  it('is acknowledged at once, whatever else is slow', async () => {
    let release = (): void => {};
    served.platform.app.event('app_home_opened', () => new Promise((resolve) => (release = resolve)));
    expect(await served.event(fixture('app-home-opened'))).toBe(200);
    release();
  });

  it('answers commands and says when nobody listens', async () => {
    served.platform.app.command('/ticket', async ({ ack, command }) => ack(`收到 ${command.text}`));
    const command = (name: string) =>
      signed(
        new URLSearchParams({
          command: name,
          text: '查 12345678',
          user_id: BOB,
          team_id: TEAM,
          channel_id: ROOM,
        }).toString(),
        {
          at: served.clock.now().getTime(),
          type: 'application/x-www-form-urlencoded',
        },
      );
    expect(await served.post(command('/ticket'))).toEqual({ status: 200, body: '收到 查 12345678' });
    expect((await served.post(command('/nobody'))).status).toBe(404);
  });
});

it('takes nothing in before it is started and after it is stopped', async () => {
  await served.platform.channel.stop();
  const message = served.slack.post(DM, { user: ALICE, text: '在吗' });
  expect(await served.event(envelope(messageEvent(DM, message)))).toBe(503);
  expect(await served.conversations()).toEqual([]);
});
