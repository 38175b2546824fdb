/**
 * Asks, and times the answers, in a process of its own: `node bench/load/generator.ts '{"to": "directline", …}'`.
 * Prints one line of JSON (`Measured`).
 */
import { connectBotFramework, connectExpectingReplies } from './bot-framework.ts';
import type { Client, Connect } from './client.ts';
import { connectDirectLine } from './direct-line.ts';
import type { Measured, Phase } from './phase.ts';
import { questionAt } from './questions.ts';

const phase = JSON.parse(process.argv[2] ?? '{}') as Phase;
const connect: Connect = {
  directline: connectDirectLine,
  botframework: connectBotFramework,
  'expecting-replies': connectExpectingReplies,
}[phase.to];
const clients: Client[] = [];
for (let nth = 0; nth < phase.clients; nth++) clients.push(await connect(phase.url, (phase.first ?? 0) + nth));

const times: number[] = [];
let failed = 0;
let asked = 0;
let began = Infinity;

async function ask(client: Client): Promise<void> {
  const start = performance.now();
  try {
    await client.ask(questionAt(asked++));
    if (start >= began) times.push(performance.now() - start);
  } catch (error) {
    failed++;
    process.stderr.write(`${String(error)}\n`);
  }
}

/** Each client asks again as soon as it is answered: as many messages a second as the other side can take. */
async function flatOut(until: number): Promise<void> {
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < until && failed < 100) await ask(client);
    }),
  );
}

/** Messages come at random moments, so many a second on average, whether or not others have been answered. */
async function atRate(perSecond: number, until: number): Promise<void> {
  const idle = [...clients];
  const running = new Set<Promise<void>>();
  for (let next = performance.now(); next < until; next += (-Math.log(1 - Math.random()) * 1000) / perSecond) {
    const wait = next - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    const client = idle.shift();
    if (client === undefined) {
      // Nobody is free to ask: the other side is far behind.
      failed++;
      continue;
    }
    const work = ask(client).then(() => {
      idle.push(client);
      running.delete(work);
    });
    running.add(work);
  }
  await Promise.all(running);
}

const run = (until: number): Promise<void> => (phase.rate === undefined ? flatOut(until) : atRate(phase.rate, until));
await run(performance.now() + phase.warmUpMs);
began = performance.now();
await run(began + phase.ms);
const seconds = (performance.now() - began) / 1000;
times.sort((a, b) => a - b);
const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN;
const measured: Measured = {
  asked,
  messages: times.length,
  failed,
  perSecond: times.length / seconds,
  p50: at(0.5),
  p95: at(0.95),
  p99: at(0.99),
};
process.stdout.write(`${JSON.stringify(measured)}\n`);
for (const client of clients) client.close();
