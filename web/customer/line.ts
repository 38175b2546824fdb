import type { Observable } from '../browser/observable.ts';
import { backoff, createPause } from '../browser/pause.ts';
import type { ActivitySet } from './activity.ts';
import { fetchActivities, fetchStreamUrl, type Session } from './directline.ts';
import { kindOf } from './failure.ts';
import type { SessionKeeper } from './session.ts';
import { followStream } from './stream.ts';

/** connecting: the first time. online: the last thing we know is that the server answered. broken: trying again. */
export type LineState = 'connecting' | 'online' | 'broken';

export interface Line {
  readonly start: () => void;
  /** Looks at once whether the server is there and has anything new. */
  readonly nudge: () => void;
}

interface Parts {
  readonly keeper: SessionKeeper;
  readonly state: Observable<LineState>;
  readonly onSet: (set: ActivitySet) => void;
}

const POLL = 2000;
const POLLS_BEFORE_NEXT_SOCKET = 20;
/** A gap between two streams that is shorter is nothing to trouble the customer with. */
const UNNOTICED = 1500;

/**
 * Keeps the page on the line: first everything since the watermark by GET, then the stream; where sockets do not get
 * through, polling. Each loss is followed by another try, so a restart of the server needs no reload.
 */
export function createLine({ keeper, state, onSet }: Parts): Line {
  const pause = createPause();
  let watermark: string | undefined;
  let following = new AbortController();
  let failures = 0;
  let socketFailures = 0;
  let gap: ReturnType<typeof setTimeout> | undefined;

  const take = (set: ActivitySet): void => {
    watermark = set.watermark ?? watermark;
    onSet(set);
  };

  const answered = (): void => {
    clearTimeout(gap);
    failures = 0;
    state.set('online');
  };

  /** Reads the log to its end. */
  const catchUp = async (session: Session): Promise<void> => {
    for (;;) {
      const before = watermark;
      const set = await fetchActivities(session, watermark);
      take(set);
      if (set.activities.length === 0 || watermark === before) break;
    }
    answered();
  };

  keeper.onDrop(() => {
    watermark = undefined;
    following.abort();
  });

  const poll = async (session: Session): Promise<void> => {
    for (let left = POLLS_BEFORE_NEXT_SOCKET; left > 0 && !following.signal.aborted; left -= 1) {
      await pause.wait(POLL);
      await catchUp(session);
    }
  };

  const follow = async (session: Session): Promise<void> => {
    const url = await fetchStreamUrl(session, watermark);
    if (url === undefined || socketFailures >= 2) {
      socketFailures = 0;
      return poll(session);
    }
    const renewal = setInterval(() => void keeper.get().catch(() => {}), 60_000);
    const opened = await followStream(url, take, following.signal);
    clearInterval(renewal);
    socketFailures = opened ? 0 : socketFailures + 1;
  };

  const connect = async (): Promise<void> => {
    following = new AbortController();
    const session = await keeper.get();
    try {
      await catchUp(session);
      await follow(session);
    } catch (error) {
      if (kindOf(error) !== 'gone') throw error;
      keeper.drop(session);
    }
  };

  const run = async (): Promise<never> => {
    for (;;) {
      const began = Date.now();
      try {
        await connect();
        gap = setTimeout(() => state.set('broken'), UNNOTICED);
      } catch {
        state.set('broken');
        failures += 1;
      }
      // A line that broke after a while is tried again at once; one that breaks at once is not hammered.
      const hasty = Date.now() - began < 1000;
      if (failures > 0 || hasty) await pause.wait(backoff(failures));
    }
  };

  return {
    start: () => void run(),
    nudge: () => {
      pause.wake();
      if (state.get() !== 'online') return;
      void keeper
        .get()
        .then(catchUp)
        .catch(() => following.abort());
    },
  };
}
