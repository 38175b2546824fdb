import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { SlackDeps, SlackPlatform } from '../../../src/channels/slack/platform.ts';
import { createSlackPlatform } from '../../../src/channels/slack/slack.ts';
import type { Receive } from '../../../src/core/channel.ts';
import { fixedClock, systemClock } from '../../../src/core/clock.ts';
import { silentLog } from '../../../src/core/log.ts';
import type { ConversationId, OutgoingDraft } from '../../../src/core/message.ts';
import type { Store } from '../../../src/core/store.ts';
import { openSqliteStore } from '../../../src/store/open-sqlite.ts';
import { type SlackApi, startSlackApi } from '../../slack-api/slack-api.ts';
import { envelope, messageEvent, type Signed, signed } from '../../slack-api/signed.ts';
import { BOT_TOKEN, type KeptMessage, SECRET } from '../../slack-api/workspace.ts';

export const LIMITS = { messageLength: 2000, attachmentMb: 1, attachmentsPerMessage: 3 };

export interface Served {
  readonly slack: SlackApi;
  readonly platform: SlackPlatform;
  readonly store: Store;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly told: string[];
  readonly url: string;
  /** Posts a request as it is; gives the status. */
  post(request: Signed): Promise<{ status: number; body: string }>;
  /** Delivers an event body, signed now. */
  event(body: object, retry?: number): Promise<number>;
  /** A person writes: it is in the workspace, and told to us. */
  writes(
    channel: string,
    user: string,
    text: string,
    more?: Partial<KeptMessage>,
  ): Promise<{ status: number; message: KeptMessage }>;
  /** The engine answers all that waits in a conversation; nothing is sent. */
  answer(id: ConversationId, ...drafts: (string | Partial<OutgoingDraft>)[]): Promise<void>;
  /** Sends what is due, as the outbox does; gives what was thrown. */
  sendDue(): Promise<unknown[]>;
  /** The texts of the log, in order. */
  log(id: ConversationId): Promise<string[]>;
  conversations(): Promise<readonly ConversationId[]>;
  stop(): Promise<void>;
}

export interface ServeOptions extends Partial<SlackDeps> {
  readonly slack?: SlackApi;
  readonly receive?: (store: Store) => Receive;
  readonly start?: boolean;
}

/** The platform on a real server with a real store, and a Slack on loopback; only time stands still. */
export async function serve({ slack: given, receive, start = true, ...deps }: ServeOptions = {}): Promise<Served> {
  const store = deps.store ?? (await openSqliteStore({ path: ':memory:' }));
  const clock = (deps.clock as ReturnType<typeof fixedClock> | undefined) ?? fixedClock(systemClock.now());
  const slack = given ?? (await startSlackApi(() => clock.now().getTime()));
  const told: string[] = [];
  const platform = await createSlackPlatform({
    store,
    log: silentLog,
    limits: () => LIMITS,
    tell: (line) => told.push(line),
    botToken: BOT_TOKEN,
    signingSecret: SECRET,
    apiUrl: slack.apiUrl,
    paceMs: 0,
    ...deps,
    clock,
  });
  await platform.channel.start(receive?.(store) ?? ((message) => store.receive(message, clock.now().toISOString())));
  const app = express();
  app.use(platform.router);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  if (start) {
    platform.start();
    await until(() => platform.botUserId() !== null);
  }

  const served: Served = {
    slack,
    platform,
    store,
    clock,
    told,
    url,
    async post({ body, headers }) {
      const response = await fetch(url, { method: 'POST', body, headers });
      return { status: response.status, body: await response.text() };
    },
    async event(body, retry = 0) {
      // Every delivery is signed anew, at another second.
      clock.advance(1000);
      return (await served.post(signed(JSON.stringify(body), { at: clock.now().getTime(), retry }))).status;
    },
    async writes(channel, user, text, more = {}) {
      clock.advance(1000);
      const message = slack.post(channel, { user, text, ...more });
      return { message, status: await served.event(envelope(messageEvent(channel, message))) };
    },
    async answer(id, ...drafts) {
      const conversation = await store.conversation(id);
      if (!conversation) throw new Error(`no such conversation: ${id}`);
      const outgoing = drafts.map((draft) => ({
        from: { role: 'bot' as const },
        text: '',
        suggestions: [],
        attachments: [],
        ...(typeof draft === 'string' ? { text: draft } : draft),
      }));
      const nothing = { events: [], tickets: [], ticketEvents: [], timers: [], cancelTimers: [], wrongProofs: [] };
      const outcomes = new Map(conversation.waiting.map(({ seq }) => [seq, { kind: 'answered' as const }]));
      const at = clock.now().toISOString();
      await store.commitTurn({
        conversation: id,
        version: conversation.version,
        at,
        state: '{}',
        outcomes,
        outgoing,
        ...nothing,
      });
    },
    async sendDue() {
      const thrown: unknown[] = [];
      const at = clock.now().toISOString();
      for (;;) {
        const due = await store.unsent(at, 100);
        if (due.length === 0) return thrown;
        for (const message of due) {
          try {
            await platform.channel.send(message);
            await store.markSent(message.seq, at);
          } catch (error) {
            thrown.push(error);
            const retryAt = new Date(clock.now().getTime() + 1000).toISOString();
            await store.markUnsent(message.seq, String(error), { retryAt });
          }
        }
      }
    },
    log: async (id) => (await store.log(id, 0, 1000)).map(({ text }) => text),
    conversations: () => store.conversationsOf('slack', '2000-01-01T00:00:00.000Z'),
    async stop() {
      await platform.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
      if (!given) await slack.close();
      if (!deps.store) await store.close();
    },
  };
  return served;
}

/** Waits for something that happens by itself; the test's own time limit ends it. */
export async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 5));
}
