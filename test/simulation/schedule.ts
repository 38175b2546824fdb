import { createHash } from 'node:crypto';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import { agent, closeTickets } from './agents.ts';
import { createParcels } from './business.ts';
import { slackCustomer, webCustomer, wechatCustomer } from './customers.ts';
import type { SimulatedDesk } from './desk.ts';
import { noFaults, type Faults } from './faults.ts';
import { createLife } from './life.ts';
import { createOracle } from './oracle.ts';
import { startProgram, type Program } from './program.ts';
import { createRandom } from './random.ts';
import { createExclusive } from './shaky-store.ts';
import { createSlackWorkspace } from './slack-workspace.ts';
import { isQuiet, survey } from './survey.ts';
import { createVirtualTime } from './virtual-time.ts';
import { createWechatNetwork } from './wechat-network.ts';
import { clearUp, drawWeather } from './weather.ts';
import type { World } from './world.ts';

export interface Run {
  readonly seed: number;
  /** What went wrong, a sentence each; empty where nothing did. */
  readonly problems: readonly string[];
  /** Everything that happened, in order, with its running time in seconds. */
  readonly story: readonly string[];
  /** Of the story: the same for the same seed. */
  readonly hash: string;
}

/** A Saturday morning. */
const START = '2026-11-21T10:00:00+08:00';
const PEOPLE = ['p0', 'p1', 'p2', 'p3', 'p4'];
/** How long it goes on, how long all may go wrong, and how long it may take to become quiet; minutes. */
const STORM = 6;
const LONGEST = 90;
/** After so many quiet minutes nobody may wait for an answer any more. */
const TO_ANSWER = 5;
/** When the agents resolve what they hold, so that what waits for them to be done comes about. */
const CLOSING = 6;

const rejected: unknown[] = [];
/** A rejection that nobody handles is a problem of the schedule that runs. */
export function watchRejections(): void {
  process.on('unhandledRejection', (error) => void rejected.push(error));
}

/** Plays one schedule, from a fresh database to the end. The same seed gives the same schedule, to the millisecond. */
export async function simulate(desk: SimulatedDesk, seed: number, faults: Faults = noFaults): Promise<Run> {
  const random = createRandom(seed);
  const story: string[] = [];
  const problems: string[] = [];
  const time = createVirtualTime(START);
  const weather = drawWeather(random.fork());
  const note = (what: string): void => void story.push(`${(time.elapsed() / 1000).toFixed(3)} ${what}`);
  const object = (what: string): void => {
    note(`WRONG: ${what}`);
    problems.push(what);
  };
  const store = await openSqliteStore({ path: ':memory:' });
  const parcels = createParcels(PEOPLE, random.fork(), time.now());
  let program: Program | null = null as Program | null;
  let edition = 0;
  const world: World = {
    ...{ desk, time, random, weather, store, parcels, faults, note },
    exclusive: createExclusive(),
    slackDesk: random.chance(0.4),
    oracle: createOracle({ store, parcels, object }),
    bookings: new Map(),
    slack: createSlackWorkspace({ time, random: random.fork(), weather: weather.platform, note }),
    wechat: createWechatNetwork({ time, random: random.fork(), weather, note }),
    knowledge: () => desk.editions[edition]!,
    program: () => program,
  };

  let lives = 0;
  /** Whoever looks after the program starts it again whenever it has ended. */
  async function keepAlive(): Promise<never> {
    const pauses = random.fork();
    for (;;) {
      const life = createLife(++lives);
      const ended = new Promise<void>((resolve) => life.onEnd(resolve));
      note(`life ${life.number} begins`);
      const started = startProgram(world, life).then(
        (running) => void (program = running),
        (error: unknown) => {
          note(`life ${life.number} could not begin: ${String(error)}`);
          life.end();
        },
      );
      await Promise.race([ended, started]);
      await ended;
      note(`life ${life.number} has ended`);
      program = null;
      await time.sleep(pauses.between(200, 20_000));
    }
  }
  const crash = (): void => {
    note('crash');
    program?.life.end();
  };
  /** A proper stop must end by itself. */
  async function stop(): Promise<void> {
    const running = program;
    if (running === null || !running.life.alive()) return;
    note('stop');
    const late = time.after(150_000, () => running.life.alive() && object('a stop took more than 150 s'));
    await running.stop();
    late();
    running.life.end();
  }
  function happenings(): void {
    const when = random.fork();
    const at = (count: number, happen: () => void): void => {
      for (let n = 0; n < count; n += 1) time.after(when.between(5, STORM * 60) * 1000, happen);
    };
    at(weather.events.crash, crash);
    at(weather.events.stop, () => void stop().catch((error: unknown) => object(`a stop failed: ${String(error)}`)));
    at(weather.events.reload, () => {
      edition = (edition + 1) % desk.editions.length;
      note(`the knowledge is now edition ${edition}`);
    });
    at(weather.events.suspend, () => {
      const ms = when.between(10, 7200) * 1000;
      note(`the machine sleeps for ${ms} ms`);
      time.suspend(ms);
    });
    at(weather.events.setClock, () => {
      const ms = when.between(-120, 120) * 1000;
      note(`the clock is set by ${ms} ms`);
      time.setClock(ms);
    });
  }

  rejected.length = 0;
  void keepAlive();
  happenings();
  const cast = random.fork();
  const roads = [webCustomer, webCustomer, slackCustomer, wechatCustomer, wechatCustomer];
  const parts = PEOPLE.filter(() => cast.chance(0.7)).map((person, n) =>
    cast.pick(roads.slice(n % 2))(world, person, cast.fork()),
  );
  const agents = ['1001', '1101', '1901']
    .slice(0, cast.between(0, 3))
    .map((number) => agent(world, number, cast.fork()));
  for (const part of [...parts, ...agents])
    part.catch((error: unknown) => object(`the simulation itself failed: ${String(error)} ${(error as Error).stack}`));

  await time.pass(STORM * 60_000);
  clearUp(weather);
  note('the weather clears up');
  let minutes = 0;
  while (minutes < LONGEST && !(minutes > CLOSING && (await isQuiet(world)))) {
    await time.pass(60_000);
    minutes += 1;
    if (minutes === CLOSING) await closeTickets(world);
    if (minutes === TO_ANSWER)
      for (const id of await store.waiting()) object(`${id} still waits after ${minutes} quiet minutes`);
  }
  if (minutes >= LONGEST) object(`not quiet after ${minutes} minutes`);
  for (const what of await survey(world)) object(what);
  for (const error of rejected) object(`nobody handled: ${error instanceof Error ? error.stack : String(error)}`);
  program?.life.end();
  await store.close();
  return { seed, problems, story, hash: createHash('sha256').update(story.join('\n')).digest('hex') };
}
