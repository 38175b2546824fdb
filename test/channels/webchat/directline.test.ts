import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conversationId } from '../../../src/core/message.ts';
import { jwtParts } from './jwt.ts';
import { call, customer, type Opened, post } from './customer.ts';
import { LIMITS, serve, type Served } from './served.ts';

let served: Served;
beforeEach(async () => void (served = await serve()));
afterEach(() => served.stop());
const base = () => `${served.url}/v3/directline`;

describe('tokens', () => {
  it('are bound to a new conversation and a user the client can read', async () => {
    const { status, body } = await post<Opened>(`${base()}/tokens/generate`, undefined, {
      user: { id: 'dl_wang', name: ' 王 女士\n' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ conversationId: expect.stringMatching(/^[\w-]{22}$/) as string, expires_in: 3600 });
    expect(jwtParts(body.token).claims).toMatchObject({ conv: body.conversationId, user: 'dl_wang', name: '王 女士' });
  });

  it.each([[{ id: 'admin' }], [{ id: 'dl_' }], [{ id: 'dl_<x>' }], [{ id: 7 }], ['text'], [undefined]])(
    'make up the user where %j was asked for',
    async (user) => {
      const { status, body } = await post<Opened>(`${base()}/tokens/generate`, undefined, { user });
      expect(status).toBe(200);
      expect(jwtParts(body.token).claims.user).toMatch(/^dl_[0-9a-f-]{36}$/);
    },
  );

  it('open the conversation they are bound to; without one a new conversation is opened', async () => {
    const { body: issued } = await post<Opened>(`${base()}/tokens/generate`);
    const bound = await post<Opened>(`${base()}/conversations`, issued.token);
    expect(bound).toMatchObject({ status: 201, body: { conversationId: issued.conversationId, expires_in: 3600 } });
    const unbound = await post<Opened>(`${base()}/conversations`, 'undefined', { user: { id: undefined } });
    expect(unbound.status).toBe(201);
    expect(unbound.body.conversationId).not.toBe(issued.conversationId);
    expect(unbound.body.streamUrl).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/v3\/directline\/conversations\/.+\/stream\?/);
  });

  it('are refreshed for the same conversation and user, also for a week after they have expired', async () => {
    const one = await customer(served.url, { id: 'dl_li' });
    served.clock.advance(3_599_000);
    const { body: fresh } = await post<Opened>(`${base()}/tokens/refresh`, one.token);
    served.clock.advance(2_000);
    expect((await call(`${one.url}/activities`, { token: one.token })).status).toBe(403);
    expect((await post(`${base()}/tokens/refresh`, one.token)).status).toBe(200);
    expect((await call(`${one.url}/activities`, { token: fresh.token })).status).toBe(200);
    served.clock.advance(7 * 24 * 3_600_000);
    expect(await post(`${base()}/tokens/refresh`, one.token)).toMatchObject({
      status: 403,
      body: { error: { code: 'TokenExpired' } },
    });
    expect(jwtParts(fresh.token).claims).toMatchObject({ conv: one.conversationId, user: 'dl_li' });
  });

  it('open no other conversation, for no use', async () => {
    const [one, other] = [await customer(served.url), await customer(served.url)];
    const crossed = { status: 403, body: { error: { code: 'Forbidden' } } };
    expect(await call(`${other.url}/activities`, { token: one.token })).toMatchObject(crossed);
    expect(await call(other.url, { token: one.token })).toMatchObject(crossed);
    expect(await post(`${other.url}/activities`, one.token, { type: 'message', text: '您好' })).toMatchObject(crossed);
    expect(await post(`${other.url}/upload`, one.token, {})).toMatchObject(crossed);
    const stream = new URL(one.streamUrl).searchParams.get('t') ?? '';
    expect(await call(`${one.url}/activities`, { token: stream })).toMatchObject(crossed);
  });

  it('that we did not sign are refused', async () => {
    const one = await customer(served.url);
    const { header, payload, signature, claims } = jwtParts(one.token);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forged = [
      '',
      'x',
      `${header}.${part({ ...claims, user: 'dl_other' })}.${signature}`,
      `${part({ alg: 'none', typ: 'JWT' })}.${payload}.`,
      `${header}.${payload}.${signature.slice(0, -2)}`,
      `${one.token}.x`,
    ];
    for (const token of forged) {
      expect(await call(`${one.url}/activities`, { token })).toMatchObject({
        status: 401,
        body: { error: { code: 'Unauthorized' } },
      });
    }
    expect((await call(`${one.url}/activities`)).status).toBe(401);
  });

  it('are given out at a limited rate for an address', async () => {
    const busy = await serve({ opensPerMinute: 3 });
    const answers = [];
    for (let i = 0; i < 4; i++) answers.push(await post(`${busy.url}/v3/directline/tokens/generate`));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(answers[3]).toMatchObject({ body: { error: { code: 'TooManyRequests' } } });
    expect(answers[3]?.headers.get('retry-after')).toBe('30');
    await busy.stop();
  });
});

describe('activities', () => {
  it('are echoed with the id they were given, and answered with one that names what it answers', async () => {
    const one = await customer(served.url, { id: 'dl_wang', name: '王女士' });
    const id = await one.write('我的货款呢', 'c-1');
    await served.say(one.conversationId, { text: '**已到账**', suggestions: ['查货', '转人工'] });
    const { activities, watermark } = await one.poll();
    expect(activities).toHaveLength(2);
    expect(activities[0]).toMatchObject({
      id,
      type: 'message',
      text: '我的货款呢',
      from: { id: 'dl_wang', name: '王女士', role: 'user' },
      channelData: { clientActivityID: 'c-1' },
    });
    expect(activities[1]).toMatchObject({
      type: 'message',
      text: '**已到账**',
      textFormat: 'markdown',
      from: { id: 'yingsheng', role: 'bot' },
      replyToId: id,
    });
    expect(activities[1]?.suggestedActions?.actions.map(({ type, value }) => [type, value])).toEqual([
      ['imBack', '查货'],
      ['imBack', '转人工'],
    ]);
    expect(await one.poll(watermark)).toEqual({ activities: [], watermark });
    await served.say(one.conversationId, '还有什么可以帮您?');
    const later = await one.poll(watermark);
    expect(later.activities.map(({ text, replyToId }) => [text, replyToId])).toEqual([
      ['还有什么可以帮您?', undefined],
    ]);
  });

  it('name what they answer, not what came while the answer was being decided', async () => {
    const one = await customer(served.url);
    const first = await one.write('我的货款呢');
    const heard = await served.store.conversation(conversationId('webchat', one.conversationId));
    const second = await one.write('还有我的货');
    await served.say(one.conversationId, '已到账', heard);
    await served.say(one.conversationId, '在路上');
    const { activities } = await one.poll();
    const told = activities.map(({ text, replyToId }) => [text, replyToId]);
    expect(told.slice(2)).toEqual([
      ['已到账', first],
      ['在路上', second],
    ]);
  });

  it('of an agent carry name and number, and are no Markdown', async () => {
    const one = await customer(served.url);
    await one.write('转人工');
    await served.say(one.conversationId, { from: { role: 'agent', id: '8001', name: '小李' }, text: '*您好*' });
    expect((await one.poll()).activities[1]).toMatchObject({
      textFormat: 'plain',
      from: { name: '客服 小李 8001', role: 'bot' },
      channelData: { agent: { number: '8001', name: '小李' } },
    });
  });

  it('posted again are one message with one id', async () => {
    const [one, other] = [await customer(served.url), await customer(served.url)];
    const ids = await Promise.all([one.write('在吗', 'same'), one.write('在吗', 'same'), one.write('在吗', 'same')]);
    expect(new Set(ids).size).toBe(1);
    await one.write('在吗');
    await one.write('在吗');
    await other.write('在吗', 'same');
    expect((await one.poll()).activities).toHaveLength(3);
    expect((await other.poll()).activities).toHaveLength(1);
  });

  it('are written by the user of the token, whatever the body says', async () => {
    const one = await customer(served.url, { id: 'dl_me' });
    await one.post({
      type: 'message',
      text: '您好',
      from: { id: 'dl_other', role: 'bot', name: '小王' },
      conversation: { id: 'x' },
      timestamp: 'x',
    });
    expect((await one.poll()).activities[0]?.from).toEqual({ id: 'dl_me', name: '小王', role: 'user' });
  });

  it.each([
    [{ type: 'message', value: '查货' }, '查货'],
    [{ type: 'message', text: ' ', value: { intent: 'claim' } }, '{"intent":"claim"}'],
    [{ type: 'message', text: '理赔', value: 'x' }, '理赔'],
    [{ type: 'message', text: null }, ''],
    [{ type: 'message', text: '😀\u0000\ud800\u202e坏' }, '😀\ufffd坏'],
    [{ type: 'message', text: 'ﷺ'.repeat(200) }, 'ﷺ'.repeat(Math.floor(LIMITS.messageLength / 18))],
    [{ type: 'message', text: '字'.repeat(5000) }, '字'.repeat(LIMITS.messageLength)],
    [
      JSON.parse(
        '{"type":"message","text":"好","__proto__":{"x":1},"constructor":1,"channelData":{"__proto__":{"clientActivityID":"x"}}}',
      ) as object,
      '好',
    ],
  ])('posted as %j are kept as words', async (activity, text) => {
    const one = await customer(served.url);
    expect((await one.post(activity)).status).toBe(200);
    expect((await one.poll()).activities.map((kept) => kept.text)).toEqual([text]);
  });

  it.each(['typing', 'event', 'conversationUpdate', 'endOfConversation', 'invoke', 'somethingNew'])(
    'of type %s are taken and left alone',
    async (type) => {
      const one = await customer(served.url);
      expect(await one.post({ type, name: 'x', value: {} })).toMatchObject({
        status: 200,
        body: { id: expect.any(String) as string },
      });
      expect((await one.poll()).activities).toEqual([]);
    },
  );

  it.each([
    ['not JSON', '{', 'application/json', 400],
    ['a list', '[]', 'application/json', 400],
    ['no type', '{"text":"x"}', 'application/json', 400],
    ['words that are none', '{"type":"message","text":{"a":1}}', 'application/json', 400],
    ['a form', 'type=message', 'application/x-www-form-urlencoded', 400],
    ['too much', JSON.stringify({ type: 'message', text: 'x'.repeat(300_000) }), 'application/json', 413],
    ['an unknown character set', '{}', 'application/json; charset=nope', 415],
    [
      'an address to fetch',
      '{"type":"message","attachments":[{"contentUrl":"http://127.0.0.1/x"}]}',
      'application/json',
      400,
    ],
  ])('that are %s are refused in one sentence', async (_what, body, type, status) => {
    const one = await customer(served.url);
    const answer = await call(`${one.url}/activities`, {
      method: 'POST',
      body,
      token: one.token,
      headers: { 'content-type': type },
    });
    expect(answer).toMatchObject({
      status,
      body: { error: { code: expect.any(String) as string, message: expect.any(String) as string } },
    });
    expect((await one.poll()).activities).toEqual([]);
  });

  it('are refused only far beyond the rate at which the engine asks to slow down', async () => {
    const strict = await serve({ limits: () => ({ ...LIMITS, messagesPerMinute: 5 }) });
    const one = await customer(strict.url);
    const statuses = [];
    for (let i = 0; i < 11; i++) statuses.push((await one.post({ type: 'message', text: `${i}` })).status);
    expect(statuses.slice(9)).toEqual([200, 429]);
    expect((await one.poll()).activities).toHaveLength(10);
    expect((await (await customer(strict.url)).post({ type: 'message', text: 'of another' })).status).toBe(200);
    await strict.stop();
  });

  it('are refused in words where they are in another encoding than they say', async () => {
    const one = await customer(served.url);
    const gbk = Buffer.concat([
      Buffer.from('{"type":"message","text":"'),
      Buffer.from([0xb2, 0xe9]),
      Buffer.from('"}'),
    ]);
    const init = { method: 'POST', body: gbk, headers: { 'content-type': 'application/json' }, token: one.token };
    expect(await call(`${one.url}/activities`, init)).toMatchObject({
      status: 400,
      body: { error: { message: 'the body is not valid UTF-8' } },
    });
  });

  it('are refused in words where they carry more files than may be sent', async () => {
    const one = await customer(served.url);
    const attachments = Array.from({ length: 51 }, () => ({ contentUrl: 'data:image/png;base64,', name: 'x' }));
    expect((await one.post({ type: 'message', attachments })).status).toBe(413);
  });

  it('are refused in words where they are nested too deeply to be written out again', async () => {
    const one = await customer(served.url);
    const deep = `{"type":"message","value":${'['.repeat(60_000)}${']'.repeat(60_000)}}`;
    const init = { method: 'POST', body: deep, headers: { 'content-type': 'application/json' }, token: one.token };
    const refused = await call(`${one.url}/activities`, init);
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'BadArgument' } } });
    expect(refused.body.error.message).toContain('deeper');
    expect((await one.poll()).activities).toEqual([]);
  });

  it('are not acknowledged when they cannot be kept', async () => {
    const broken = await serve({ receive: () => Promise.reject(new Error('disk full: /secret/path')) });
    const one = await customer(broken.url);
    const answer = await one.post({ type: 'message', text: '您好' });
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'ServiceUnavailable' } } });
    expect(JSON.stringify(answer.body)).not.toContain('secret');
    await broken.stop();
  });
});

it('gives a client that comes back a new token and stream', async () => {
  const one = await customer(served.url);
  const answer = await call<Opened>(`${one.url}?watermark=5`, { token: one.token });
  expect(answer).toMatchObject({ status: 200, body: { conversationId: one.conversationId, expires_in: 3600 } });
  expect(new URL(answer.body.streamUrl).searchParams.get('watermark')).toBe('5');
});

it('names the address the client knows when a proxy stands before us', async () => {
  const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'kefu.example.cn' };
  const { body } = await call<Opened>(`${base()}/conversations`, { method: 'POST', headers });
  expect(body.streamUrl).toMatch(/^wss:\/\/kefu\.example\.cn\/v3\/directline\//);
  const odd = await call<Opened>(`${base()}/conversations`, {
    method: 'POST',
    headers: { 'x-forwarded-host': 'a/../b"<' },
  });
  expect(odd.body.streamUrl).toMatch(/^ws:\/\/localhost\/v3\//);
});

it('lets no page of another origin in, and knows no other address', async () => {
  const answer = await call(`${base()}/tokens/generate`, {
    method: 'POST',
    headers: { origin: 'https://evil.example' },
  });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await call(`${base()}/session/getsessionid`)).toMatchObject({
    status: 404,
    body: { error: { code: 'NotFound' } },
  });
  expect((await call(`${base()}/conversations/%E0%A4%A/activities`)).status).toBe(400);
});
