import { randomBytes } from 'node:crypto';
import { type Receiver, webApi } from '@slack/bolt';
import express, { type Router } from 'express';
import type { Receive } from '../../core/channel.ts';
import { messageOf, UnreachableError } from '../../core/errors.ts';
import { createAttachments } from './attachments.ts';
import { createApp } from './bolt-app.ts';
import { type Call, clientOptions, createCall } from './call.ts';
import { createCatchUp } from './catch-up.ts';
import { addressee, readEvent } from './event.ts';
import { explain } from './explain.ts';
import { createFiles } from './files.ts';
import { createHttpReceiver } from './http-receiver.ts';
import { createIdentities } from './identity.ts';
import { createIntake } from './intake.ts';
import { createLanes } from './lanes.ts';
import { escape } from './mrkdwn.ts';
import { createNames } from './names.ts';
import { readPages } from './pages.ts';
import { CHANNEL } from './place.ts';
import type { SlackDeps, SlackPlatform, ThreadHandler } from './platform.ts';
import { createPulse } from './pulse.ts';
import { createSending } from './sending.ts';
import { createSocketReceiver, SILENCE_MS } from './socket-receiver.ts';
import { listenToTaps } from './taps.ts';

const SLACK = 'https://slack.com/api/';
const PACE_MS = 1000;
const BEAT_MS = 60_000;

/** Puts the parts together. Nothing talks to Slack before `start`. */
export async function createSlackPlatform(deps: SlackDeps): Promise<SlackPlatform> {
  const { store, clock, log, limits, tell, botToken, appToken, apiUrl } = deps;
  const lanes = createLanes(deps.paceMs ?? PACE_MS);
  const call = createCall(new webApi.WebClient(botToken, clientOptions(apiUrl, log)), lanes);
  const identities = createIdentities({ call, log, tell, apiUrl: apiUrl ?? SLACK });
  const self = (): string | null => identities.current()?.userId ?? null;

  const files = createFiles({ call, log, botToken, apiUrl, attachmentMb: () => limits().attachmentMb });
  const attachments = createAttachments({
    store,
    clock,
    log,
    files,
    attachmentsPerMessage: () => limits().attachmentsPerMessage,
  });
  const handlers = new Set<ThreadHandler>();
  let receive: Receive | null = null;
  const intake = createIntake({
    store,
    limits,
    attachments,
    nameOf: createNames(call),
    handlers,
    receive: () => receive,
  });

  let threads: Parameters<SlackPlatform['alsoCatchUp']>[0] = () => Promise.resolve([]);
  const catchUp = createCatchUp({
    store,
    clock,
    log,
    call,
    team: () => identities.current()?.team ?? null,
    take: (heard) => intake(heard, self()),
    threads: () => threads(),
  });

  const { receiver, router, open } = createReceiver(deps, (silentMs) => {
    // Slack renews a connection every few hours and holds events back for a moment: that is no outage.
    if (silentMs > (deps.silenceMs ?? SILENCE_MS)) catchUp.lost();
    pulse.beat();
  });
  const pulse = createPulse({ identities, catchUp, open, everyMs: deps.beatMs ?? BEAT_MS, clock, log });
  const app = createApp({
    botToken,
    apiUrl,
    receiver,
    log,
    identity: () => identities.current(),
    async keep(body, retried) {
      if (receive === null) throw new UnreachableError('the Slack channel is not running');
      // Where one delivery failed, others may have failed for good.
      if (retried && !catchUp.missing) catchUp.lost();
      const heard = readEvent(body);
      if (heard === null) return;
      await catchUp.before(heard.channel, heard.direct);
      await intake(heard, self() ?? addressee(body));
    },
  });
  listenToTaps(app, { intake: (heard) => intake(heard, self()), call, log });

  const sending = await createSending({ store, log, call, files, self });

  async function stop(): Promise<void> {
    receive = null;
    attachments.stop();
    catchUp.stop();
    await receiver.stop();
    await pulse.stop();
  }

  return {
    app,
    router,
    channel: {
      name: CHANNEL,
      start(given) {
        receive = given;
        return Promise.resolve();
      },
      send: (message) => sending.send(message),
      edit: (message) => sending.edit(message),
      status: () => pulse.status(),
      stop,
    },
    start() {
      if (!appToken && !deps.signingSecret) tell(explain('no-signing-secret', 'SLACK_SIGNING_SECRET'));
      receiver.start().catch((error: unknown) => log.error({ error: messageOf(error) }, 'slack: cannot listen'));
      pulse.start();
    },
    stop,
    botUserId: self,
    call,
    ...files,
    onThreadMessage(handler) {
      handlers.add(handler);
      return () => void handlers.delete(handler);
    },
    alsoCatchUp: (given) => void (threads = given),
    findChannel: (nameOrId) => findChannel(call, nameOrId),
    explain,
    escape,
  };
}

/** Over Socket Mode where there is an app token, else over HTTP. `onConnected`: each time events come again, after so many ms without. */
function createReceiver(
  { clock, log, tell, signingSecret, appToken, apiUrl, silenceMs }: SlackDeps,
  onConnected: (silentMs: number) => void,
): { readonly receiver: Receiver; readonly router: Router; readonly open: () => boolean } {
  if (!appToken) {
    // Without a secret nobody knows it, and nothing is believed.
    const secret = signingSecret || randomBytes(32).toString('hex');
    const receiver = createHttpReceiver({ signingSecret: secret, clock, log });
    return { receiver, router: receiver.router, open: () => true };
  }
  const connect = createCall(new webApi.WebClient(appToken, clientOptions(apiUrl, log)), createLanes(0));
  const receiver = createSocketReceiver({
    log,
    silenceMs: silenceMs ?? SILENCE_MS,
    async open() {
      const { url } = await connect('apps.connections.open', {}, { lane: 'socket' });
      if (typeof url !== 'string') throw new UnreachableError('Slack gave no address to connect to');
      return url;
    },
    onConnected,
    onRefused: (code) => tell(explain(code, code === 'missing_scope' ? 'connections:write' : 'SLACK_APP_TOKEN')),
  });
  return { receiver, router: express.Router(), open: () => receiver.connected() };
}

async function findChannel(call: Call, nameOrId: string): Promise<{ id: string; member: boolean } | null> {
  const name = nameOrId.replace(/^#/, '');
  const args = { types: 'public_channel,private_channel', exclude_archived: true };
  for await (const one of readPages(call, 'conversations.list', args, 'channels')) {
    const found = one as { id?: string; name?: string; is_member?: boolean };
    if (found.id && (found.id === name || found.name === name))
      return { id: found.id, member: found.is_member === true };
  }
  return null;
}
