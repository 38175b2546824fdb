import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { DeskAdvice } from './advice-for-desk.ts';
import { createAnnouncer } from './announcer.ts';
import type { SlackDeps, SlackPlatform } from './channels/slack/platform.ts';
import { createWechat } from './channels/wechat/wechat.ts';
import type { Config, SlackConfig } from './config.ts';
import { createInProcessCoordination } from './coordination/in-process.ts';
import type { Channel } from './core/channel.ts';
import { systemClock } from './core/clock.ts';
import { messageOf } from './core/errors.ts';
import type { KeptKind } from './core/kept.ts';
import { channelOf } from './core/message.ts';
import type { Log } from './core/log.ts';
import { maskedLog } from './core/privacy/masked-log.ts';
import type { Records } from './core/records.ts';
import type { Store } from './core/store.ts';
import { deskDirectory } from './desk-directory.ts';
import { startInbox } from './delivery/inbox.ts';
import { createIntake } from './delivery/intake.ts';
import { startOutbox } from './delivery/outbox.ts';
import { startRetention } from './delivery/retention.ts';
import { startTimers } from './delivery/timers.ts';
import { cannotEdit, type ActionDeps } from './desks/actions/actions.ts';
import type { SlackDesk } from './desks/slack/slack-desk.ts';
import type { Knowledge } from './knowledge/knowledge.ts';
import { durationMs } from './knowledge/duration.ts';
import { liveKnowledge, type LiveKnowledge } from './knowledge/live.ts';
import { formatProblem } from './knowledge/problem.ts';
import { createProgress } from './knowledge/stage.ts';
import { createRecords } from './records/records.ts';
import { createReplier } from './replying/replier.ts';
import { wechatPolicyOf } from './wechat-policy.ts';

/** Conversations that are worked on at once. */
const CONCURRENCY = 32;

export interface Running {
  readonly url: string;
  /** The token that opens the desk, and whether it was made just now. */
  readonly deskToken: { readonly value: string; readonly made: boolean };
  stop(): Promise<void>;
}

/** Puts the program together and starts it. Nothing but this file names every implementation. */
export async function start(config: Config, openLog: Log, tell: (line: string) => void): Promise<Running> {
  const log = maskedLog(openLog);
  const progress = createProgress(tell);
  const loading = liveKnowledge(
    { intents: config.intentsDir, knowledge: config.knowledgeDir },
    {
      log,
      onStage: progress.onStage,
      onProblems: (problems) => {
        const broken = problems.some((problem) => problem.severity === 'error');
        for (const problem of problems) tell(formatProblem(problem));
        if (broken) tell('知识文件有错，仍按上一版服务 (the edit is broken; the last good version keeps serving)');
      },
      onChanged: (knowledge) => {
        records = createRecords(knowledge.sources, process.env);
        advice?.learn(knowledge);
        tell('知识已更新 (the edit is live)');
      },
    },
  ).finally(() => progress.end());
  // A thread reads the knowledge meanwhile, and is ready about when these are.
  const [live, parts] = await Promise.all([loading, import('./heavy-parts.ts')]);
  const { createHttpServer, createMetrics, createWebchat, createWebDesk, DATABASE_FILE, openSqliteStore } = parts;
  let advice: DeskAdvice | undefined;
  let records: Records = createRecords(live.current().sources, process.env);
  const store = await openSqliteStore({ path: join(config.dataDir, DATABASE_FILE), log });
  const deskToken = await deskTokenOf(config, store);

  const clock = systemClock;
  const coordination = createInProcessCoordination({ clock, concurrency: CONCURRENCY });
  const errors = (): number => live.problems().filter((problem) => problem.severity === 'error').length;
  const metrics = createMetrics({
    log,
    openTickets: () => store.openTickets(),
    outboxQueue: () => store.queued(),
    knowledgeProblems: errors,
  });
  if (config.openai !== undefined) {
    // Its library is loaded only where an endpoint is configured.
    const { adviceForDesk } = await import('./advice-for-desk.ts');
    advice = adviceForDesk(config.openai, { store, clock, log, tell });
  }
  const replier = createReplier({
    ...(advice === undefined ? {} : { advise: advice.advise }),
    store,
    knowledge: () => live.current(),
    records: () => records,
    coordination,
    clock,
    log,
    invite: (person) => {
      if (config.publicUrl === undefined) return null;
      const { query, ...invitation } = webchat.invite(person);
      return { ...invitation, url: new URL(query, config.publicUrl).href };
    },
    observe: ({ outcome }, { id }) => metrics.messageSettled(id.slice(0, id.indexOf(':')), outcome.kind),
  });

  const limits = () => limitsOf(live.current());
  const webchat = await createWebchat({
    store,
    clock,
    log,
    coordination,
    limits,
    botFramework: config.botFramework,
  });
  const channels = new Map<string, Channel>(webchat.channels.map((channel) => [channel.name, channel]));
  if (config.wechatPuppet !== undefined) {
    const wechat = await createWechat({
      store,
      clock,
      log,
      tell,
      policy: () => wechatPolicyOf(live.current()),
      folder: resolve(config.dataDir, 'wechat'),
      env: process.env,
    });
    channels.set(wechat.name, wechat);
  }
  const slack =
    config.slack === undefined ? null : await connectSlack(config.slack, { store, clock, log, tell, limits });
  if (slack !== null) channels.set(slack.channel.name, slack.channel);
  const atDesks: ActionDeps = {
    store,
    clock,
    log,
    directory: deskDirectory(() => live.current()),
    announce: createAnnouncer({ store, knowledge: () => live.current(), clock, log }),
    editSent: editor(channels),
  };
  const slackDesk = slack === null ? null : await openSlackDesk(slack, atDesks, () => live.current(), tell);
  const desk = createWebDesk({
    ...atDesks,
    token: deskToken.value,
    problems: () => (errors() > 0 ? live.problems() : []),
    channels: () => [...channels.values()].map((channel) => [channel.name, channel.status?.() ?? null]),
  });
  const server = createHttpServer({
    host: config.host,
    port: config.port,
    log,
    metrics,
    deskToken: deskToken.value,
    pagesDir: join(import.meta.dirname, '..', 'web', 'dist'),
    ready: () => readiness(store, live, errors, channels),
    routers: [
      { path: '/', router: webchat.router },
      { path: '/api', router: desk.router },
      ...(slack === null ? [] : [{ path: '/', router: slack.router }]),
    ],
    onUpgrade: (...socket) => webchat.upgrade(...socket),
    onClose: () => {
      desk.close();
      void webchat.channels[0].stop();
    },
  });

  const intake = createIntake({ store, coordination, clock });
  for (const channel of channels.values()) await channel.start(intake);
  const delivery = { store, replier, coordination, clock, log };
  const inbox = await startInbox(delivery);
  const timers = startTimers(delivery);
  const retention = startRetention({ store, clock, log, kept: (kind) => keptFor(live.current(), kind) });
  const outbox = startOutbox({ store, channels, clock, log });
  const { url } = await server.start();
  slack?.start();
  await slackDesk?.start();
  advice?.learn(live.current());

  return {
    url,
    deskToken,
    /** The order matters: take nothing more in, end what runs, send it, then close what it was kept in. */
    async stop() {
      for (const channel of channels.values()) await channel.stop();
      await server.close();
      await slackDesk?.stop();
      await inbox.stop();
      await timers.stop();
      await retention.stop();
      await outbox.stop();
      await live.close();
      await advice?.stop();
      for (const source of records.values()) await source.close();
      await store.close();
    },
  };
}

/** Loaded only where it is used: it takes a moment. */
async function connectSlack(
  given: SlackConfig,
  deps: Pick<SlackDeps, 'store' | 'clock' | 'log' | 'tell' | 'limits'>,
): Promise<SlackPlatform> {
  const { createSlackPlatform } = await import('./channels/slack/slack.ts');
  return createSlackPlatform({ ...deps, ...given });
}

async function openSlackDesk(
  slack: SlackPlatform,
  deps: ActionDeps,
  knowledge: () => Knowledge,
  tell: (line: string) => void,
): Promise<SlackDesk> {
  const { createSlackDesk } = await import('./desks/slack/slack-desk.ts');
  return createSlackDesk({
    ...deps,
    slack,
    tell,
    titles: {
      kinds: () =>
        [...knowledge().intents.values()].filter(({ small }) => !small).map(({ name, title }) => ({ id: name, title })),
      kind: (kind) => knowledge().intents.get(kind)?.title ?? kind,
      slot: (kind, slot) => knowledge().intents.get(kind)?.slots.get(slot)?.title ?? SLOT_TITLES[slot] ?? slot,
    },
    rules: () => {
      const { answer_prefixes, take_back_seconds, results, causes } = knowledge().policies.desk;
      return { answerPrefixes: answer_prefixes, takeBackMs: take_back_seconds * 1000, results, causes };
    },
  });
}

/** Of tickets that an agent wrote down. */
const SLOT_TITLES: Readonly<Record<string, string>> = { phone: '联系电话', source: '来源' };

/** Changes what a customer has already, where their channel can. */
function editor(channels: ReadonlyMap<string, Channel>): NonNullable<ActionDeps['editSent']> {
  return async (message) => {
    const channel = channels.get(channelOf(message.conversation));
    if (channel?.edit === undefined) throw cannotEdit();
    await channel.edit({ ...message, attempts: 0 });
  };
}

async function deskTokenOf(config: Config, store: Store): Promise<Running['deskToken']> {
  if (config.deskToken !== undefined) return { value: config.deskToken, made: false };
  const kept = await store.setting('desk.token');
  const value = kept ?? (await store.settingOnce('desk.token', randomBytes(18).toString('base64url')));
  return { value, made: kept === null };
}

/** In ms; a conversation in which nothing is left goes with its messages. */
function keptFor({ policies: { retention } }: Knowledge, kind: KeptKind): number {
  return durationMs(retention[kind === 'conversations' ? 'messages' : kind]) ?? Number.MAX_SAFE_INTEGER;
}

function limitsOf({ policies: { limits } }: Knowledge) {
  return {
    messageLength: limits.message_length,
    messagesPerMinute: limits.messages_per_minute,
    attachmentMb: limits.attachment_mb,
    attachmentsPerMessage: limits.attachments_per_message,
  };
}

async function readiness(
  store: Store,
  live: LiveKnowledge,
  errors: () => number,
  channels: ReadonlyMap<string, Channel>,
) {
  const knowledge = live.current().version;
  // A channel that is down is no reason to take customers of the others away from us.
  const states = Object.fromEntries(
    [...channels].map(([name, channel]) => [name, channel.status?.().state ?? 'online']),
  );
  const detail = { knowledge, problems: errors(), channels: states };
  try {
    await store.ping();
    return { ok: true, detail: { database: 'ok', ...detail } };
  } catch (error) {
    return { ok: false, detail: { database: messageOf(error), ...detail } };
  }
}
