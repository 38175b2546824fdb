import { sql, type Insertable, type Selectable } from 'kysely';
import type { ConversationId } from '../core/message.ts';
import type {
  OpenTickets,
  Owner,
  Ticket,
  TicketEvent,
  TicketEventKind,
  TicketStatus,
  TicketStory,
} from '../core/ticket.ts';
import { readTexts } from './json.ts';
import { resolved } from './literals.ts';
import { transcript } from './log.ts';
import type { Database, TicketTable } from './schema.ts';
import { template } from './template.ts';

/** Lines of the conversation an agent sees with a ticket. */
const TRANSCRIPT_LINES = 1000;

/**
 * Puts a new ticket in, or changes one whose stored version is one below.
 * False where somebody else changed it first.
 */
export async function putTicket(tx: Database, ticket: Ticket): Promise<boolean> {
  const row = rowOf(ticket);
  const put = await tx
    .insertInto('tickets')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet(row)
        .where('tickets.version', '=', ticket.version - 1),
    )
    .executeTakeFirst();
  return put.numInsertedOrUpdatedRows === 1n;
}

export async function addTicketEvents(tx: Database, events: readonly TicketEvent[]): Promise<void> {
  for (const event of events) {
    const by = event.by ? { by_agent: event.by.agent, by_name: event.by.name } : { by_agent: null, by_name: null };
    await tx
      .insertInto('ticket_events')
      .values({
        ticket: event.ticket,
        kind: event.kind,
        at: event.at,
        ...by,
        text: event.text ?? null,
        target: event.target ?? null,
      })
      .execute();
  }
}

export async function unresolvedTickets(db: Database, conversation: ConversationId): Promise<readonly Ticket[]> {
  return (await unresolvedIn(db, { conversation })).rows.map(ticketOf);
}

const unresolvedIn = template((db, { conversation }: { conversation: string }) =>
  db
    .selectFrom('tickets')
    .selectAll()
    .where('conversation', '=', conversation)
    .where('status', '<>', resolved)
    .orderBy('opened_at')
    .orderBy('id'),
);

/** Oldest first. */
export async function tickets(
  db: Database,
  filter: {
    readonly status?: TicketStatus;
    readonly desk?: string;
    readonly customer?: string;
    readonly conversation?: ConversationId;
    readonly resolved?: number;
  },
): Promise<readonly Ticket[]> {
  let query = db.selectFrom('tickets').selectAll();
  if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  if (filter.desk !== undefined) query = query.where('desk', '=', filter.desk);
  if (filter.customer !== undefined) query = query.where('customer_id', '=', filter.customer);
  if (filter.conversation !== undefined) query = query.where('conversation', '=', filter.conversation);
  const { resolved: most } = filter;
  if (most !== undefined)
    // The place in the table is the order of opening, and needs no index.
    query = query.where(
      sql<boolean>`(status <> 'resolved' or rowid in (select rowid from tickets where status = 'resolved' order by rowid desc limit ${most}))`,
    );
  return (await query.orderBy('opened_at').orderBy('id').execute()).map(ticketOf);
}

export async function openTickets(db: Database): Promise<readonly OpenTickets[]> {
  return db
    .selectFrom('tickets')
    .select(({ fn }) => ['desk', 'kind', 'priority', 'status', fn.countAll<number>().as('count')])
    .where('status', '<>', resolved)
    .groupBy(['desk', 'kind', 'priority', 'status'])
    .execute();
}

export async function ticketStory(db: Database, id: string): Promise<TicketStory | null> {
  const row = await db.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return null;
  const ticket = ticketOf(row);
  return {
    ticket,
    transcript: await transcript(db, ticket.conversation, TRANSCRIPT_LINES),
    history: await history(db, id),
    others: await othersOf(db, ticket),
  };
}

export async function nextTicketId(db: Database): Promise<string> {
  const { value } = await db
    .updateTable('counters')
    .set((eb) => ({ value: eb('value', '+', 1) }))
    .where('name', '=', 'ticket')
    .returning('value')
    .executeTakeFirstOrThrow();
  return `T-${value}`;
}

async function history(db: Database, ticket: string): Promise<readonly TicketEvent[]> {
  const rows = await db.selectFrom('ticket_events').selectAll().where('ticket', '=', ticket).orderBy('id').execute();
  return rows.map((row) => {
    const by = ownerOf(row.by_agent, row.by_name);
    return {
      ticket: row.ticket,
      kind: row.kind as TicketEventKind,
      at: row.at,
      ...(by && { by }),
      ...(row.text !== null && { text: row.text }),
      ...(row.target !== null && { target: row.target }),
    };
  });
}

/** A customer's id means the same person only within one channel. */
async function othersOf(db: Database, ticket: Ticket): Promise<readonly Ticket[]> {
  const rows = await db
    .selectFrom('tickets')
    .innerJoin('conversations', 'conversations.id', 'tickets.conversation')
    .selectAll('tickets')
    .where('tickets.customer_id', '=', ticket.customer.id)
    .where('tickets.id', '<>', ticket.id)
    .where('conversations.channel', '=', (eb) =>
      eb.selectFrom('conversations as own').select('own.channel').where('own.id', '=', ticket.conversation),
    )
    .orderBy('tickets.opened_at')
    .orderBy('tickets.id')
    .execute();
  return rows.map(ticketOf);
}

function rowOf(ticket: Ticket): Insertable<TicketTable> {
  return {
    id: ticket.id,
    desk: ticket.desk,
    kind: ticket.kind,
    status: ticket.status,
    priority: ticket.priority,
    conversation: ticket.conversation,
    customer_id: ticket.customer.id,
    customer_name: ticket.customer.name ?? null,
    waybill: ticket.waybill,
    summary: ticket.summary,
    form_json: JSON.stringify(ticket.form),
    owner_agent: ticket.owner?.agent ?? null,
    owner_name: ticket.owner?.name ?? null,
    promised_at: ticket.promised_at,
    opened_at: ticket.opened_at,
    updated_at: ticket.updated_at,
    resolved_at: ticket.resolved_at,
    version: ticket.version,
  };
}

function ticketOf(row: Selectable<TicketTable>): Ticket {
  return {
    id: row.id,
    desk: row.desk,
    kind: row.kind,
    status: row.status,
    priority: row.priority,
    conversation: row.conversation as ConversationId,
    customer: { id: row.customer_id, ...(row.customer_name === null ? {} : { name: row.customer_name }) },
    waybill: row.waybill,
    summary: row.summary,
    form: readTexts(row.form_json),
    owner: ownerOf(row.owner_agent, row.owner_name),
    promised_at: row.promised_at,
    opened_at: row.opened_at,
    updated_at: row.updated_at,
    resolved_at: row.resolved_at,
    version: row.version,
  };
}

function ownerOf(agent: string | null, name: string | null): Owner | null {
  return agent === null ? null : { agent, name: name ?? '' };
}
