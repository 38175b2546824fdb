import { type Emulator, createEmulator } from 'emulate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SCOPES } from '../../../src/channels/slack/identity.ts';
import type { ConversationId } from '../../../src/core/message.ts';
import type { SlackApi } from '../../slack-api/slack-api.ts';
import { envelope } from '../../slack-api/signed.ts';
import { serve, type Served, until } from './served.ts';

/** The same platform against a Slack that somebody else wrote. */
const BOT = { token: 'xoxb-emulated', user: 'U0EMUBOT' };
const ALICE = { token: 'xoxp-alice', user: 'alice' };
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

interface Message {
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly thread_ts?: string;
  readonly metadata?: object;
  readonly files?: { id: string; name: string; title: string; size: number; mimetype: string; url_private: string }[];
}

let emulator: Emulator;
let served: Served;
let dm: string;
let alice: string;
let team: string;
let conversation: ConversationId;

async function ask(token: string, method: string, args: object): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${emulator.url}/api/${method}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(args),
  });
  return (await response.json()) as Record<string, unknown>;
}
const history = async (): Promise<Message[]> =>
  ((await ask(ALICE.token, 'conversations.history', { channel: dm }))['messages'] as Message[]).toReversed();
const tell = (message: Message) =>
  served.event({
    ...envelope({ type: 'message', channel: dm, channel_type: 'im', event_ts: message.ts, ...message }),
    team_id: team,
  });

/** Alice writes in the emulator, and we are told as Slack would. */
async function aliceWrites(text: string): Promise<string> {
  const { ts } = await ask(ALICE.token, 'chat.postMessage', { channel: dm, text });
  expect(await tell((await history()).find((message) => message.ts === ts)!)).toBe(200);
  return ts as string;
}

beforeAll(async () => {
  emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        users: [{ name: 'alice', real_name: '王女士', email: 'alice@example.com' }],
        channels: [{ name: 'freight-claims' }],
        oauth_apps: [
          {
            client_id: 'c',
            client_secret: 's',
            name: 'Yingsheng',
            redirect_uris: [],
            bot_name: 'yingsheng',
            bot_user_id: BOT.user,
            bot_id: 'B0EMUBOT',
          },
        ],
        tokens: [
          { token: BOT.token, user: BOT.user, bot_id: 'B0EMUBOT', bot_user_id: BOT.user, scopes: [...SCOPES] },
          { token: ALICE.token, user: ALICE.user, scopes: [...SCOPES, 'im:write'] },
        ],
        strict_scopes: true,
      },
    },
  });
  served = await serve({ slack: { apiUrl: `${emulator.url}/api/` } as SlackApi, botToken: BOT.token, beatMs: 50 });
  const opened = await ask(ALICE.token, 'conversations.open', { users: BOT.user });
  dm = (opened['channel'] as { id: string }).id;
  alice = (await ask(ALICE.token, 'auth.test', {}))['user_id'] as string;
  team = (await ask(BOT.token, 'auth.test', {}))['team_id'] as string;
  conversation = `slack:${team}/${dm}//${alice}`;
});
afterAll(async () => {
  await served.stop();
  await emulator.close();
});

it('says who we are and finds the desk’s channel', async () => {
  expect(served.platform.botUserId()).toBe(BOT.user);
  expect(served.told).toEqual([]);
  expect(await served.platform.findChannel('#freight-claims')).toMatchObject({ id: expect.any(String) as string });
  expect(await served.platform.findChannel('#nowhere')).toBeNull();
});

it('answers a direct message, with the customer’s name and our metadata', async () => {
  await aliceWrites('查一下 &lt;12345678&gt;');
  expect(await served.log(conversation)).toEqual(['查一下 <12345678>']);
  expect((await served.store.conversation(conversation))?.customer.name).toMatch(/alice|王女士/);
  await served.answer(conversation, { text: '在途中 <!channel>', suggestions: ['查货', '查款'] });
  expect(await served.sendDue()).toEqual([]);
  expect((await history()).at(-1)).toMatchObject({
    user: BOT.user,
    text: '在途中 &lt;!channel&gt;',
    metadata: { event_type: 'yingsheng_message' },
    blocks: [{ type: 'section' }, { type: 'actions' }],
  });
});

it('finds what it has sent, and does not repeat it', async () => {
  await served.answer(conversation, '只说一次');
  const [message] = await served.store.unsent(served.clock.now().toISOString(), 1);
  await served.platform.channel.send(message!);
  await served.platform.channel.send({ ...message!, attempts: 1 });
  await served.store.markSent(message!.seq, served.clock.now().toISOString());
  expect((await history()).filter(({ text }) => text === '只说一次')).toHaveLength(1);
});

it('does not answer itself when the emulator tells of our own words', async () => {
  const before = await served.log(conversation);
  expect(await tell((await history()).at(-1)!)).toBe(200);
  expect(await served.log(conversation)).toEqual(before);
});

it('moves a picture both ways', async () => {
  const [id] = await served.platform.upload({ channel: dm }, [
    { name: '1-0-签收单.png', title: '签收单.png', bytes: PNG },
  ]);
  const shared = (await history()).find((message) => message.files?.some((file) => file.id === id));
  const file = shared!.files![0]!;
  expect(file).toMatchObject({ title: '签收单.png', size: PNG.length });
  const { bytes, kind } = await served.platform.download({
    id: file.id,
    name: file.name,
    size: file.size,
    mimetype: file.mimetype,
    url: file.url_private,
  });
  expect(Buffer.from(bytes)).toEqual(PNG);
  expect(kind).toBe('image');
});

it('names the refusals of the emulator', async () => {
  const call = (method: string, args: object) => served.platform.call(method, { ...args }, { lane: 'x' });
  await expect(call('chat.postMessage', { channel: 'C0NOWHERE', text: '在吗' })).rejects.toMatchObject({
    name: 'RefusedError',
    code: 'channel_not_found',
  });
  await expect(call('reactions.add', { channel: dm, timestamp: '1', name: 'ok' })).rejects.toMatchObject({
    name: 'RefusedError',
    code: 'missing_scope',
  });
});

it('fetches what it was not told while it was away, and nothing twice', async () => {
  await until(async () => (await served.store.setting('slack.heard')) !== null);
  const before = await served.log(conversation);
  await served.platform.stop();
  await ask(ALICE.token, 'chat.postMessage', { channel: dm, text: '有人吗' });
  const { store, clock, slack } = served;
  const again = await serve({ store, clock, slack, botToken: BOT.token, beatMs: 50 });
  await until(async () => (await again.log(conversation)).length > before.length);
  expect(await again.log(conversation)).toEqual([...before, '有人吗']);
  await again.stop();
});
