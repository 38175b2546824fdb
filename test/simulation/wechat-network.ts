import type { createConnection } from '../../src/channels/wechat/connection.ts';
import type { RawMessage, Saying, SendFailure } from '../../src/channels/wechat/wire.ts';
import { never, type Life } from './life.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Weather } from './weather.ts';

/** A message given to a life of the program; WeChat itself gets no answer. */
export interface Given {
  readonly message: RawMessage;
  readonly life: Life;
  /** Running time, ms. */
  readonly at: number;
}

/** WeChat: it outlives the program, keeps what comes while nobody is there, gives it out in its own order, some of it again. */
export interface WechatNetwork {
  readonly shown: readonly Saying[];
  readonly given: readonly Given[];
  write(message: RawMessage): void;
  connectFor(life: Life): typeof createConnection;
}

export const BOT = { id: 'wx-bot', name: '应声客服' };

export function createWechatNetwork(deps: {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly weather: Weather;
  readonly note: (what: string) => void;
}): WechatNetwork {
  const { time, random, weather, note } = deps;
  const shown: Saying[] = [];
  const given: Given[] = [];
  const undelivered: RawMessage[] = [];
  let online: { readonly life: Life; readonly take: (message: RawMessage) => void } | null = null;

  function give(message: RawMessage): void {
    if (online === null || !online.life.alive()) {
      undelivered.push(message);
      return;
    }
    note(`wechat gives ${message.id}: ${message.text}`);
    given.push({ message, life: online.life, at: time.elapsed() });
    online.take(message);
    if (random.chance(weather.road.again)) time.after(random.between(50, 60_000), () => give(message));
  }

  return {
    shown,
    given,
    write(message) {
      time.after(random.chance(weather.road.overtake) ? random.between(0, 2500) : 0, () => give(message));
    },
    connectFor: (life) => (connection) => ({
      start() {
        online = { life, take: (message) => connection.onMessage(message) };
        for (const message of undelivered.splice(0)) give(message);
      },
      status: () => ({ state: 'online', qrcode: null, self: BOT, trouble: '', builds: 1 }),
      async say(what): Promise<SendFailure | null> {
        if (!life.alive()) return never();
        await time.sleep(random.chance(weather.platform.slow) ? random.between(50, 4000) : 20);
        if (!life.alive()) return never();
        if (random.chance(weather.platform.fail)) return { how: 'unsent', what: 'simulated: not connected' };
        if (random.chance(weather.platform.limited / 4)) return { how: 'too-often', what: 'simulated: too often' };
        shown.push(what);
        note(`wechat shows ${what.room ?? ''}/${what.person ?? ''}: ${what.text.slice(0, 60)}`);
        if (random.chance(weather.platform.crash)) {
          note('crash after a word on wechat');
          life.end();
          return never();
        }
        return random.chance(weather.platform.lost) ? { how: 'unknown', what: 'simulated: no answer' } : null;
      },
      bearers: () => Promise.resolve(null),
      stop() {
        online = null;
        return Promise.resolve();
      },
    }),
  };
}
