import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RefusedError, UnreachableError } from '../../../src/core/errors.ts';
import { createKeeper, type Keeper } from '../../contracts/channel.ts';
import { farSide, type FarSide } from './far-side.ts';
import { LIMITS, serve, type Served } from './served.ts';

let served: Served;
let far: FarSide;
let keeper: Keeper;
beforeEach(async () => {
  keeper = createKeeper();
  served = await serve({ receive: keeper.receive });
  far = await farSide();
});
afterEach(async () => {
  await served.stop();
  await far.stop();
});

const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
const say = (text: string, more: object = {}) =>
  served.channels[1].send({ ...far.outgoing(text), channelData: stored(keeper.kept[0]?.channelData), ...more });

describe('/api/messages', () => {
  it('takes a message and answers it at its serviceUrl', async () => {
    expect((await far.write(served.url, { id: 'a-1', text: '查一下12345678到哪了' })).status).toBe(200);
    expect(keeper.kept).toMatchObject([
      {
        channel: 'botframework',
        id: 'emulator|c-1|a-1',
        conversation: 'botframework:emulator|c-1',
        customer: { id: 'emulator|u-1', name: '王女士' },
        group: false,
      },
    ]);
    await say('您的货已到**成都**', { suggestions: ['查款'] });
    await say('请稍等', { from: { role: 'agent', id: '8001', name: '小李' } });
    expect(far.received).toMatchObject([
      {
        path: '/v3/conversations/c-1/activities/a-1',
        type: 'message',
        text: '您的货已到**成都**',
        replyToId: 'a-1',
        from: { id: 'bot' },
        recipient: { id: 'u-1' },
      },
      { text: '【客服 小李 8001】请稍等', textFormat: 'plain' },
    ]);
    expect(far.received[0]?.suggestedActions?.actions).toMatchObject([{ type: 'imBack', value: '查款' }]);
  });

  it('is answered where the customer is now, in reply to what they asked', async () => {
    const before = await farSide();
    await before.write(served.url, { id: 'a-1', text: '查货' });
    await before.stop();
    await far.write(served.url, { id: 'a-2', text: '在吗' });
    const [asked, latest] = keeper.kept.map(({ channelData }) => stored(channelData));
    await say('您的货已到成都', { channelData: latest, answeredData: asked });
    expect(far.received).toMatchObject([{ text: '您的货已到成都', replyToId: 'a-1' }]);
  });

  it('knows a group, and takes its own name out of the words', async () => {
    const entities = [{ type: 'mention', mentioned: { id: 'bot' }, text: '<at>客服</at>' }];
    await far.write(served.url, {
      id: 'a-1',
      text: '<at>客服</at> 查货',
      entities,
      conversation: { id: 'g', isGroup: true },
    });
    const odd = [7, null, { type: 'mention' }, { type: 'mention', mentioned: { id: 'bot' }, text: '(((' }];
    await far.write(served.url, {
      id: 'a-2',
      text: '(((查款',
      entities: odd,
      conversation: { id: 't', conversationType: 'channel' },
    });
    expect(keeper.kept).toMatchObject([
      { text: '查货', group: true },
      { text: '查款', group: true },
    ]);
  });

  it('says that there were files, and fetches none', async () => {
    await far.write(served.url, {
      id: 'a-1',
      attachments: [{ contentType: 'image/png', contentUrl: `${far.serviceUrl}/x.png`, name: '破损.png' }],
    });
    expect(keeper.kept).toMatchObject([{ text: '[附件：破损.png]', attachments: [] }]);
    expect(far.received).toEqual([]);
  });

  it.each([
    ['comes through a proxy', { 'x-forwarded-for': '1.2.3.4' }],
    ['reached us under a public name', { host: 'kefu.example.cn' }],
    ['is made by a page in a browser', { origin: 'https://evil.example' }],
  ])('refuses a client without authentication that %s', async (_what, headers) => {
    // fetch sets Host itself, so a public name is told as a proxy tells it.
    const sent = 'host' in headers ? { 'x-forwarded-host': headers.host } : headers;
    const answer = await far.write(served.url, { id: 'a-1', text: '您好' }, sent);
    expect(answer).toMatchObject({ status: 401, body: { error: { code: 'Unauthorized' } } });
    expect(keeper.kept).toEqual([]);
  });

  it.each([
    'http://169.254.169.254/latest',
    'http://localhost.evil.example/',
    'http://127.0.0.1@evil.example/',
    'http://10.0.0.1',
    'file:///etc/passwd',
    'x',
    '',
  ])('does not promise to answer at %s for a client without authentication', async (serviceUrl) => {
    expect(await far.write(served.url, { id: 'a-1', text: '您好', serviceUrl })).toMatchObject({
      status: 400,
      body: { error: { code: 'BadArgument' } },
    });
    expect(keeper.kept).toEqual([]);
  });

  it.each([
    { type: 7 },
    { conversation: null },
    { from: {} },
    { text: ['x'] },
    { text: 'x'.repeat(300_000) },
    { conversation: { id: 'x'.repeat(2000) } },
  ])('refuses what is no activity', async (part) => {
    const answer = await far.write(served.url, { id: 'a-1', text: '您好', ...part });
    expect([400, 413]).toContain(answer.status);
    expect(answer.body?.error.message).toEqual(expect.any(String));
    expect(keeper.kept).toEqual([]);
  });

  it('takes other activities and leaves them alone', async () => {
    for (const type of ['conversationUpdate', 'typing', 'event'])
      expect((await far.write(served.url, { id: type, type, membersAdded: [] })).status).toBe(200);
    expect(keeper.kept).toEqual([]);
  });

  it('asks for a token once there is an app id, even on this machine', async () => {
    const guarded = await serve({
      receive: keeper.receive,
      botFramework: { MicrosoftAppId: 'app', MicrosoftAppPassword: 'secret', MicrosoftAppTenantId: '' },
    });
    expect(await far.write(guarded.url, { id: 'a-1', text: '您好' })).toMatchObject({
      status: 401,
      body: { error: { code: 'Unauthorized' } },
    });
    expect((await far.write(guarded.url, { id: 'a-1', text: '您好' }, { authorization: 'Bearer x.y.z' })).status).toBe(
      401,
    );
    expect(keeper.kept).toEqual([]);
    await guarded.stop();
  });

  it('closes the door on a flood only', async () => {
    const strict = await serve({ receive: keeper.receive, limits: () => ({ ...LIMITS, messagesPerMinute: 5 }) });
    const statuses = [];
    for (let i = 0; i < 11; i++) statuses.push((await far.write(strict.url, { id: `a-${i}`, text: 'x' })).status);
    expect(statuses.slice(9)).toEqual([200, 429]);
    await strict.stop();
  });
});

describe('an answer', () => {
  it.each([
    [403, RefusedError],
    [404, RefusedError],
    [307, RefusedError],
    [429, UnreachableError],
    [502, UnreachableError],
  ])('that is met with %i is told apart', async (status, kind) => {
    await far.write(served.url, { id: 'a-1', text: '您好' });
    far.status = status;
    await expect(say('您好')).rejects.toBeInstanceOf(kind);
  });

  it('without an address is refused', async () => {
    await expect(say('您好', { channelData: undefined })).rejects.toMatchObject({ code: 'no-address' });
  });
});
