/**
 * Nothing lost, nothing doubled, nothing out of order, however the program dies or its disk fails.
 * `node bench/crash.ts [--short] [--kills N] [--messages N] [--points N|all] [--seed S] [--desk shipped|small] [--towns N] [--only storm,points,seeds] [--keep]`
 * Three parts: kill -9 at random instants under load on all channels; death, EIO and ENOSPC at the writes, fsyncs and sends
 * of scripted turns (strace); and the same program with a seeded bug, eight times, each of which must be noticed.
 * Progress goes to stderr, the table to stdout. Exit 1 on any violation or unnoticed bug.
 */
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments, wholeNumber } from './arguments.ts';
import { createChance } from './crash/chance.ts';
import { prepareDesk, type DeskFolders } from './crash/desk.ts';
import { freePort, startLife, type Setting } from './crash/life.ts';
import { points, type Ground } from './crash/points.ts';
import { pointsTable, seedsTable, stormTable } from './crash/report.ts';
import { ALL_SEEDS, catchSeed, type Caught } from './crash/seeded.ts';
import { pause, type Side } from './crash/side.ts';
import { slackSide } from './crash/slack-side.ts';
import { lives, storm, type StormResult } from './crash/storm.ts';
import { tracerTrouble } from './crash/tracer.ts';
import { violations } from './crash/verdict.ts';
import { webSide } from './crash/web-side.ts';
import { wechatSide } from './crash/wechat-side.ts';

const { values } = readArguments(import.meta.filename, {
  options: {
    short: { type: 'boolean', default: false },
    kills: { type: 'string' },
    messages: { type: 'string' },
    points: { type: 'string' },
    seed: { type: 'string', default: '1' },
    desk: { type: 'string' },
    towns: { type: 'string' },
    only: { type: 'string', default: 'storm,points,seeds' },
    keep: { type: 'boolean', default: false },
  },
});
const kills = wholeNumber(values.kills, values.short ? 50 : 1000);
const messages = wholeNumber(values.messages, values.short ? 2500 : 50_000);
const wanted = values.points ?? (values.short ? '60' : 'all');
const deskSize = (values.desk ?? (values.short ? 'small' : 'shipped')) === 'shipped' ? 'shipped' : 'small';
const seed = wholeNumber(values.seed, 1);
const parts = values.only.split(',');
/** Programs in the storm side by side, each with its own data folder and people. */
const towns = wholeNumber(values.towns, 2);

if (parts.some((part) => part !== 'storm')) {
  const trouble = await tracerTrouble();
  if (trouble !== null) {
    process.stderr.write(`${trouble}\n`);
    process.exit(1);
  }
}

/** Beyond what a program takes to keep what it learned, in ms. */
const CALM = 4000;

const folder = await mkdtemp(join(tmpdir(), 'crash-'));
const status = new Map<string, string>();
function tell(part: string, text: string): void {
  status.set(part, text);
  const line = [...status].map(([name, said]) => `${name} ${said}`).join(' · ');
  process.stderr.write(process.stderr.isTTY ? `\r${line}\u001b[K` : `${line}\n`);
}

/** An address, a data folder and far sides of its own. */
function grounds(desk: DeskFolders, sidesAt: (url: string) => Promise<readonly Side[]>): Ground {
  return async (name) => {
    const port = await freePort();
    const sides = await sidesAt(`http://127.0.0.1:${port}`);
    const env = Object.assign({}, ...sides.map((side) => side.env)) as Record<string, string>;
    mkdirSync(join(folder, name), { recursive: true });
    const setting = { port, dataDir: join(folder, name, 'data'), desk, env, logFile: join(folder, name, 'log') };
    return { setting, sides };
  };
}

/** A first life in peace: what it learned and compiled is kept, and no other one has to do it again. */
async function settleIn(setting: Setting): Promise<void> {
  const life = startLife(setting);
  await life.ready;
  await pause(CALM);
  await life.stop();
}

const small = await prepareDesk(join(folder, 'small'), 'small');
const few: Ground = grounds(small, async (url) => [webSide(url, { seats: 4 }), await slackSide(url, { seats: 2 })]);
const found: string[] = [];
const tables: string[] = [];

async function runStorm(): Promise<void> {
  const desk = deskSize === 'small' ? small : await prepareDesk(join(folder, 'shipped'), 'shipped');
  // WeChat's own process is most of what a life costs: in the short form one town has none.
  const many = (name: string, withWechat = true): ReturnType<Ground> =>
    grounds(desk, async (url) => [
      webSide(url, { seats: 24 }),
      await slackSide(url, { seats: 8 }),
      ...(withWechat ? [await wechatSide({ seats: 8 })] : []),
    ])(name);
  await settleIn((await many('before')).setting);
  const left = lives(messages, kills);
  const inTown = async (town: number): Promise<StormResult> =>
    storm({
      ...(await many(`storm-${town}`, !values.short || town === 0)),
      ...{ lives: left, quietMs: 30_000 },
      chance: createChance(seed * towns + town),
      progress: (kill, written) => tell(`town ${town}`, `${kill} of ${kills} kills, ${written} messages`),
    });
  const results = await Promise.all(Array.from({ length: towns }, (_, town) => inTown(town)));
  found.push(...results.flatMap(({ verdict }) => violations(verdict)));
  tables.push(stormTable(results, deskSize));
}

async function runPoints(): Promise<void> {
  const result = await points({
    points: wanted === 'all' ? 'all' : wholeNumber(wanted, 60),
    folder: join(folder, 'strace'),
    ground: few,
    chance: createChance(seed),
    // Lives that met an error rest before they try again.
    workers: 6,
    progress: (done, of) => tell('points', `${done}/${of}`),
  });
  found.push(...result.violations);
  tables.push(pointsTable(result));
}

async function runSeeds(): Promise<void> {
  const caught: Caught[] = [];
  const left = ALL_SEEDS.values();
  // Most of a seed's time is waiting.
  const lane = async (): Promise<void> => {
    for (const one of left) {
      tell('seeds', one);
      caught.push(await catchSeed(one, few, folder));
    }
  };
  await Promise.all([lane(), lane(), lane()]);
  found.push(...caught.flatMap(({ seed: name, by }) => (by === null ? [`seeded bug not noticed: ${name}`] : [])));
  tables.push(seedsTable(caught));
}

/** The storm keeps one core busy; the other two parts share the other one. */
await Promise.all([
  parts.includes('storm') ? runStorm() : null,
  (async () => {
    if (parts.some((part) => part !== 'storm')) await settleIn((await few('before')).setting);
    if (parts.includes('points')) await runPoints();
    if (parts.includes('seeds')) await runSeeds();
  })(),
]);
process.stdout.write(`\n${tables.join('\n')}\n`);
for (const what of found.slice(0, 50)) process.stdout.write(`violation: ${what}\n`);
process.stdout.write(`${found.length} violations (seed ${seed})\n`);
if (values.keep || found.length > 0) process.stdout.write(`databases and logs: ${folder}\n`);
else await rm(folder, { recursive: true, force: true });
process.exit(found.length === 0 ? 0 : 1);
