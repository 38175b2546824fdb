import type { Clock } from '../../core/clock.ts';
import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { NoticeKind } from '../../core/notice.ts';
import type { Store } from '../../core/store.ts';
import { wordDue, type Seen, type VigilTimes } from './word-due.ts';

export interface Vigil {
  /** The connection changed, or may have. */
  look(seen: Pick<Seen, 'state'> & { readonly trouble: string }): void;
  stop(): Promise<void>;
}

const CHANNEL = 'wechat';
const ALIVE_KEY = 'wechat.alive';
/** All in ms. */
const TIMES: VigilTimes = { lost: 15_000, steady: 60_000 };
const ALIVE = 30_000;
const AGAIN = 5000;
/** What was told before that is forgotten: then it is told again. */
const MEMORY = 30 * 24 * 3_600_000;

/** Gives the desk a word on what becomes of the connection: each thing once until all is well again, across restarts too. */
export async function createVigil(deps: {
  readonly store: Pick<Store, 'note' | 'notices' | 'setting' | 'keepSetting'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly times?: Partial<VigilTimes> | undefined;
}): Promise<Vigil> {
  const { store, clock, log } = deps;
  const times = { ...TIMES, ...deps.times };
  const told = await toldSinceWell();
  const kept = await store.setting(ALIVE_KEY);
  let seen: Seen = { state: 'off', since: clock.now().getTime(), heardUntil: kept === null ? null : Date.parse(kept) };
  let trouble = '';
  let running: Promise<void> = Promise.resolve();
  let callOff = (): void => {};
  let stopped = false;

  async function toldSinceWell(): Promise<Set<NoticeKind>> {
    const since = new Date(clock.now().getTime() - MEMORY).toISOString();
    const found = new Set<NoticeKind>();
    for (const { channel, kind } of await store.notices(since)) {
      if (channel !== CHANNEL) continue;
      if (kind === 'back') break;
      if (kind === 'lost' || kind === 'login' || kind === 'logged-out') found.add(kind);
    }
    return found;
  }

  async function attend(): Promise<void> {
    callOff();
    if (stopped) return;
    const now = clock.now().getTime();
    try {
      const due = wordDue(seen, told, now, times);
      if ('kind' in due) {
        const detail = due.kind === 'back' ? instantOf(seen.heardUntil) : trouble;
        await store.note({ channel: CHANNEL, kind: due.kind, detail }, new Date(now).toISOString());
        if (due.kind === 'back') told.clear();
        else told.add(due.kind);
      }
      // From here on we hear everything: a later gap begins no earlier.
      if (seen.state === 'online' && told.size === 0 && now - seen.since >= times.steady) await keepAlive(now);
      wake('kind' in due ? 0 : Math.min(due.in, seen.state === 'online' ? ALIVE : Infinity));
    } catch (error) {
      log.error({ error: messageOf(error) }, 'the desk could not be told about WeChat: trying again');
      wake(AGAIN);
    }
  }

  async function keepAlive(now: number): Promise<void> {
    await store.keepSetting(ALIVE_KEY, new Date(now).toISOString());
    seen = { ...seen, heardUntil: now };
  }

  function wake(ms: number): void {
    if (stopped || ms === Infinity) return;
    callOff = clock.after(ms, run);
  }

  function run(): void {
    running = running.then(attend);
  }

  return {
    look(to) {
      trouble = to.trouble;
      const now = clock.now().getTime();
      const [was, is] = [seen.state === 'online', to.state === 'online'];
      // While it is down the time counts from when it went down, through however many tries.
      seen = { ...seen, state: to.state, since: was === is ? seen.since : now };
      run();
    },
    async stop() {
      stopped = true;
      callOff();
      await running;
    },
  };
}

const instantOf = (ms: number | null): string => (ms === null ? '' : new Date(ms).toISOString());
