/**
 * Messages a second, and the time from a post to its answer, over the real HTTP server with durable storage, beside a plain botbuilder and
 * nlp.js bot with memory storage in the same run. `node bench/road.ts [--short]`
 */
import { readArguments } from './arguments.ts';
import { syncTimes } from './load/disk.ts';
import { makeHouse, startBare, startHouse, startPeer, type Measurable } from './load/house.ts';
import { within } from './load/others.ts';
import { measure, type Measured, type Phase } from './load/phase.ts';

const { values } = readArguments(import.meta.filename, {
  options: { short: { type: 'boolean' }, profile: { type: 'string' } },
});
const ms = values.short ? 2000 : 15_000;
const warmUpMs = values.short ? 1000 : 5000;
/** So many ask at once when it is flat out; enough to ask at random moments when it is not. */
const AT_ONCE = 64;
const VISITORS = 400;
/** The goal for the slowest hundredth; ms. */
const LONG = 50;

interface Figures {
  readonly most: Measured;
  readonly half: Measured;
}

const house = makeHouse();
const profile = values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`];
try {
  print('', ['msg/s', 'p50 ms', 'p95 ms', 'p99 ms', 'failed', 'cpu ms']);
  const ours = await figuresOf('yingsheng', await startHouse(house, profile), 'directline');
  const peer = await figuresOf('botbuilder + nlp.js', await startPeer(house), 'botframework', ours.half.perSecond);
  const best = await figuresOf(
    '  replies in the post',
    await startPeer(house),
    'expecting-replies',
    ours.half.perSecond,
  );
  const bare = await figuresOf('  the road alone', await startBare(house), 'directline', ours.half.perSecond);
  await tellDisk();
  times('ours / theirs, flat out', ours.most, peer.most);
  times('ours / theirs, at the same rate', ours.half, peer.half);
  times('ours / replies in the post, flat out', ours.most, best.most);
  times('the road alone / theirs, flat out', bare.most, peer.most);
  process.stdout.write(
    'theirs keeps nothing on disk, looks nothing up and says one sentence an intent; ours fsyncs before it acknowledges\n',
  );
} finally {
  house.remove();
}

async function figuresOf(name: string, program: Measurable, to: Phase['to'], ourRate?: number): Promise<Figures> {
  try {
    const phase = { url: program.url, to, warmUpMs, ms };
    const before = program.cpu();
    const most = await measure({ ...phase, clients: AT_ONCE });
    row(`${name}, flat out`, most, ((program.cpu() - before) * 1000) / most.asked);
    const rate = ourRate === undefined ? most.perSecond / 2 : Math.min(ourRate, most.perSecond / 2);
    const half = await measure({ ...phase, clients: VISITORS, first: AT_ONCE, rate });
    row(`${name}, at ${Math.round(rate)}/s`, half);
    return { most, half };
  } finally {
    await program.end();
  }
}

/** Nobody is answered while the disk keeps nothing, so what it alone makes us wait is told beside. */
async function tellDisk(): Promise<void> {
  const took = await syncTimes(house.data, ms);
  const at = (share: number): number => within({ times: took, failed: 0 }, share);
  const [p50, p95, p99] = [at(0.5), at(0.95), at(0.99)];
  const slow = took.filter((one) => one > LONG);
  row('the disk alone, a write and its sync', { perSecond: took.length / (ms / 1000), p50, p95, p99, failed: 0 });
  const share = (100 * slow.reduce((sum, one) => sum + one, 0)) / ms;
  process.stdout.write(`  ${slow.length} of ${took.length} syncs over ${LONG} ms: ${share.toFixed(1)} % of the time\n`);
}

function times(name: string, one: Measured, other: Measured): void {
  const parts = [one.perSecond / other.perSecond, one.p50 / other.p50, one.p95 / other.p95, one.p99 / other.p99];
  print(
    name,
    parts.map((part) => `${part.toFixed(2)}x`),
  );
}

function row(
  name: string,
  { perSecond, p50, p95, p99, failed }: Omit<Measured, 'asked' | 'messages'>,
  cpu?: number,
): void {
  const times = [p50, p95, p99].map((ms) => ms.toFixed(1));
  print(name, [perSecond.toFixed(0), ...times, String(failed), cpu?.toFixed(2) ?? '']);
}

function print(name: string, columns: readonly string[]): void {
  process.stdout.write(`${name.padEnd(36)}${columns.map((column) => column.padStart(9)).join('')}\n`);
}
