import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { customer, type Customer, post, type WireSet } from './customer.ts';
import { serve, type Served } from './served.ts';

let served: Served;
let one: Customer;
beforeEach(async () => {
  served = await serve();
  one = await customer(served.url);
});
afterEach(() => served.stop());

/** Follows a stream; `said` waits for so many messages of the conversation. */
function follow(url: string) {
  const socket = new WebSocket(url);
  const sets: WireSet[] = [];
  socket.on('message', (data: Buffer) => void (data.length > 0 && sets.push(JSON.parse(data.toString()) as WireSet)));
  const texts = () =>
    sets
      .flatMap(({ activities }) => activities)
      .filter(({ type }) => type === 'message')
      .map(({ text }) => text);
  return {
    socket,
    sets,
    texts,
    said: (count: number) => expect.poll(texts, { interval: 5 }).toHaveLength(count),
    refused: async () => {
      const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
      return response.statusCode;
    },
  };
}

it('replays what came after the watermark, then follows', async () => {
  await one.write('第一句', 'c-1');
  const { watermark } = await one.poll();
  await served.say(one.conversationId, '第二句');
  const late = follow(one.streamUrl.replace('watermark=-', `watermark=${watermark}`));
  const early = follow(one.streamUrl);
  await Promise.all([late.said(1), early.said(2)]);
  const id = await one.write('第三句', 'c-3');
  await served.say(one.conversationId, '第四句');
  await Promise.all([late.said(3), early.said(4)]);
  expect(late.texts()).toEqual(['第二句', '第三句', '第四句']);
  expect(early.texts()).toEqual(['第一句', '第二句', '第三句', '第四句']);
  // What is answered at once comes together with its answer.
  expect(late.sets.at(-1)?.activities).toMatchObject([{ text: '第三句' }, { text: '第四句', replyToId: id }]);
  expect(late.sets[0]?.activities).toMatchObject([{ text: '第二句', replyToId: (await one.poll()).activities[0]?.id }]);
  const watermarks = late.sets.map((set) => Number(set.watermark));
  expect(watermarks).toEqual([...watermarks].sort((a, b) => a - b));
  expect((await one.poll(late.sets.at(-1)?.watermark)).activities).toEqual([]);
});

it('tells each message once, however fast they come', async () => {
  const stream = follow(one.streamUrl);
  await Promise.all(Array.from({ length: 40 }, (_, n) => one.write(`${n}`)));
  await stream.said(40);
  await served.say(one.conversationId, '完');
  await stream.said(41);
  expect(new Set(stream.texts()).size).toBe(41);
  expect(stream.texts()).toEqual((await one.poll()).activities.map(({ text }) => text));
});

it('shows that somebody is typing while a turn is worked on', async () => {
  const stream = follow(one.streamUrl);
  await once(stream.socket, 'open');
  await one.write('在吗');
  await expect
    .poll(() => stream.sets.flatMap(({ activities }) => activities.map(({ type }) => type)))
    .toEqual(['message', 'typing']);
  expect(stream.sets[1]?.watermark).toBe(stream.sets[0]?.watermark);
  expect((await one.poll()).activities).toHaveLength(1);
});

it('tells nobody what is said in another conversation', async () => {
  const other = await customer(served.url);
  const stream = follow(one.streamUrl);
  await other.write('别人的话');
  await one.write('自己的话');
  await stream.said(1);
  expect(stream.texts()).toEqual(['自己的话']);
});

it('opens with the conversation’s token, and with no other', async () => {
  const other = await customer(served.url);
  const path = (token: string) => `${one.url.replace('http', 'ws')}/stream?t=${token}`;
  await one.write('您好');
  await follow(path(one.token)).said(1);
  expect(await follow(path(other.token)).refused()).toBe(403);
  expect(await follow(path('')).refused()).toBe(401);
  expect(await follow(path(`${one.token}x`)).refused()).toBe(401);
  served.clock.advance(3_600_000);
  expect(await follow(path(one.token)).refused()).toBe(403);
  expect(await follow(one.streamUrl).refused()).toBe(403);
  const refused = await post(`${one.url}/activities`, one.token, { type: 'message', text: '您好' });
  expect(refused).toMatchObject({ status: 403, body: { error: { code: 'TokenExpired' } } });
});

it('leaves other sockets to others, and survives what a client sends', async () => {
  // Not ours: as nobody else takes it either, the server hangs up, which a client sees as an error.
  const stray = follow(`${served.url.replace('http', 'ws')}/v3/directline/else`);
  await new Promise((resolve) => stray.socket.once('error', resolve));
  const stream = follow(one.streamUrl);
  await once(stream.socket, 'open');
  for (const sent of ['', '{', '\u0000', 'x'.repeat(1000)]) stream.socket.send(sent);
  await one.write('还在吗');
  await stream.said(1);
  stream.socket.on('error', () => {});
  stream.socket.send('x'.repeat(100_000));
  await once(stream.socket, 'close');
  await one.write('在');
  await follow(one.streamUrl).said(2);
});

it('gives the oldest of too many streams up', async () => {
  const streams = Array.from({ length: 9 }, () => follow(one.streamUrl));
  await Promise.all(streams.map(({ socket }) => once(socket, 'open')));
  await expect.poll(() => streams.filter(({ socket }) => socket.readyState !== WebSocket.OPEN)).toHaveLength(1);
});

it('comes back to the end from a watermark of another database', async () => {
  await one.write('您好');
  const stream = follow(one.streamUrl.replace('watermark=-', 'watermark=99999'));
  await expect.poll(() => stream.sets).toMatchObject([{ activities: [], watermark: (await one.poll()).watermark }]);
  await one.write('在吗');
  await stream.said(1);
});

it('ends when the channel stops, so that the client looks for the next server', async () => {
  const stream = follow(one.streamUrl);
  await once(stream.socket, 'open');
  const ended = once(stream.socket, 'close');
  await served.channels[0].stop();
  expect((await ended)[0]).toBe(1001);
});
