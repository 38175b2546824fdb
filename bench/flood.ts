/**
 * How others fare while one person writes 200 messages a second, 1,000 new visitors come a minute (both over HTTP), and one room of
 * 50 members writes 500 a second (through the channel's `receive`). `node bench/flood.ts [--short]`
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectDirectLine } from './load/direct-line.ts';
import { makeHouse, startHouse } from './load/house.ts';
import { fareOf, type Fare } from './load/others.ts';
import { openRoad } from './load/room.ts';

const { values } = parseArgs({ options: { short: { type: 'boolean' } } });
const ms = values.short ? 4000 : 30_000;
const PEOPLE = 60;
const PER_SECOND = 10;
/** A finished thought is answered at once, as always; the others are given no time to go on, which would hide what the flood costs. */
const AT_ONCE = { 'merge_ms: 1200': 'merge_ms: 0' };

async function flooded(url: string, kind: 'person' | 'visitors', perSecond: number): Promise<string> {
  const script = join(import.meta.dirname, 'load', 'flooder.ts');
  const child = spawn(process.execPath, [script, url, kind, String(perSecond), String(ms)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await new Promise((resolve) => child.on('close', resolve));
  return out.trim();
}

function print(name: string, fare: Fare, memory: number, calm?: Fare): void {
  const ratio = calm === undefined ? '' : `${(fare.p99 / calm.p99).toFixed(2)}x`;
  const columns = [
    fare.answered,
    fare.failed,
    fare.p50.toFixed(1),
    fare.p99.toFixed(1),
    ratio,
    Math.round(memory / 1e6),
  ];
  process.stdout.write(`${name.padEnd(38)}${columns.map((column) => String(column).padStart(9)).join('')}\n`);
}

process.stdout.write(
  `${'the others'.padEnd(38)}${['answered', 'failed', 'p50 ms', 'p99 ms', 'p99', 'rss MB'].map((name) => name.padStart(9)).join('')}\n`,
);
const house = makeHouse(AT_ONCE);
const program = await startHouse(house);
try {
  let first = 0;
  const fare = (): Promise<Fare> =>
    fareOf(connectDirectLine, program.url, { people: PEOPLE, first: (first += PEOPLE), perSecond: PER_SECOND, ms });
  await fare();
  const calm = await fare();
  print('over HTTP, nobody floods', calm, program.memory());
  const [one, person] = await Promise.all([fare(), flooded(program.url, 'person', 200)]);
  print('one person, 200 messages/s', one, program.memory(), calm);
  const [two, visitors] = await Promise.all([fare(), flooded(program.url, 'visitors', 1000 / 60)]);
  print('1,000 new visitors a minute', two, program.memory(), calm);
  process.stdout.write(`the person: ${person}\nthe visitors: ${visitors}\n`);
} finally {
  await program.end();
  house.remove();
}

const other = makeHouse(AT_ONCE);
const road = await openRoad(other);
try {
  let first = 0;
  const memory = (): number => process.memoryUsage().rss;
  const fare = (): Promise<Fare> =>
    fareOf(road.connect, '', { people: PEOPLE, first: (first += PEOPLE), perSecond: PER_SECOND, ms });
  await fare();
  const calm = await fare();
  print('through receive, nobody floods', calm, memory());
  const stop = road.flood(50, 500);
  const busy = await fare();
  print('one room, 500 messages/s', busy, memory(), calm);
  process.stdout.write(`the room: ${JSON.stringify(stop())}\n`);
} finally {
  await road.close();
  other.remove();
}
