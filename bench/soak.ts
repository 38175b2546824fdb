/**
 * Messages through the real program for a long time, and what it holds in memory meanwhile.
 * `node bench/soak.ts [--messages 1000000] [--clients 100]`: prints a line each twentieth of the messages, then the growth.
 */
import { readArguments, wholeNumber } from './arguments.ts';
import type { Client } from './load/client.ts';
import { connectDirectLine } from './load/direct-line.ts';
import { makeHouse, startHouse, TOKEN, type Measurable } from './load/house.ts';
import { questionAt } from './load/questions.ts';

const { values } = readArguments(import.meta.filename, {
  options: { messages: { type: 'string' }, clients: { type: 'string' } },
});
const all = wholeNumber(values.messages, 1_000_000);
const atOnce = wholeNumber(values.clients, 100);
const step = Math.ceil(all / 20);
const MB = 1024 * 1024;

interface Sample {
  readonly messages: number;
  /** MB */
  readonly rss: number;
  readonly heap: number;
}

/** What the program says of itself; MB. */
async function heapOf(program: Measurable): Promise<number> {
  const response = await fetch(`${program.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
  return Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(await response.text())?.[1]) / MB;
}

/** The least of some looks: what is between two collections of garbage is no leak. */
async function sample(program: Measurable, messages: number): Promise<Sample> {
  const heaps: number[] = [];
  for (let look = 0; look < 5; look++) {
    heaps.push(await heapOf(program));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { messages, rss: program.memory() / MB, heap: Math.min(...heaps) };
}

/** MB for each 100,000 messages, by least squares. */
function growth(samples: readonly Sample[], of: 'rss' | 'heap'): number {
  const mean = (part: (sample: Sample) => number): number =>
    samples.reduce((sum, one) => sum + part(one), 0) / samples.length;
  const [x, y] = [mean(({ messages }) => messages), mean((one) => one[of])];
  const up = samples.reduce((sum, one) => sum + (one.messages - x) * (one[of] - y), 0);
  return (up / samples.reduce((sum, one) => sum + (one.messages - x) ** 2, 0)) * 100_000;
}

const house = makeHouse();
const program = await startHouse(house);
try {
  const samples: Sample[] = [];
  let asked = 0;
  let visitors = 0;
  process.stdout.write('messages      msg/s    rss MB   heap MB   cpu ms\n');
  while (asked < all) {
    // Conversations are used again and again, and left after so many messages: what is left must go too.
    const clients: Client[] = [];
    for (let nth = 0; nth < atOnce; nth++) clients.push(await connectDirectLine(program.url, visitors++));
    const [until, began, cpu] = [Math.min(asked + step, all), performance.now(), program.cpu()];
    await Promise.all(
      clients.map(async (client) => {
        while (asked < until) await client.ask(questionAt(asked++));
      }),
    );
    const rate = step / ((performance.now() - began) / 1000);
    for (const client of clients) client.close();
    const one = await sample(program, asked);
    samples.push(one);
    const spent = ((program.cpu() - cpu) * 1000) / step;
    process.stdout.write(
      `${String(asked).padEnd(10)}${rate.toFixed(0).padStart(9)}${one.rss.toFixed(1).padStart(10)}${one.heap.toFixed(1).padStart(10)}${spent.toFixed(2).padStart(9)}\n`,
    );
  }
  // The first half is the program filling its caches.
  const later = samples.slice(Math.floor(samples.length / 2));
  process.stdout.write(
    `growth in the second half, for each 100,000 messages: rss ${growth(later, 'rss').toFixed(2)} MB, heap ${growth(later, 'heap').toFixed(2)} MB\n`,
  );
} finally {
  await program.end();
  house.remove();
}
