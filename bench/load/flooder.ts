/**
 * One who floods, in a process of its own: `node bench/load/flooder.ts URL person|visitors PER_SECOND MS`. Prints one line of JSON: how
 * many were taken, refused, and what was said to it.
 */
import { z } from 'zod';
import { openLine, type Line } from './line.ts';
import { questionAt } from './questions.ts';

const [url = '', kind, perSecond, ms] = process.argv.slice(2);
const opened = z.object({ conversationId: z.string(), token: z.string() });
const heard = z.object({ activities: z.array(z.object({ from: z.object({ role: z.string().optional() }) })) });
const counts = { taken: 0, refused: 0, polls: 0, pollsRefused: 0, said: 0 };

/** Requests under way at once at most: what is answered slowly does not slow a flood down. */
const LINES = 50;

async function open(address: number) {
  const from = `127.9.${Math.floor(address / 250)}.${(address % 250) + 1}`;
  const idle: Line[] = [await openLine(url, from)];
  const request = async (...given: Parameters<Line['request']>): ReturnType<Line['request']> => {
    const line = idle.shift() ?? (await openLine(url, from));
    return line.request(...given).finally(() => idle.push(line));
  };
  const { body } = await request('POST', '/v3/directline/conversations', '', '{}');
  const { conversationId, token } = opened.parse(JSON.parse(body));
  const path = `/v3/directline/conversations/${conversationId}/activities`;
  const headers = `Authorization: Bearer ${token}\r\n`;
  return {
    async post(nth: number) {
      const activity = JSON.stringify({ type: 'message', from: { id: 'x' }, text: questionAt(nth) });
      const { status } = await request('POST', path, headers, activity);
      if (status === 200) counts.taken++;
      else counts.refused++;
    },
    async poll() {
      const answer = await request('GET', path, headers, '');
      counts.polls++;
      if (answer.status !== 200) counts.pollsRefused++;
      else
        counts.said = heard.parse(JSON.parse(answer.body)).activities.filter(({ from }) => from.role === 'bot').length;
    },
    close: () => idle.forEach((line) => line.close()),
  };
}

const every = 1000 / Number(perSecond);
const began = performance.now();
const person = kind === 'person' ? await open(0) : undefined;
const running = new Set<Promise<void>>();
for (let nth = 0; performance.now() - began < Number(ms); nth++) {
  const wait = began + nth * every - performance.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  if (running.size >= LINES) await Promise.race(running);
  const work = come(nth).finally(() => running.delete(work));
  running.add(work);
}
await Promise.all(running);
await person?.poll();
process.stdout.write(`${JSON.stringify(counts)}\n`);
process.exit(0);

async function come(nth: number): Promise<void> {
  if (person !== undefined) {
    await person.post(nth);
    if (nth % 50 === 0) await person.poll();
    return;
  }
  const visitor = await open(nth % 500);
  await visitor.post(nth);
  visitor.close();
}
