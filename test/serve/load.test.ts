/** The short form of the benches of load: that everything is answered and nothing is refused that must not be; never how fast. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectDirectLine } from '../../bench/load/direct-line.ts';
import { makeHouse, startHouse, TOKEN, type House, type Measurable } from '../../bench/load/house.ts';
import { openLine, type Line } from '../../bench/load/line.ts';
import { fareOf } from '../../bench/load/others.ts';
import { makePast } from '../../bench/load/past.ts';
import { questionAt } from '../../bench/load/questions.ts';

let house: House;
let program: Measurable;
beforeAll(async () => {
  // Its own wait for a thought to end would only make the test slow.
  house = makeHouse({ 'merge_ms: 1200': 'merge_ms: 0' });
  await makePast(house, 1000);
  program = await startHouse(house);
});
afterAll(async () => {
  await program.end();
  house.remove();
});

it('answers everybody who asks at once, and the desk after a long past', async () => {
  const clients = await Promise.all(Array.from({ length: 8 }, (_, nth) => connectDirectLine(program.url, nth)));
  const answers = await Promise.all(
    clients.map(async (client, nth) => [await client.ask(questionAt(nth)), await client.ask(questionAt(nth + 3))]),
  );
  expect(answers.flat().filter((answer) => answer === '')).toEqual([]);
  for (const client of clients) client.close();
  const response = await fetch(`${program.url}/api/tickets`, { headers: { authorization: `Bearer ${TOKEN}` } });
  const { tickets } = (await response.json()) as { tickets: { status: string }[] };
  expect(tickets.filter(({ status }) => status === 'open')).toHaveLength(50);
  expect(tickets.filter(({ status }) => status === 'resolved')).toHaveLength(150);
});

it('asks one who floods to slow down once, never refuses to be polled, and answers the others meanwhile', async () => {
  const line = await openLine(program.url, '127.8.0.1');
  const begun = await line.request('POST', '/v3/directline/conversations', '', '{}');
  const { conversationId, token } = JSON.parse(begun.body) as { conversationId: string; token: string };
  const path = `/v3/directline/conversations/${conversationId}/activities`;
  const headers = `Authorization: Bearer ${token}\r\n`;
  const statuses = new Set<number>();
  /** As a program would: from several connections at once. */
  const lines = await Promise.all(Array.from({ length: 10 }, () => openLine(program.url, '127.8.0.1')));
  const flood = async (one: Line): Promise<void> => {
    for (let nth = 0; nth < 34; nth++) {
      const body = JSON.stringify({ type: 'message', from: { id: 'x' }, text: questionAt(nth) });
      const { status } = await one.request('POST', path, headers, body);
      statuses.add(status);
      // Far beyond what a person can mean the door closes, but only for posts.
      if (status === 429) break;
    }
    one.close();
  };
  const [fare] = await Promise.all([
    fareOf(connectDirectLine, program.url, { people: 10, first: 100, perSecond: 5, ms: 2000 }),
    ...lines.map(flood),
  ]);
  expect(fare.failed).toBe(0);
  expect(fare.times.length).toBeGreaterThan(0);
  expect([...statuses]).toEqual([200, 429]);
  // As a client that polls: page after page, from the beginning.
  const heard = async (): Promise<readonly string[]> => {
    const texts: string[] = [];
    for (let watermark = '0', more = true; more;) {
      const { status, body } = await line.request('GET', `${path}?watermark=${watermark}`, headers, '');
      expect(status).toBe(200);
      const set = JSON.parse(body) as { activities: { text: string; from: { role: string } }[]; watermark: string };
      for (const { text, from } of set.activities) if (from.role === 'bot') texts.push(text);
      more = set.activities.length > 0;
      watermark = set.watermark;
    }
    return texts;
  };
  const slower = async (): Promise<number> => (await heard()).filter((text) => text.includes('请您稍等一分钟')).length;
  await expect.poll(slower, { timeout: 30_000, interval: 200 }).toBe(1);
  line.close();
});
