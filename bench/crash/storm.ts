import type { Chance } from './chance.ts';
import { finish } from './finish.ts';
import { startLife, type Life, type Setting } from './life.ts';
import { pause, type Side } from './side.ts';
import { openTown, type Town } from './town.ts';
import type { Verdict } from './verdict.ts';

export interface StormResult {
  readonly verdict: Verdict;
  readonly kills: number;
  /** Kills that came before the program served. */
  readonly whileStarting: number;
  /** ms from the start of a process to its first readiness, the middle one of all. */
  readonly start: number;
  readonly seconds: number;
}

/** ms */
const LONGEST_LIFE = 8000;

/** Everybody writes while the program is killed -9 again and again; then one life is let be, and all is compared. */
export async function storm(options: {
  readonly kills: number;
  readonly messages: number;
  readonly setting: Setting;
  readonly sides: readonly Side[];
  readonly chance: Chance;
  /** Nothing more is waited for at the end when nothing has happened for so long, in ms. */
  readonly quietMs: number;
  readonly progress: (kill: number, written: number) => void;
}): Promise<StormResult> {
  const { kills, messages, setting, sides, chance } = options;
  const began = Date.now();
  const town = openTown(sides, chance);
  const starts: number[] = [];
  let whileStarting = 0;
  for (let kill = 0; kill < kills; kill++) {
    const life = startLife(setting);
    const started = Date.now();
    void life.ready.then((served) => served && starts.push(Date.now() - started));
    town.allow(Math.floor((messages * (kill + 1)) / kills) - Math.floor((messages * kill) / kills));
    // Now and then even before it serves: starting is work on the same database.
    if (kill > 0 && chance.below(1) < 0.15) await pause(chance.below(1.2 * middle(starts)));
    else if (await life.ready) await momentToDie(life, town, chance, messages / kills);
    // Nothing but a kill may end it: not the first start, and none after a kill.
    if (!life.alive()) throw new Error(`the program ended by itself: see ${setting.logFile}`);
    if (!(await Promise.race([life.ready, Promise.resolve(false)]))) whileStarting += 1;
    await life.kill();
    options.progress(kill + 1, town.oracle.told.size);
  }
  const verdict = await finish(setting, town, options.quietMs);
  return {
    verdict,
    kills,
    whileStarting,
    start: middle(starts),
    seconds: (Date.now() - began) / 1000,
  };
}

/**
 * Resolves at a random instant of a life that serves: some time after so many messages were written in it, or right
 * after (so within a few ms of the next write or send) so many replies were heard on one of the channels.
 */
async function momentToDie(life: Life, town: Town, chance: Chance, messagesALife: number): Promise<void> {
  const channels = ['webchat', 'slack', 'wechat'];
  const wanted =
    chance.below(1) < 0.5 ? { what: 'wrote', channel: null } : { what: 'heard', channel: channels[chance.whole(3)] };
  let left = 1 + chance.whole(wanted.channel === null ? 1.6 * messagesALife : 6);
  const after = chance.below(wanted.channel === null ? 400 : 25);
  const come = new Promise<void>((resolve) => {
    town.onEvent((what, channel) => {
      if (what === wanted.what && (wanted.channel === null || wanted.channel === channel) && --left === 0) resolve();
    });
  });
  await Promise.race([come, life.ended, pause(LONGEST_LIFE * chance.below(1))]);
  await pause(after);
}

function middle(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 1000;
}
