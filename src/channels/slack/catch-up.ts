import type { Clock } from '../../core/clock.ts';
import { messageOf, RefusedError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Store } from '../../core/store.ts';
import type { Call } from './call.ts';
import { type Heard, readHistory } from './event.ts';
import { readPages } from './pages.ts';
import { CHANNEL, placeOf } from './place.ts';

const HEARD = 'slack.heard';
/** Slack tries an event again for about 6 minutes: what is older than this has come or will not come. In ms. */
const MARGIN = 10 * 60_000;
/** How far back an outage is made good, and how long a thread counts as going on; in ms. */
const LONGEST_OUTAGE = 7 * 86_400_000;
const THREAD_LIFE = 7 * 86_400_000;
/** How long a live message waits for what was missed before it in its channel, in ms. */
const PATIENCE = 1000;

export interface CatchUp {
  /** From the last time that all was well until now, messages may have been missed. */
  lost(): void;
  /** Whether something may still be missing. */
  readonly missing: boolean;
  /** Fetches what was missed; afterwards nothing is missing, or it is to be called again. Never throws. */
  run(): Promise<void>;
  /** Fetches what was missed in one channel, before a newer message of it is taken in. Never throws, and not for long. */
  before(channel: string, direct: boolean): Promise<void>;
  /** All is well now: what was sent until a moment ago has been heard. */
  well(): Promise<void>;
  /** Begins nothing more; what is still missing is made good at the next start. */
  stop(): void;
}

interface Outage {
  /** ms since 1970 */
  readonly since: Promise<number>;
  readonly channels: Map<string, Promise<void>>;
}

export function createCatchUp(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly call: Call;
  readonly team: () => string | null;
  readonly take: (heard: Heard) => Promise<void>;
  /** Threads of others than customers: the desk's. */
  readonly threads: () => Promise<readonly { readonly channel: string; readonly thread: string }[]>;
}): CatchUp {
  const { store, clock, log, call } = deps;
  let outage: Outage | null = null;
  let stopped = false;

  async function heardUntil(): Promise<number> {
    const now = clock.now().getTime();
    // Before the very first start there is nothing to make good.
    const kept = await store.settingOnce(HEARD, new Date(now).toISOString());
    return Math.max(Date.parse(kept), now - LONGEST_OUTAGE);
  }

  /** Once for each channel and outage, whoever asks first. */
  function fetchOnce(made: Outage, channel: string, direct: boolean): Promise<void> {
    const running = made.channels.get(channel) ?? made.since.then((since) => fetchChannel(channel, direct, since));
    made.channels.set(channel, running);
    running.catch(() => made.channels.delete(channel));
    return running;
  }

  async function fetchChannel(channel: string, direct: boolean, since: number): Promise<void> {
    const team = deps.team();
    if (team === null) throw new Error('nobody has told us yet who we are');
    const oldest = tsOf(since);
    const found = new Map<string, unknown>();
    const threads = new Set(await threadsIn(channel));
    // Answers in a thread are not in the history of its channel: the thread's first message tells that there are some.
    const history = { channel, oldest: direct ? tsOf(since - THREAD_LIFE) : oldest };
    for await (const message of readPages(call, 'conversations.history', history, 'messages')) {
      const { ts, latest_reply: latest } = message as { ts?: string; latest_reply?: string };
      if (ts === undefined) continue;
      if (latest !== undefined && latest > oldest) threads.add(ts);
      if (ts > oldest) found.set(ts, message);
    }
    for (const thread of threads) {
      for await (const message of readPages(
        call,
        'conversations.replies',
        { channel, ts: thread, oldest },
        'messages',
      )) {
        const { ts } = message as { ts?: string };
        if (ts !== undefined && ts > oldest) found.set(ts, message);
      }
    }
    for (const [, message] of [...found].sort(([one], [other]) => (one < other ? -1 : 1))) {
      const heard = readHistory({ team, channel, direct }, message);
      if (heard !== null) await deps.take(heard);
    }
    if (found.size > 0) log.info({ channel, messages: found.size }, 'slack: read what may have been missed');
  }

  async function threadsIn(channel: string): Promise<readonly string[]> {
    const ours = (await places()).filter((place) => place.channel === channel && place.thread !== '');
    const others = (await deps.threads()).filter((place) => place.channel === channel);
    return [...ours, ...others].map(({ thread }) => thread);
  }

  async function places() {
    const since = new Date(clock.now().getTime() - THREAD_LIFE).toISOString();
    return (await store.conversationsOf(CHANNEL, since)).map(placeOf);
  }

  /** Every channel that we are in, and those of the conversations we know. */
  async function channels(): Promise<ReadonlyMap<string, boolean>> {
    const all = new Map((await places()).map(({ channel, thread }) => [channel, thread === '']));
    for (const { channel } of await deps.threads()) all.set(channel, false);
    const types = 'im,mpim,public_channel,private_channel';
    try {
      for await (const one of readPages(call, 'users.conversations', { types, exclude_archived: true }, 'channels')) {
        const { id, is_im: direct } = one as { id?: string; is_im?: boolean };
        if (id !== undefined) all.set(id, direct === true);
      }
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      log.warn({ code: error.code }, 'slack: only known conversations are caught up with');
    }
    return all;
  }

  /** A channel that we may not read any more must not keep us from the others. */
  async function fetchAll(made: Outage): Promise<void> {
    for (const [channel, direct] of await channels()) {
      if (stopped) throw new Error('the program ends');
      try {
        await fetchOnce(made, channel, direct);
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        log.warn({ channel, code: error.code }, 'slack: a channel cannot be caught up with');
      }
    }
  }

  return {
    get missing() {
      return outage !== null;
    },
    lost() {
      const since = heardUntil();
      since.catch(() => {});
      outage = { since, channels: new Map() };
    },
    async run() {
      const made = outage;
      if (made === null) return;
      try {
        await fetchAll(made);
        // Unless another one has begun meanwhile.
        if (outage === made) outage = null;
      } catch (error) {
        log.warn({ error: messageOf(error) }, 'slack: cannot catch up yet');
      }
    },
    async before(channel, direct) {
      if (outage === null) return;
      const tired = new Promise<void>((resolve) => void setTimeout(resolve, PATIENCE).unref());
      const fetching = fetchOnce(outage, channel, direct).catch((error: unknown) => {
        log.warn({ channel, error: messageOf(error) }, 'slack: a message is taken in before what was missed');
      });
      await Promise.race([fetching, tired]);
    },
    async well() {
      if (outage === null && !stopped)
        await store.keepSetting(HEARD, new Date(clock.now().getTime() - MARGIN).toISOString());
    },
    stop: () => void (stopped = true),
  };
}

const tsOf = (ms: number): string => (ms / 1000).toFixed(6);
