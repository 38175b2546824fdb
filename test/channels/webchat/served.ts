import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createWebchat, type Webchat, type WebchatDeps } from '../../../src/channels/webchat/webchat.ts';
import type { Receive } from '../../../src/core/channel.ts';
import { fixedClock, systemClock } from '../../../src/core/clock.ts';
import { createInProcessCoordination } from '../../../src/coordination/in-process.ts';
import { silentLog } from '../../../src/core/log.ts';
import { conversationId, type OutgoingDraft } from '../../../src/core/message.ts';
import type { ConversationRecord, Store } from '../../../src/core/store.ts';
import { openSqliteStore } from '../../../src/store/open-sqlite.ts';

export const LIMITS = { messageLength: 2000, messagesPerMinute: 20, attachmentMb: 1, attachmentsPerMessage: 3 };

export interface Served extends Webchat {
  readonly url: string;
  readonly store: Store;
  readonly clock: ReturnType<typeof fixedClock>;
  /** The engine's answer to what waits, or to what it had `heard`: kept in the log, which is all that it takes. */
  say(key: string, draft: string | Partial<OutgoingDraft>, heard?: ConversationRecord | null): Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface ServeOptions extends Partial<WebchatDeps> {
  readonly path?: string;
  readonly receive?: Receive;
  readonly port?: number;
}

/** The channel on a real server with a real store; only time stands still. */
export async function serve({ path = ':memory:', port = 0, receive, ...deps }: ServeOptions = {}): Promise<Served> {
  const store = deps.store ?? (await openSqliteStore({ path }));
  const clock = fixedClock(systemClock.now());
  const webchat = await createWebchat({
    store,
    clock,
    log: silentLog,
    coordination: createInProcessCoordination({ clock, concurrency: 4 }),
    limits: () => LIMITS,
    ...deps,
  });
  for (const channel of webchat.channels) {
    await channel.start(receive ?? ((message) => store.receive(message, clock.now().toISOString())));
  }
  const app = express();
  app.use(webchat.router);
  const server = createServer(app);
  server.on('upgrade', (...upgrade) => void (webchat.upgrade(...upgrade) || upgrade[1].destroy()));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

  async function say(
    key: string,
    draft: string | Partial<OutgoingDraft>,
    heard?: ConversationRecord | null,
  ): Promise<void> {
    const outgoing = {
      from: { role: 'bot' as const },
      suggestions: [],
      attachments: [],
      text: '',
      ...(typeof draft === 'string' ? { text: draft } : draft),
    };
    const conversation = heard ?? (await store.conversation(conversationId('webchat', key)));
    if (!conversation) throw new Error('no such conversation');
    await commit(store, conversation, clock.now().toISOString(), [outgoing]);
  }

  return {
    ...webchat,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    store,
    clock,
    say,
    async stop() {
      for (const channel of webchat.channels) await channel.stop();
      await closed(server);
      if (!deps.store) await store.close();
    },
  };
}

async function commit(
  store: Store,
  conversation: ConversationRecord,
  at: string,
  outgoing: readonly OutgoingDraft[],
): Promise<void> {
  const outcomes = new Map(conversation.waiting.map(({ seq }) => [seq, { kind: 'answered' as const }]));
  const nothing = { events: [], tickets: [], ticketEvents: [], timers: [], cancelTimers: [], wrongProofs: [] };
  await store.commitTurn({
    conversation: conversation.id,
    version: conversation.version,
    at,
    state: '{}',
    outcomes,
    outgoing,
    ...nothing,
  });
}

export function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => void server.close(() => resolve()));
}
