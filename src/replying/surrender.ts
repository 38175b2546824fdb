import { emptyTurn } from '../core/empty-turn.ts';
import type { ConversationRecord, TurnCommit } from '../core/store.ts';
import type { TicketDraft } from '../core/ticket.ts';
import type { State } from '../dialogue/state.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { promiseOf } from './promise.ts';
import { botSays, outcomesOf, sayEngine } from './turn-commit.ts';
import { joinTicket, openTicket } from '../tickets/opening.ts';
import { customerReplied } from '../tickets/transitions.ts';
import { heldIn } from './held.ts';

/** Said when even the phrases fail. */
const LAST_WORDS = '您好，系统暂时出了点问题，您的消息我们已经收到，人工客服会尽快回复您，给您添麻烦了。';

/** What is asked of a human here, wherever the conversation stood. */
const MATTER = { kind: 'human-agent', waybill: null };

/**
 * The last resort: deciding failed again and again, so a human is told and the customer hears so. Looks nothing up.
 * An agent who has the conversation already hears the customer, and the bot stays quiet; an open ticket of this kind takes it in.
 */
export async function surrenderTurn(
  conversation: ConversationRecord,
  known: Knowledge,
  state: State,
  nextTicketId: () => Promise<string>,
  now: Date,
): Promise<TurnCommit> {
  const held = heldIn(conversation);
  if (held !== undefined) {
    const { ticket, events } = customerReplied(held, now);
    return {
      ...handedTo(conversation, ticket.id, now),
      tickets: events.length > 0 ? [ticket] : [],
      ticketEvents: events,
    };
  }
  const open = conversation.tickets.find(({ kind, waybill }) => kind === MATTER.kind && waybill === MATTER.waybill);
  const desk = known.desks.default_desk;
  const draft: TicketDraft = {
    ...MATTER,
    id: open?.id ?? (await nextTicketId()),
    desk,
    priority: 'high',
    summary: conversation.waiting
      .map((message) => message.text)
      .join(' / ')
      .slice(0, 500),
    form: {},
    promised_at: promiseOf(known, desk, 'reply', now).toISOString(),
  };
  const { ticket, events } =
    open === undefined
      ? openTicket(draft, { conversation: conversation.id, customer: conversation.customer, now })
      : joinTicket(open, draft, now);
  let words = LAST_WORDS;
  try {
    const { id, promised_at } = ticket;
    words = sayEngine(known, state, 'trouble', { ticket: { id, promised_at, joined: open !== undefined } }, now);
  } catch {
    // The phrase itself may be what fails.
  }
  return {
    ...handedTo(conversation, ticket.id, now),
    outgoing: [botSays(known, words)],
    tickets: [ticket],
    ticketEvents: events,
  };
}

function handedTo(conversation: ConversationRecord, ticket: string, now: Date): TurnCommit {
  const outcomes = outcomesOf(conversation.waiting, { kind: 'handed', ticket });
  return { ...emptyTurn(conversation, now), outcomes };
}
