import { RefusedError, UnreachableError } from '../../src/core/errors.ts';
import { UnansweredError, type Call } from '../../src/channels/slack/call.ts';
import { never, type Life } from './life.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Weather } from './weather.ts';

export interface SlackMessage {
  readonly channel: string;
  readonly ts: string;
  readonly thread: string | null;
  text: string;
  readonly metadata: { readonly event_type: string; readonly event_payload: Readonly<Record<string, unknown>> } | null;
}

/** Slack itself: it outlives the program. */
export interface SlackWorkspace {
  readonly messages: readonly SlackMessage[];
  /** The only way a life of the program talks to it. */
  callFor(life: Life): Call;
  /** A `ts` that was never given. */
  nextTs(): string;
  channelId(name: string): string;
}

type Args = Readonly<Record<string, unknown>>;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export function createSlackWorkspace(deps: {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly weather: Weather['platform'];
  readonly note: (what: string) => void;
}): SlackWorkspace {
  const { time, random, weather, note } = deps;
  const messages: SlackMessage[] = [];
  let last = 0;

  function nextTs(): string {
    last = Math.max(last + 0.000_001, time.now().getTime() / 1000);
    return last.toFixed(6);
  }

  function carryOut(method: string, args: Args): Record<string, unknown> {
    const channel = textOf(args['channel']);
    switch (method) {
      case 'chat.postMessage': {
        const message: SlackMessage = {
          channel,
          ts: nextTs(),
          thread: typeof args['thread_ts'] === 'string' ? args['thread_ts'] : null,
          text: textOf(args['text']),
          metadata: (args['metadata'] as SlackMessage['metadata'] | undefined) ?? null,
        };
        messages.push(message);
        note(`slack shows in ${channel}: ${message.text.slice(0, 60)}`);
        return { channel, ts: message.ts };
      }
      case 'chat.update': {
        const found = messages.find((one) => one.channel === channel && one.ts === args['ts']);
        if (found === undefined) throw new RefusedError('message_not_found', 'message_not_found');
        found.text = textOf(args['text']);
        return { ts: found.ts };
      }
      case 'conversations.history':
      case 'conversations.replies': {
        const oldest = Number(args['oldest'] ?? 0);
        const found = messages.filter(
          (one) =>
            one.channel === channel &&
            Number(one.ts) >= oldest &&
            (args['ts'] === undefined ? one.thread === null : (one.thread ?? one.ts) === args['ts']),
        );
        return {
          messages: found.map(({ ts, text, metadata }) => ({
            ts,
            text,
            bot_id: 'B1',
            metadata: metadata ?? undefined,
          })),
        };
      }
      default:
        return {};
    }
  }

  return {
    messages,
    nextTs,
    channelId: (name) => `C${name.replace('#', '')}`,
    callFor(life) {
      const lanes = new Map<string, Promise<unknown>>();

      async function go(method: string, args: Args): Promise<Record<string, unknown>> {
        if (!life.alive()) return never();
        await time.sleep(random.chance(weather.slow) ? random.between(50, 4000) : 20);
        if (!life.alive()) return never();
        if (random.chance(weather.limited)) throw new UnreachableError('simulated: ratelimited', { retryAfter: 5000 });
        if (random.chance(weather.fail)) throw new UnreachableError('simulated: connection refused');
        const answer = carryOut(method, args);
        if (random.chance(weather.crash)) {
          note(`crash after ${method}`);
          life.end();
          return never();
        }
        if (random.chance(weather.lost)) throw new UnansweredError('simulated: the answer was lost');
        return { ok: true, ...answer };
      }

      return (method, args, { lane }) => {
        const done = (lanes.get(lane) ?? Promise.resolve()).then(() => go(method, args));
        lanes.set(
          lane,
          done.catch(() => {}),
        );
        return done;
      };
    },
  };
}
