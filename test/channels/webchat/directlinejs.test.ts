import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Activity, DirectLine as Client } from 'botframework-directlinejs';
import { XhrByFetch } from './xhr.ts';
import { serve, type Served } from './served.ts';

/** The official client as it is, with what a browser would give it. */
let DirectLine: typeof Client;
let served: Served;
beforeAll(async () => {
  Object.assign(globalThis, { XMLHttpRequest: XhrByFetch });
  ({ DirectLine } = createRequire(import.meta.url)('botframework-directlinejs') as { DirectLine: typeof Client });
  served = await serve();
});
afterAll(() => served.stop());

it.each([
  ['over a WebSocket', true],
  ['by polling', false],
])('serves the official client %s', async (_how, webSocket) => {
  const client = new DirectLine({ domain: `${served.url}/v3/directline`, webSocket, pollingInterval: 200 });
  const seen: Activity[] = [];
  client.activity$.subscribe(
    (activity) => void seen.push(activity),
    () => {}, // it calls its own end an error
  );
  const words = () => seen.flatMap((activity) => (activity.type === 'message' ? [activity.text] : []));
  const write = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      client
        .postActivity({
          type: 'message',
          text,
          from: { id: 'me' },
          channelData: { clientActivityID: text },
        })
        .subscribe(resolve, reject);
    });

  const id = await write('查一下12345678到哪了');
  const key = id.split('|')[0] ?? '';
  await served.say(key, '您的货已到成都');
  await expect.poll(words, { timeout: 4000 }).toEqual(['查一下12345678到哪了', '您的货已到成都']);
  expect(seen[0]).toMatchObject({ id, from: { role: 'user' } });
  expect(await write('查一下12345678到哪了')).toBe(id);
  await write('好的谢谢再见');
  await expect.poll(words, { timeout: 4000 }).toHaveLength(3);
  expect(seen.find((activity) => activity.type === 'message' && activity.from.role === 'bot')).toMatchObject({
    replyToId: id,
  });
  client.end();
});
