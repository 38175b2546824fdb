import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addressOf } from '../../src/channels/wechat/address.ts';
import { systemClock, type Clock } from '../../src/core/clock.ts';
import type { Channel } from '../../src/core/channel.ts';
import { silentLog } from '../../src/core/log.ts';
import type { Store } from '../../src/core/store.ts';
import { createInProcessCoordination } from '../../src/coordination/in-process.ts';
import { startInbox } from '../../src/delivery/inbox.ts';
import { createIntake } from '../../src/delivery/intake.ts';
import { startOutbox } from '../../src/delivery/outbox.ts';
import { groupsSchema, type GroupsSource } from '../../src/knowledge/groups-format.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { createReplier } from '../../src/replying/replier.ts';
import { wechatPolicyOf } from '../../src/wechat-policy.ts';
import { shipped } from '../shipped.ts';
import { connect, type Connected } from '../channels/wechat/connected.ts';
import type { Gateway } from './gateway.ts';

/** The sample records are told as of this moment; from here on time runs as it does. */
export const SAMPLE_NOW = Date.parse('2026-11-21T10:00:00+08:00');

export function sampleClock(): Clock {
  const began = Date.now();
  return { ...systemClock, now: () => new Date(SAMPLE_NOW + Date.now() - began) };
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 25));
/** Milliseconds; many times what a slow machine with all tables at once takes. */
const PATIENCE = 60_000;

/** No pause between messages, and colleagues are waited for four seconds: tests are in a hurry, and some machines slow. */
export function hurried(groups: Readonly<Record<string, unknown>> = {}): GroupsSource {
  return groupsSchema.parse({
    names: ['客服'],
    pick_up_seconds: 9,
    pace: { person_ms: 0, between_ms: 0, a_minute: 600, a_day: 100_000 },
    ...groups,
  });
}

export interface Desk {
  readonly store: Store;
  readonly wechat: Connected;
  readonly knowledge: Knowledge;
  /** Whether the message became one of ours. */
  arrived(id: string): boolean;
  /**
   * Resolves when what was said has reached us, and nobody of the room (or of the own chats named) waits for an outcome or for words of ours. Rejects after a
   * minute.
   */
  settled(room: string, people: readonly string[], said: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** The whole engine on the gateway, with the shipped knowledge. */
export async function openDesk(
  gateway: Gateway,
  store: Store,
  options: { clock: Clock; groups?: GroupsSource; folder?: string },
): Promise<Desk> {
  const { knowledge: read, records } = await shipped();
  const dialogue = { ...read.policies.dialogue, merge_ms: 400 };
  const knowledge: Knowledge = {
    ...read,
    policies: { ...read.policies, dialogue } as Knowledge['policies'],
    groups: options.groups ?? hurried(),
  };
  const { clock } = options;
  const coordination = createInProcessCoordination({ clock, concurrency: 32 });
  const wechat = await connect(gateway.endpoint, store, { policy: wechatPolicyOf(knowledge), clock });
  const channels = new Map<string, Channel>([['wechat', wechat.channel]]);
  const replier = createReplier({
    store,
    knowledge: () => knowledge,
    records: () => records,
    coordination,
    clock,
    log: silentLog,
    invite: ({ id }) => ({ conversation: `webchat:${id}`, user: 'dl_i_x', url: 'https://kefu.example.com/?visit=x' }),
  });
  const intake = createIntake({ store, coordination, clock });
  const arrived = new Set<string>();
  await wechat.channel.start(async (message) => {
    const receipt = await intake(message);
    arrived.add(message.id.split('/')[0] ?? '');
    return receipt;
  });
  let look: Promise<readonly string[]> | null = null;
  /** The conversations where an outcome or words of ours are still to come, in a moment; one look serves all who ask meanwhile. */
  const unsettled = (): Promise<readonly string[]> =>
    (look ??= pause().then(async () => {
      look = null;
      const unsent = await store.unsent('9999-01-01T00:00:00.000Z', 10_000);
      return [...(await store.waiting()), ...unsent.map(({ conversation }) => conversation)];
    }));
  const inbox = await startInbox({ store, replier, coordination, clock, log: silentLog });
  const outbox = startOutbox({ store, channels, clock, log: silentLog });
  await wechat.online();
  return {
    store,
    wechat,
    knowledge,
    arrived: (id) => arrived.has(id),
    async settled(room, people, said) {
      const end = Date.now() + PATIENCE;
      const ours = (id: string): boolean => {
        if (!id.startsWith('wechat:')) return false;
        const address = addressOf(id as `wechat:${string}`);
        return address.room === room || (address.room === null && people.includes(address.person));
      };
      for (let quiet = 0; quiet < 3;) {
        const missing = said.filter((id) => !arrived.has(id));
        const open = (await unsettled()).filter(ours);
        quiet = missing.length > 0 || open.length > 0 ? 0 : quiet + 1;
        if (quiet === 0 && Date.now() > end)
          throw new Error(`${room}: not arrived: ${missing.join()}; still open: ${open.join()}`);
      }
    },
    async close() {
      await wechat.close();
      await inbox.stop();
      await outbox.stop();
    },
  };
}

export async function filesIn(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yml')).sort();
  return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
}
