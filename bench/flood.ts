/**
 * How others fare while one person writes 200 messages a second, 1,000 new visitors come a minute (both over HTTP), and one room of
 * 50 members writes 500 a second (through the channels' `receive`); calm times before and after each, so that drift shows.
 * `node bench/flood.ts [--short]`: five minutes; under one.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { readArguments } from './arguments.ts';
import type { Connect } from './load/client.ts';
import { connectDirectLine } from './load/direct-line.ts';
import { makeHouse, startHouse } from './load/house.ts';
import { fareOf, spread, together, within, type Fare } from './load/others.ts';
import { openRoad } from './load/room.ts';
import { untilCalm } from './load/warm-up.ts';

const { values } = readArguments(import.meta.filename, { options: { short: { type: 'boolean' } } });
const ms = values.short ? 4000 : 40_000;
const warmUpMs = values.short ? 3000 : 15_000;
const PEOPLE = 120;
const PER_SECOND = 25;
/** A finished thought is answered at once, as always; the others are given no time to go on, which would hide what the flood costs. */
const AT_ONCE = { 'merge_ms: 1200': 'merge_ms: 0' };

/** Gives how the flood itself was met, and why it is cheap or dear. */
type Flood = (ms: number) => Promise<string>;

interface Subject {
  readonly connect: Connect;
  readonly url: string;
  /** Seconds of the processor so far, and resident memory; bytes. */
  cpu(): number;
  memory(): number;
}

const flooder =
  (url: string, kind: 'person' | 'visitors', perSecond: number): Flood =>
  async (ms) => {
    const script = join(import.meta.dirname, 'load', 'flooder.ts');
    const child = spawn(process.execPath, [script, url, kind, String(perSecond), String(ms)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    await new Promise((resolve) => child.on('close', resolve));
    return out.trim();
  };

const row = (name: string, columns: readonly string[]): void =>
  void process.stdout.write(`${name.padEnd(32)}${columns.map((column) => column.padStart(10)).join('')}\n`);

let people = 0;
const asked = ({ connect, url }: Subject, ms: number): Promise<Fare> =>
  fareOf(connect, url, { people: PEOPLE, first: (people += PEOPLE), perSecond: PER_SECOND, ms });

/** Calm, each flood, and calm again; ratios are to both calm times together. */
async function measure(subject: Subject, road: string, floods: Readonly<Record<string, Flood>>): Promise<void> {
  await asked(subject, warmUpMs);
  await untilCalm(() => subject.cpu());
  const measured: { name: string; fare: Fare; cpu: number; memory: number }[] = [];
  const told: string[] = [];
  async function phase(name: string, flood?: Flood): Promise<Fare> {
    const before = subject.cpu();
    const [fare, how] = await Promise.all([asked(subject, ms), flood?.(ms)]);
    measured.push({ name, fare, cpu: subject.cpu() - before, memory: subject.memory() });
    if (how !== undefined) told.push(`${name}: ${how}`);
    return fare;
  }
  const before = await phase(`${road}, nobody floods`);
  for (const [name, flood] of Object.entries(floods)) await phase(name, flood);
  const calm = together(before, await phase(`${road}, nobody floods`));
  for (const { name, fare, cpu, memory } of measured) {
    const [low, high] = spread(fare, 0.99);
    const times = (share: number): string => (within(fare, share) / within(calm, share)).toFixed(2);
    row(name, [
      ...[fare.times.length, fare.failed].map(String),
      ...[within(fare, 0.5).toFixed(1), times(0.5), within(fare, 0.99).toFixed(1), times(0.99)],
      ...[`${low.toFixed(0)}-${high.toFixed(0)}`, cpu.toFixed(1), (memory / 1e6).toFixed(0)],
    ]);
  }
  for (const line of told) process.stdout.write(`  ${line}\n`);
}

row('the others', ['answered', 'failed', 'p50 ms', 'times', 'p99 ms', 'times', '95 %', 'cpu s', 'rss MB']);
const house = makeHouse(AT_ONCE);
const program = await startHouse(house);
try {
  const { url } = program;
  await measure({ ...program, connect: connectDirectLine }, 'over HTTP', {
    'one person, 200 messages/s': flooder(url, 'person', 200),
    '1,000 new visitors a minute': flooder(url, 'visitors', 1000 / 60),
  });
} finally {
  await program.end();
  house.remove();
}

const other = makeHouse(AT_ONCE);
const road = await openRoad(other);
try {
  const cpu = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const memory = (): number => process.memoryUsage().rss;
  await measure({ connect: road.connect, url: '', cpu, memory }, 'through receive', {
    'one room, 500 messages/s': (ms) => road.flood(50, 500, ms),
  });
} finally {
  await road.close();
  other.remove();
}
