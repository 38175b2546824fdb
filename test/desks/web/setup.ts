import { onTestFinished } from 'vitest';
import { fixedClock } from '../../../src/core/clock.ts';
import type { Announce, DeskDirectory } from '../../../src/core/desk.ts';
import { silentLog } from '../../../src/core/log.ts';
import { conversationId } from '../../../src/core/message.ts';
import type { Attachment } from '../../../src/core/message.ts';
import type { Store } from '../../../src/core/store.ts';
import type { Ticket, TicketDraft } from '../../../src/core/ticket.ts';
import { createWebDesk } from '../../../src/desks/web/web-desk.ts';
import type { StoryView, TicketView } from '../../../src/desks/web/view.ts';
import type { WebDeskDeps } from '../../../src/desks/web/web-desk.ts';
import { createHttpServer } from '../../../src/http/http-server.ts';
import { createMetrics } from '../../../src/http/metrics.ts';
import { openSqliteStore } from '../../../src/store/open-sqlite.ts';
import { openTicket } from '../../../src/tickets/opening.ts';

export const TOKEN = 'a-desk-token-of-good-length';
export const NOW = '2026-11-23T02:00:00.000Z';
export const HERE = conversationId('webchat', 'c-1');

const AGENTS = [
  { number: '8001', name: '小李', desks: ['payments'] },
  { number: '8002', name: '小王', desks: ['payments', 'claims'] },
];
const directory: DeskDirectory = {
  desks: () => [
    { id: 'payments', title: '代收货款部' },
    { id: 'claims', title: '理赔部' },
  ],
  agent: (number) => AGENTS.find((agent) => agent.number === number) ?? null,
  agents: () => AGENTS,
  promise: (desk, at) => new Date(at.getTime() + (desk === 'claims' ? 4 : 2) * 3_600_000).toISOString(),
};
const announce: Announce = (what, ticket, extra) => Promise.resolve(`${what} ${ticket.id} ${extra['name']}`);

/** Whatever the API may answer with, in one type: a test knows which of it to expect. */
export interface Body extends StoryView {
  readonly tickets: readonly TicketView[];
  readonly desks: readonly object[];
  readonly agents: readonly object[];
  readonly value: string;
  readonly error: { readonly code: string; readonly message: string };
}

export interface Answer {
  readonly status: number;
  readonly body: Body;
}

export interface Desk {
  readonly store: Store;
  readonly url: string;
  readonly clock: ReturnType<typeof fixedClock>;
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  /** Opens a ticket in conversation `c-1` after the customer wrote `text`. */
  open(fields?: Partial<TicketDraft>, text?: string, attachments?: readonly Attachment[]): Promise<Ticket>;
  /** What the customer's conversation holds, as `role: text`. */
  said(): Promise<string[]>;
  close(): Promise<void>;
}

/** The real router behind the real server on loopback, over the real store in memory. */
export async function openDesk(
  options: Partial<WebDeskDeps> = {},
  /** Something between the desk and its store. */
  between: (store: Store) => Store = (store) => store,
): Promise<Desk> {
  const store = await openSqliteStore({ path: ':memory:' });
  const clock = fixedClock(NOW);
  const desk = createWebDesk({
    store: between(store),
    directory,
    announce,
    clock,
    log: silentLog,
    token: TOKEN,
    ...options,
  });
  const server = createHttpServer({
    routers: [{ path: '/api', router: desk.router }],
    ready: () => Promise.resolve({ ok: true, detail: {} }),
    metrics: createMetrics({ log: silentLog }),
    pagesDir: '/nonexistent',
    deskToken: TOKEN,
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    onClose: () => desk.close(),
    graceMs: 200,
  });
  const { url } = await server.start();
  let open = true;
  const close = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await server.close();
    await store.close();
  };
  onTestFinished(close);
  const ask = async (path: string, init?: RequestInit): Promise<Answer> => {
    const answer = await fetch(url + path, { ...init, headers: { authorization: `Bearer ${TOKEN}` } });
    return { status: answer.status, body: (await answer.json()) as Body };
  };
  let written = 0;
  return {
    store,
    url,
    clock,
    close,
    get: (path) => ask(path),
    post: (path, body) => ask(path, { method: 'POST', body: JSON.stringify(body) }),
    async open(fields = {}, text = '我的12345678单号的货款为什么半个月了还没有收到', attachments = []) {
      written += 1;
      const customer = { id: 'u-1', name: '韩梅梅' };
      const at = clock.now().toISOString();
      const message = { channel: 'webchat', id: `m-${written}`, conversation: HERE, customer, group: false, text };
      const { seq } = await store.receive({ ...message, attachments, sentAt: at }, at);
      const { ticket, events } = openTicket(
        {
          id: await store.nextTicketId(),
          desk: 'payments',
          kind: 'payment-lookup',
          priority: 'normal',
          waybill: '12345678',
          summary: '货款超过15天未到账',
          form: {},
          promised_at: '2026-11-23T04:00:00.000Z',
          ...fields,
        },
        { conversation: HERE, customer, now: clock.now() },
      );
      await store.commitTurn({
        conversation: HERE,
        version: (await store.conversation(HERE))?.version ?? 0,
        at,
        state: '{}',
        events: [],
        outcomes: new Map([[seq, { kind: 'handed', ticket: ticket.id }]]),
        outgoing: [{ from: { role: 'bot' }, text: '已为您转人工', suggestions: [], attachments: [] }],
        tickets: [ticket],
        ticketEvents: events,
        timers: [],
        cancelTimers: [],
        wrongProofs: [],
      });
      return ticket;
    },
    async said() {
      return (await store.log(HERE, 0, 100)).map(({ from, text }) => `${from.role}: ${text}`);
    },
  };
}
