import { emptyTurn } from '../core/empty-turn.ts';
import type { ConversationRecord, TurnCommit } from '../core/store.ts';
import type { State } from '../dialogue/state.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { promiseOf } from './promise.ts';
import { botSays, outcomesOf, sayEngine } from './turn-commit.ts';
import { openTicket } from '../tickets/opening.ts';

/** Said when even the phrases fail. */
const LAST_WORDS = '您好，系统暂时出了点问题，您的消息我们已经收到，人工客服会尽快回复您，给您添麻烦了。';

/** The last resort: deciding failed again and again, so a human is told and the customer hears so. Looks nothing up. */
export function surrenderTurn(
  conversation: ConversationRecord,
  known: Knowledge,
  state: State,
  ticketId: string,
  now: Date,
): TurnCommit {
  const desk = known.desks.default_desk;
  const promised_at = promiseOf(known, desk, 'reply', now).toISOString();
  const { ticket, events } = openTicket(
    {
      id: ticketId,
      desk,
      kind: 'human-agent',
      priority: 'high',
      waybill: null,
      summary: conversation.waiting
        .map((message) => message.text)
        .join(' / ')
        .slice(0, 500),
      form: {},
      promised_at,
    },
    { conversation: conversation.id, customer: conversation.customer, now },
  );
  let words = LAST_WORDS;
  try {
    words = sayEngine(known, state, 'trouble', { ticket: { id: ticketId, promised_at, joined: false } }, now);
  } catch {
    // The phrase itself may be what fails.
  }
  return {
    ...emptyTurn(conversation, now),
    outcomes: outcomesOf(conversation.waiting, { kind: 'handed', ticket: ticketId }),
    outgoing: [botSays(known, words)],
    tickets: [ticket],
    ticketEvents: events,
  };
}
