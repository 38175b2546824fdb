import { fixedClock } from '../../src/core/clock.ts';
import type { Announce, DeskDirectory } from '../../src/core/desk.ts';
import { conversationId } from '../../src/core/message.ts';
import type { Attachment } from '../../src/core/message.ts';
import type { Store } from '../../src/core/store.ts';
import type { Ticket, TicketDraft } from '../../src/core/ticket.ts';
import { openTicket } from '../../src/tickets/opening.ts';

/** The company that the desks' tests work for: two desks, two agents, one customer on the web page. */
export const NOW = '2026-11-23T02:00:00.000Z';
export const HERE = conversationId('webchat', 'c-1');
const CUSTOMER = { id: 'u-1', name: '韩梅梅' };

const AGENTS = [
  { number: '8001', name: '小李', desks: ['payments'], slack: 'U8001' },
  { number: '8002', name: '小王', desks: ['payments', 'claims'], slack: 'U8002' },
];
export const directory: DeskDirectory = {
  desks: () => [
    { id: 'payments', title: '代收货款部', slack_channel: '#payments' },
    { id: 'claims', title: '理赔部', slack_channel: '#claims' },
  ],
  agent: (number) => AGENTS.find((agent) => agent.number === number) ?? null,
  agents: () => AGENTS,
  promise: (desk, at) => new Date(at.getTime() + (desk === 'claims' ? 4 : 2) * 3_600_000).toISOString(),
};
export const announce: Announce = (what, ticket, extra) => Promise.resolve(`${what} ${ticket.id} ${extra['name']}`);

export interface Floor {
  readonly clock: ReturnType<typeof fixedClock>;
  /** Opens a ticket in conversation `c-1` after the customer wrote `text`. */
  open(fields?: Partial<TicketDraft>, text?: string, attachments?: readonly Attachment[]): Promise<Ticket>;
  /** The customer writes again. */
  write(text: string, attachments?: readonly Attachment[]): Promise<number>;
  /** What the customer's conversation holds, as `role: text`. */
  said(): Promise<string[]>;
}

/** What the engine does before a desk has anything to do. */
export function createFloor(store: Store, clock = fixedClock(NOW)): Floor {
  let written = 0;

  async function write(text: string, attachments: readonly Attachment[] = []): Promise<number> {
    written += 1;
    const at = clock.now().toISOString();
    const message = {
      channel: 'webchat',
      id: `m-${written}`,
      conversation: HERE,
      customer: CUSTOMER,
      group: false,
      text,
    };
    return (await store.receive({ ...message, attachments, sentAt: at }, at)).seq;
  }

  return {
    clock,
    write,
    async open(fields = {}, text = '我的12345678单号的货款为什么半个月了还没有收到', attachments = []) {
      const seq = await write(text, attachments);
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
        { conversation: HERE, customer: CUSTOMER, now: clock.now() },
      );
      await store.commitTurn({
        conversation: HERE,
        version: (await store.conversation(HERE))?.version ?? 0,
        at: clock.now().toISOString(),
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
