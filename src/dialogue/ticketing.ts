import type { Priority } from '../core/ticket.ts';
import type { Template } from '../knowledge/template.ts';
import type { Session } from './session.ts';
import type { Frame } from './state.ts';
import type { DraftedTicket } from './turn.ts';

export interface TicketRequest {
  readonly summary: Template | null;
  readonly priority: Priority;
  /** `desk.clock` */
  readonly promise: string | null;
  readonly desk: string | null;
  /** Joins a ticket of the same kind that this turn opens, whichever waybill that one is about. */
  readonly together?: boolean;
}

export const plainRequest: TicketRequest = { summary: null, priority: 'normal', promise: null, desk: null };

const rank: Record<Priority, number> = { normal: 0, high: 1, urgent: 2 };

/** An angry customer comes sooner, a threat or an emergency first. */
function raised(session: Session, asked: Priority): Priority {
  const { mood } = session.current();
  const least: Priority =
    session.turn.understood.emergency || mood === 'threatening' ? 'urgent' : mood === 'angry' ? 'high' : 'normal';
  return rank[least] > rank[asked] ? least : asked;
}

/** The filled form as an agent reads it. A request for a human carries what the interrupted flow had gathered. */
function formOf(session: Session, frame: Frame): Record<string, string> {
  const form: Record<string, string> = {};
  const others = session.current().frames.filter((other) => other.id !== frame.id);
  for (const { intent, slots } of [...others.reverse(), frame]) {
    const declared = session.knowledge.intents.get(intent)?.slots;
    for (const [name, value] of Object.entries(slots)) form[declared?.get(name)?.title ?? name] = String(value);
  }
  return form;
}

function waybillOf(session: Session, frame: Frame): string | null {
  const { frames, remembered } = session.current();
  const named = [frame, ...frames].map(({ slots }) => slots['waybill']).find((value) => value !== undefined);
  const value = named ?? remembered['waybill']?.value;
  return value === undefined ? null : String(value);
}

/**
 * Drafts a ticket for a frame's matter, or joins the open one on the same matter.
 * Null while its number is not known yet (the need is noted).
 */
export function draftTicket(
  session: Session,
  frame: Frame,
  request: TicketRequest,
  values: Readonly<Record<string, unknown>>,
): DraftedTicket | null {
  const { knowledge, context, now, turn } = session;
  const intent = knowledge.intents.get(frame.intent);
  const waybill = waybillOf(session, frame);
  const [promiseDesk, promiseClock] = request.promise?.split('.') ?? [];
  const desk = request.desk ?? intent?.desk ?? knowledge.desks.default_desk;
  const { emergency_minutes } = knowledge.policies.dialogue;
  const promised_at = turn.understood.emergency
    ? new Date(now.getTime() + emergency_minutes * 60_000).toISOString()
    : context.promise(promiseDesk ?? desk, promiseClock ?? 'reply', now);
  const title = intent?.title ?? frame.intent;
  const summary =
    request.summary?.render({ values, now, language: 'zh' }) ??
    [title, waybill, frame.message || turn.text].filter(Boolean).join(' · ');

  const open =
    [...context.tickets, ...session.tickets].find((t) => t.kind === frame.intent && t.waybill === waybill) ??
    (request.together === true ? session.tickets.find((t) => t.kind === frame.intent) : undefined);
  let id = open?.id;
  if (id === undefined) {
    const fact = session.fact({ kind: 'ticket-id', n: session.tickets.length });
    if (fact === null) return null;
    if (!('id' in fact)) throw new Error('no ticket number was given');
    id = fact.id;
  }
  const draft: DraftedTicket = {
    id,
    desk,
    kind: frame.intent,
    priority: raised(session, request.priority),
    waybill,
    summary: summary.slice(0, 500),
    form: formOf(session, frame),
    promised_at,
    joins: open !== undefined,
  };
  session.tickets.push(draft);
  session.emit({ type: 'ticket-drafted', ticket: id });
  session.trace(`ticket ${id} for ${desk}${draft.joins ? ' (joined)' : ''}`);
  return draft;
}
