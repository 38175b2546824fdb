import { createAnnouncer } from '../../src/announcer.ts';
import { createIntake as createSlackIntake } from '../../src/channels/slack/intake.ts';
import type { Heard } from '../../src/channels/slack/event.ts';
import type { ThreadHandler } from '../../src/channels/slack/platform.ts';
import { createSending } from '../../src/channels/slack/sending.ts';
import { createWechat } from '../../src/channels/wechat/wechat.ts';
import { createInProcessCoordination } from '../../src/coordination/in-process.ts';
import type { Channel, Receive } from '../../src/core/channel.ts';
import type { Log } from '../../src/core/log.ts';
import { startInbox } from '../../src/delivery/inbox.ts';
import { createIntake } from '../../src/delivery/intake.ts';
import { startOutbox } from '../../src/delivery/outbox.ts';
import { startTimers } from '../../src/delivery/timers.ts';
import { deskDirectory } from '../../src/desk-directory.ts';
import { createActions, type ActionDeps, type Actions } from '../../src/desks/actions/actions.ts';
import type { SlackConnection } from '../../src/desks/slack/connection.ts';
import { createSlackDesk } from '../../src/desks/slack/slack-desk.ts';
import { createReplier } from '../../src/replying/replier.ts';
import { wechatPolicyOf } from '../../src/wechat-policy.ts';
import { clockOf, type Life } from './life.ts';
import { shakyStore } from './shaky-store.ts';
import { businessRecords } from './business.ts';
import { createInteractions, type Interactions } from './slack-interactions.ts';
import type { World } from './world.ts';

/** The program above its drivers, as `src/main.ts` puts it together, for one life. */
export interface Program {
  readonly life: Life;
  /** What the page posts to. */
  readonly receive: Receive;
  /** What the web desk's addresses call. */
  readonly actions: Actions;
  /** What Slack's events and clicks reach. */
  readonly hear: (heard: Heard) => Promise<void>;
  readonly interactions: Interactions;
  stop(): Promise<void>;
}

const CONCURRENCY = 32;
const SELF = 'U0BOT';

/** Throws where a real start would: then the life is over, and somebody starts another. */
export async function startProgram(world: World, life: Life): Promise<Program> {
  const { time, weather, slack: workspace, wechat: network } = world;
  const note = (what: string): void => world.note(what);
  const clock = clockOf(time.clock, life);
  const log = logOf(world, life);
  const knowledge = () => world.knowledge();
  const random = world.random.fork();
  const store = world.faults.store(
    shakyStore({
      ...{ real: world.store, exclusive: world.exclusive, watch: world.oracle, life, time, note },
      random: random.fork(),
      weather: weather.store,
    }),
  );
  const records = businessRecords({
    ...{ parcels: world.parcels, bookings: world.bookings, others: world.desk.records, life, time, note },
    random: random.fork(),
    weather: weather.records,
  });
  const coordination = createInProcessCoordination({ clock, concurrency: CONCURRENCY });
  const replier = createReplier({
    ...{ store, knowledge, coordination, clock, log },
    records: () => records,
  });

  const page: Channel = {
    name: 'webchat',
    start: () => Promise.resolve(),
    // The page reads the log.
    send: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
  const wechat = await createWechat({
    ...{ store, clock, log, env: {}, folder: '', tell: () => {} },
    policy: () => wechatPolicyOf(knowledge()),
    connect: network.connectFor(life),
  });
  const call = workspace.callFor(life);
  const handlers = new Set<ThreadHandler>();
  const sending = await createSending({
    ...{ store, log, call, self: () => SELF },
    files: { download: () => Promise.reject(new Error('no files here')), upload: () => Promise.resolve([]) },
  });
  let receive: Receive | null = null;
  const slack: Channel = {
    name: 'slack',
    start: (given) => Promise.resolve(void (receive = given)),
    send: (message) => sending.send(message),
    edit: (message) => sending.edit(message),
    stop: () => Promise.resolve(void (receive = null)),
  };
  const slackIntake = createSlackIntake({
    ...{ store, handlers, receive: () => receive },
    limits: () => ({ messageLength: 2000, attachmentMb: 8, attachmentsPerMessage: 6 }),
    attachments: { collect: () => Promise.resolve({ attachments: [], unreadable: false }), stop: () => {} },
    nameOf: () => Promise.resolve(undefined),
  });

  const channels = new Map([page, wechat, slack].map((one) => [one.name, world.faults.channel(one)]));
  const interactions = createInteractions();
  const connection: SlackConnection = {
    app: interactions.app,
    call,
    download: () => Promise.reject(new Error('no files here')),
    upload: () => Promise.resolve([]),
    onThreadMessage(handler) {
      handlers.add(handler);
      return () => void handlers.delete(handler);
    },
    alsoCatchUp: () => {},
    findChannel: (name) => Promise.resolve({ id: workspace.channelId(name), member: true }),
    explain: (code, subject) => `${subject}: ${code}`,
  };
  const atDesks: ActionDeps = {
    ...{ store, clock, log },
    directory: deskDirectory(knowledge),
    announce: createAnnouncer({ store, knowledge, clock, log }),
    editSent: (message) => slack.edit?.({ ...message, attempts: 0 }) ?? Promise.resolve(),
  };
  const desk = createSlackDesk({
    ...atDesks,
    slack: connection,
    tell: () => {},
    titles: { kinds: () => [], kind: (kind) => kind, slot: (_, slot) => slot },
    rules: () => ({ answerPrefixes: ['>'], takeBackMs: 10_000, results: ['已解决'], causes: ['其他'] }),
  });

  const kept = createIntake({ store, coordination, clock });
  for (const channel of channels.values()) await channel.start(kept);
  const delivery = { store, replier, coordination, clock, log };
  const inbox = await startInbox(delivery);
  const timers = startTimers(delivery);
  const outbox = startOutbox({ store, channels, clock, log });
  if (world.slackDesk) await desk.start();

  return {
    life,
    receive: kept,
    actions: createActions(atDesks),
    hear: (heard) => slackIntake(heard, SELF),
    interactions,
    async stop() {
      for (const channel of channels.values()) await channel.stop();
      if (world.slackDesk) await desk.stop();
      await inbox.stop();
      await timers.stop();
      await outbox.stop();
    },
  };
}

function logOf(world: World, life: Life): Log {
  const quiet = (): void => {};
  const tell = (facts: object, message: string): void => {
    const { error } = facts as { error?: unknown };
    if (life.alive()) world.note(`log: ${message}${typeof error === 'string' ? ` (${error})` : ''}`);
  };
  return { debug: quiet, info: quiet, warn: tell, error: tell };
}
