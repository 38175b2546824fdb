import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionDeps } from '../../../src/channels/wechat/connection.ts';
import type { WechatPolicy } from '../../../src/channels/wechat/policy.ts';
import { createWechat, type WechatChannel, type WechatDeps } from '../../../src/channels/wechat/wechat.ts';
import { systemClock, type Clock } from '../../../src/core/clock.ts';
import { silentLog } from '../../../src/core/log.ts';
import type { Store } from '../../../src/core/store.ts';
import { TOKEN } from '../../wechat-gateway/gateway.ts';

export const POLICY: WechatPolicy = {
  messageLength: 2000,
  attachmentMb: 8,
  pace: { person_ms: 0, between_ms: 0, a_minute: 1000, a_day: 100_000, quiet: '' },
  names: [],
  bots: [],
  served: () => true,
  quiet: () => '',
  welcome: () => '',
  isColleague: (name) => name === '应声客服小梅',
};

export interface Connected {
  readonly channel: WechatChannel;
  /** The bot's words to 张三. */
  say(text: string, seq?: number): Promise<void>;
  readonly status: WechatChannel['status'];
  readonly told: string[];
  /** Resolves when it is logged in. */
  online(ms?: number): Promise<void>;
  close(): Promise<void>;
}

/** The channel on a gateway of the tests, in a folder of its own. */
export async function connect(
  endpoint: string,
  store: Store,
  options: {
    policy?: WechatPolicy;
    token?: string;
    settings?: ConnectionDeps['settings'];
    patience?: NonNullable<ConnectionDeps['patience']>;
    env?: NodeJS.ProcessEnv;
    clock?: Clock;
    vigil?: WechatDeps['vigil'];
  } = {},
): Promise<Connected> {
  const folder = await mkdtemp(join(tmpdir(), 'wechat-'));
  const told: string[] = [];
  const channel = await createWechat({
    store,
    clock: options.clock ?? systemClock,
    log: silentLog,
    policy: () => options.policy ?? POLICY,
    folder,
    env: {
      ...process.env,
      WECHATY_PUPPET: 'wechaty-puppet-service',
      WECHATY_PUPPET_SERVICE_TOKEN: options.token ?? TOKEN,
      WECHATY_PUPPET_SERVICE_ENDPOINT: endpoint,
      ...options.env,
    },
    settings: { pingMs: 300, silenceMs: 2500, ...options.settings },
    patience: options.patience ?? {},
    backOffMs: [100, 1000],
    vigil: options.vigil ?? {},
    tell: (line) => void told.push(line),
  });
  return {
    channel,
    async say(text, seq = 1) {
      const conversation = 'wechat:zhang';
      const from = { role: 'bot' } as const;
      await channel.send({ seq, conversation, attempts: 0, from, text, suggestions: [], attachments: [] });
    },
    status: () => channel.status(),
    told,
    async online(ms = 15_000) {
      const end = Date.now() + ms;
      while (channel.status().state !== 'online') {
        if (Date.now() > end) throw new Error(`not online: ${JSON.stringify(channel.status())}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async close() {
      await channel.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
