import type { Intent } from '../knowledge/knowledge.ts';
import type { Request } from '../understanding/understanding.ts';
import { carriedOver } from './ellipsis.ts';
import { attachmentsIn, slotsFrom, slotsRemembered } from './fill.ts';
import type { Session } from './session.ts';
import type { Start } from './start.ts';
import type { Frame, SlotValue } from './state.ts';

/** Several of these in a message are no several requests. */
const FIGURES: readonly string[] = ['phone', 'phone-tail', 'money', 'date', 'weight', 'volume', 'quantity'];

/** Where in the turn's text; `end` exclusive. */
interface Span {
  readonly start: number;
  readonly end: number;
}

const questionlike =
  /[?？]|[吗呢嘛]|什么|怎么|怎样|多少|几点|几天|哪里|哪儿|哪个|能不能|可不可以|人工|\b(?:what|when|where|how|which|who|can|could|do you|human|agent)\b/i;

/** Whether the turn, in the middle of a question about something, plainly asks for something else. */
export function isInterruption(session: Session, frame: Frame): boolean {
  const { requests, text } = session.turn.understood;
  const other = requests.find((request) => request.intent !== frame.intent && !isSmall(session, request.intent));
  return other !== undefined && other.confidence >= 0.6 && (questionlike.test(text) || text.length <= 6);
}

export function isSmall(session: Session, intent: string): boolean {
  return session.knowledge.intents.get(intent)?.small ?? false;
}

/** A tapped topic stands for its intent, whatever the recogniser thinks of so short a text. */
function titled(session: Session): Request | undefined {
  const { text } = session.turn.understood;
  const intent = [...session.knowledge.intents.values()].find(
    (i) => i.title === text || i.titleEn?.toLowerCase() === text.toLowerCase(),
  );
  return intent === undefined ? undefined : { intent: intent.name, confidence: 1, text, start: 0, end: text.length };
}

/** What this turn newly asks for, in order: courtesies only where nothing else is said, and nothing that was an answer. */
export function newRequests(session: Session): readonly Request[] {
  const { understood } = session.turn;
  const asked = titled(session);
  const known = (asked === undefined ? understood.requests : [asked]).filter((request) =>
    session.knowledge.intents.has(request.intent),
  );
  const real = withoutAsides(
    session,
    known.filter((request) => !isSmall(session, request.intent)),
  );
  const { answered } = session;
  if (answered?.whole === true) return [];
  if (answered === null) return real.length > 0 ? real : isNod(session) ? [] : known;
  return real.filter(
    (request) => request.intent !== answered.intent && request.confidence >= 0.6 && saysMore(session, request),
  );
}

/** 收到 or 好的 in a group, where we asked nothing, is nobody's request. */
export function isNod(session: Session): boolean {
  const { group, understood } = session.turn;
  const nods = understood.signals.some((signal) => signal === 'yes' || signal === 'noted');
  return group && nods && understood.text.length <= 6 && session.current().frames.length === 0;
}

/** A complaint or a suggestion takes the whole message; beside it only a request that names something of its own stands. */
function withoutAsides(session: Session, requests: readonly Request[]): readonly Request[] {
  const { intents } = session.knowledge;
  if (!requests.some((request) => intents.get(request.intent)?.whole === true)) return requests;
  const { entities } = session.turn.understood;
  const names = (request: Request): boolean =>
    entities.some((e) => e.type === 'waybill' && e.start >= request.start && e.end <= request.end);
  return requests.filter((request) => intents.get(request.intent)?.whole === true || names(request));
}

/** Whether anything is left of a request when the values that answered a question are taken away. */
function saysMore(session: Session, request: Request): boolean {
  const { entities, text } = session.turn.understood;
  let rest = text.slice(request.start, request.end);
  for (const entity of entities) rest = rest.replace(entity.text, '');
  return rest.replace(/[\s\p{P}]/gu, '').length >= 4;
}

/** The flows that a request begins: one, or one for each parcel it names. */
export function startsOf(session: Session, request: Request, all: readonly Request[]): readonly Start[] {
  const intent = session.knowledge.intents.get(request.intent);
  if (intent === undefined) return [];
  const { understood, text } = session.turn;
  const slots: Record<string, SlotValue> = {
    ...slotsRemembered(session, intent),
    ...carriedOver(session, intent, request),
    ...slotsFrom(
      intent,
      understood,
      request,
      all.filter((other) => other !== request),
    ),
  };
  for (const slot of intent.slots.values()) {
    if (slot.fills === 'attachment' && session.turn.attachments > 0) slots[slot.name] = attachmentsIn(session);
  }
  const message = all.length > 1 ? request.text : text;
  return eachOf(session, { intent, slots, message }, request, all.length === 1);
}

/** One flow, or one for each parcel (city, goods …) that the span names; `whole`: that the turn names. */
export function eachOf(session: Session, start: Start, span: Span, whole: boolean): readonly Start[] {
  const several = severalOf(session, start.intent, span, whole);
  if (several === null) return [start];
  return several.values.map((value) => ({ ...start, slots: { ...start.slots, [several.slot]: value } }));
}

/** `12345678和12345679到哪了`, `西安和成都有网点吗`: the only slot of its kind, and what it is to be in turn. Null where one flow will do. */
function severalOf(
  session: Session,
  intent: Intent,
  span: Span,
  whole: boolean,
): { readonly slot: string; readonly values: readonly SlotValue[] } | null {
  const { entities } = session.turn.understood;
  const slots = [...intent.slots.values()];
  for (const { name, fills } of slots) {
    if (fills === null || FIGURES.includes(fills) || slots.filter((slot) => slot.fills === fills).length > 1) continue;
    const named = entities.filter((e) => e.type === fills && (whole || (e.start >= span.start && e.end <= span.end)));
    const values = [...new Set(named.map((entity) => entity.value))];
    if (values.length > 1) return { slot: name, values };
  }
  return null;
}
