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
/** What never arrives (we do not serve there, or it was a program) is waited for so often. */
const ARRIVAL_TRIES = 60;

/** No pause between messages, and colleagues are waited for a second: tests are in a hurry. */
export function hurried(groups: Readonly<Record<string, unknown>> = {}): GroupsSource {
  return groupsSchema.parse({
    names: ['客服'],
    pick_up_seconds: 6,
    pace: { person_ms: 0, between_ms: 0, a_minute: 600, a_day: 100_000 },
    ...groups,
  });
}

export interface Desk {
  readonly store: Store;
  readonly wechat: Connected;
  readonly knowledge: Knowledge;
  /** Resolves when what was said has reached us, and nobody of the room (or of the own chats named) waits for an outcome or for words of ours. */
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
  const inbox = await startInbox({ store, replier, coordination, clock, log: silentLog });
  const outbox = startOutbox({ store, channels, clock, log: silentLog });
  await wechat.online();
  return {
    store,
    wechat,
    knowledge,
    async settled(room, people, said) {
      for (let tries = 0; tries < ARRIVAL_TRIES && !said.every((id) => arrived.has(id)); tries++) await pause();
      const ours = (id: string): boolean => {
        if (!id.startsWith('wechat:')) return false;
        const address = addressOf(id as `wechat:${string}`);
        return address.room === room || (address.room === null && people.includes(address.person));
      };
      for (let quiet = 0, tries = 0; quiet < 3 && tries < 600; tries++) {
        await pause();
        const waiting = (await store.waiting()).some(ours);
        const unsent = (await store.unsent('9999-01-01T00:00:00.000Z', 10_000)).some(({ conversation }) =>
          ours(conversation),
        );
        quiet = waiting || unsent ? 0 : quiet + 1;
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
