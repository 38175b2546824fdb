import type { Chance } from './chance.ts';
import { finish } from './finish.ts';
import { startLife, type Setting } from './life.ts';
import { pause, type Side } from './side.ts';
import { openTown, type Town } from './town.ts';
import type { Verdict } from './verdict.ts';

export interface StormResult {
  readonly verdict: Verdict;
  readonly kills: number;
  /** Kills that came before the program served. */
  readonly whileStarting: number;
  /** Messages written when the last kill came: the rest is written to the life that is let be. */
  readonly underFire: number;
  /** ms from the start of a process to its first readiness, the middle one of all. */
  readonly start: number;
  readonly seconds: number;
}

/** Of all kills, those that come at any instant of the start. */
const STARTING = 0.15;
/** A life that serves longer has nothing new to show, in ms; nor has one in which all has been answered for so long. */
const LONGEST_LIFE = 4000;
/** WeChat's own process starts after the program, and logs in. */
const WITH_WECHAT = 10_000;
const NOTHING_DUE = 300;
const LOOK = 20;

/** So many messages in so many lives, each of which ends in a kill: how many more may be written in the next one. Towns that share it take as many as they can. */
export function* lives(messages: number, kills: number): Generator<number, void> {
  for (let kill = 0; kill < kills; kill++)
    yield Math.floor((messages * (kill + 1)) / kills) - Math.floor((messages * kill) / kills);
}

/** Everybody writes while the program is killed -9 again and again; then one life is let be, and all is compared. */
export async function storm(options: {
  readonly lives: Iterable<number>;
  readonly setting: Setting;
  readonly sides: readonly Side[];
  readonly chance: Chance;
  /** Nothing more is waited for at the end when nothing has happened for so long, in ms. */
  readonly quietMs: number;
  readonly progress: (kill: number, written: number) => void;
}): Promise<StormResult> {
  const { setting, sides, chance } = options;
  const began = Date.now();
  const town = openTown(sides, chance, `http://127.0.0.1:${setting.port}`);
  const channels = sides.map(({ channel }) => channel);
  const starts: number[] = [];
  let [kills, whileStarting] = [0, 0];
  for (const more of options.lives) {
    const life = startLife(setting);
    const started = Date.now();
    void life.ready.then((served) => served && starts.push(Date.now() - started));
    town.allow(more);
    const moment = momentToDie(town, channels, chance);
    // Now and then even before it serves: starting is work on the same database.
    if (kills > 0 && chance.below(1) < STARTING) await pause(chance.below(1.2 * middle(starts)));
    else if (await life.ready) await Promise.race([moment.come, life.ended, dull(town, moment.longest)]);
    // Nothing but a kill may end it: not the first start, and none after a kill.
    if (!life.alive()) throw new Error(`the program ended by itself: see ${setting.logFile}`);
    if (!(await Promise.race([life.ready, Promise.resolve(false)]))) whileStarting += 1;
    await life.kill();
    options.progress((kills += 1), town.oracle.told.size);
  }
  const underFire = town.oracle.told.size;
  const verdict = await finish(setting, town, options.quietMs);
  return {
    verdict,
    kills,
    whileStarting,
    underFire,
    start: middle(starts),
    seconds: (Date.now() - began) / 1000,
  };
}

/**
 * Resolves at a random instant of a life's work: right after (so within a few ms of the next write or send) so many
 * messages were acknowledged, or so many replies heard on one of the channels; or some time after so many replies on any.
 */
function momentToDie(
  town: Town,
  channels: readonly string[],
  chance: Chance,
): { readonly come: Promise<void>; readonly longest: number } {
  const kind = chance.below(1);
  const one = channels[chance.whole(channels.length)];
  const [what, channel, most, longest] =
    kind < 0.2
      ? (['acknowledged', null, 40, 25] as const)
      : kind < 0.5
        ? (['heard', one, 6, 25] as const)
        : (['heard', null, 1.5 * town.due(), 400] as const);
  let left = 1 + chance.whole(most);
  const after = chance.below(longest);
  const come = new Promise<void>((resolve) => {
    town.onEvent((happened, where) => {
      if (happened === what && (channel === null || channel === where) && --left === 0) resolve();
    });
  });
  return { come: come.then(() => pause(after)), longest: channel === 'wechat' ? WITH_WECHAT : LONGEST_LIFE };
}

/** Resolves when a life that serves has shown what it can, after `longest` ms at the latest. */
async function dull(town: Town, longest: number): Promise<void> {
  const began = Date.now();
  for (let since = began; Date.now() - since < NOTHING_DUE && Date.now() - began < longest; await pause(LOOK))
    if (town.due() > 0) since = Date.now();
}

function middle(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 1000;
}
