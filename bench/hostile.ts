import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import { besiege } from '../test/hostile/siege.ts';
import { openHouse } from '../test/hostile/house.ts';
import { newVisitor } from '../test/hostile/visitor.ts';
import { openDoor } from '../test/hostile/door.ts';
import { readArguments } from './arguments.ts';
import { watchLoop, type HeldUp } from './load/held-up.ts';

/**
 * `node bench/hostile.ts`: every bad input on the shipped program in this process, how each ended, and how long the event loop was held
 * up by the worst. What sends them runs here too, so the figures are upper bounds. A machine that is busy with other things holds
 * everybody up: a thread that does nothing but sleep tells how much of it is that, and so do the processor time this one has had between two
 * looks at the clock, and its wait for the disk. Exits 1 where an input ended in none of the ways it may, or held others up by its own work.
 */
readArguments(import.meta.filename, {});

const LIMIT_MS = 200;
/** A header must have come within 15 s, which is looked at every 5 s. */
const SLOWEST_MS = 25_000;

process.env['TZ'] = 'Asia/Shanghai';
const house = await openHouse();
const idle = new Worker(
  `const { monitorEventLoopDelay } = require('node:perf_hooks');
   const delay = monitorEventLoopDelay({ resolution: 5 }); delay.enable(); setInterval(() => {}, 5);
   require('node:worker_threads').parentPort.on('message', (port) => {
     require('node:worker_threads').parentPort.postMessage(delay.max / 1e6); delay.reset();
   });`,
  { eval: true },
);
const idleMax = (): Promise<number> =>
  new Promise((resolve) => {
    idle.once('message', resolve);
    idle.postMessage('');
  });

const dribbled = performance.now();
const { hostname, port } = new URL(house.url);
const dribbler = connect(Number(port), hostname, () => dribbler.write('GET / HTTP/1.1\r\nHost: a\r\nX-A: '));
dribbler.on('error', () => {});
const drip = setInterval(() => dribbler.write('a'), 500);
const cut = new Promise<number>((resolve) => dribbler.on('close', () => resolve(performance.now() - dribbled)));

const loop = watchLoop();
const held: (HeldUp & { name: string; idle: number })[] = [];
const siege = await besiege(house, async (name, work) => {
  await idleMax();
  loop.worst();
  await work();
  held.push({ name, ...loop.worst(), idle: await idleMax() });
});

const door = openDoor(house.url, 90);
const calm: number[] = [];
for (let n = 0; n < 20; n += 1) {
  loop.worst();
  const one = await newVisitor(door, `calm${n}`);
  await one.say('12345678到哪了');
  one.close();
  calm.push(loop.worst().ms);
}
door.close();

const ways: Record<string, number> = {};
for (const { how } of siege.endings) ways[how] = (ways[how] ?? 0) + 1;
console.log(
  `${siege.endings.length} inputs: ${JSON.stringify(ways)}; ${siege.served} ordinary customers served in between`,
);
console.log(
  `ended otherwise: ${siege.wrong.length}; messages unaccounted for: ${siege.unaccounted}; errors logged: ${house.errors.length}`,
);
for (const wrong of [...siege.wrong, ...house.errors].slice(0, 20)) console.log(`  ${wrong.slice(0, 300)}`);
held.sort((a, b) => b.ms - a.ms);
console.log(
  'event loop held up, the worst ten (in brackets: a thread that only sleeps, meanwhile; processor time of this one, and its wait for the disk, at a stretch):',
);
for (const { name, ms, idle: asleep, cpu, disk } of held.slice(0, 10))
  console.log(`  ${ms.toFixed(0)} ms (${asleep.toFixed(0)} ms; ${cpu.toFixed(0)} ms, ${disk.toFixed(0)} ms)  ${name}`);
const most = (of: 'cpu' | 'disk'): string => Math.max(...held.map((one) => one[of])).toFixed(0);
console.log(`most processor time at a stretch ${most('cpu')} ms, longest wait for the disk ${most('disk')} ms`);
const middle = held[Math.floor(held.length / 2)]?.ms ?? NaN;
console.log(`median ${middle.toFixed(0)} ms; an ordinary customer ${calm.sort((a, b) => a - b)[10]?.toFixed(0)} ms`);
const over = held.filter(({ cpu }) => cpu > LIMIT_MS);
console.log(`held up over ${LIMIT_MS} ms by work of their own: ${over.length}`);
const after = await Promise.race([
  cut,
  new Promise<number>((resolve) => setTimeout(() => resolve(Infinity), SLOWEST_MS)),
]);
console.log(`a header that never ends was cut off after ${(after / 1000).toFixed(1)} s`);
clearInterval(drip);
dribbler.destroy();
await idle.terminate();
await house.close();
const broken = siege.wrong.length + siege.unaccounted + house.errors.length + over.length > 0 || after > SLOWEST_MS;
process.exit(broken ? 1 : 0);
