import type { Priority } from '../core/ticket.ts';
import { boundTicket, handOverPhrase } from './hand-over.ts';
import type { Replies } from './replies.ts';
import type { Session } from './session.ts';
import { commonValues, wordEngine } from './speak.ts';
import type { Frame } from './state.ts';
import { draftTicket, plainRequest } from './ticketing.ts';

/**
 * The engine itself brings in a human: two misses, an emergency, a threat, a long list. The flows under way end, for the human has them now;
 * what they had gathered goes along. `kind` is the intent the ticket is filed under.
 */
export function callHuman(
  session: Session,
  replies: Replies,
  phrase: string,
  priority: Priority,
  kind = 'human-agent',
): void {
  const { frames } = session.current();
  const matter = session.knowledge.intents.has(kind) ? kind : (frames[0]?.intent ?? kind);
  const frame: Frame = {
    id: 'engine',
    intent: matter,
    slots: {},
    done: [],
    bound: {},
    expecting: null,
    message: session.turn.text.slice(0, 1000),
  };
  const ticket = draftTicket(session, frame, { ...plainRequest, priority }, commonValues(session));
  for (const { id } of frames) session.emit({ type: 'flow-ended', frame: id, how: 'handed' });
  if (ticket === null) return;
  const bound = boundTicket(session.knowledge.desks.desks, ticket);
  replies.add('human', [wordEngine(session, handOverPhrase(phrase, ticket), bound)]);
}
