import type { Intent } from '../knowledge/knowledge.ts';
import { slotsFrom, wordsBeside } from './fill.ts';
import type { Request } from '../understanding/understanding.ts';
import type { Start } from './start.ts';
import type { Session } from './session.ts';
import type { SlotValue } from './state.ts';

/** What may stand around the one thing that is named: 那杭州呢, 要是300公斤呢, 发武汉的话. */
const AROUND =
  /^(?:那|还有|或者|如果|要是|换成|换|改成|假如|发|寄|到|去|从|是|再查|查|看|一下|下)*(?:的话|的|这个|这票|这单|那个|那票|那单|单号|单|呢|吧|啊|呀|吗|嘛|行不行)*$/;
/** A question that leans on what was said before. */
const LEANING = /^(?:那|还有)|呢[?？]?$/;
/** Longer messages say themselves what they mean. */
const SHORT = 12;
/** The parcel before the one that was last talked about. */
const BEFORE = /(?:上一?|前一?|前面那|之前那|刚才那)(?:个|票|单|条)/;

/** `34567890呢`, `那杭州呢`, `明天呢`, `上一个单呢`: what was asked last, asked again of something else. Null where it is not that. */
export function askedAgain(session: Session): Start | null {
  const { understood, text: message } = session.turn;
  const { last, frames } = session.current();
  const intent = last === null ? undefined : session.knowledge.intents.get(last.intent);
  if (last === null || intent === undefined || intent.small || frames.length > 0 || !isFresh(session)) return null;
  const before = waybillBefore(session, understood.text);
  const rest = understood.text.replace(BEFORE, '').replace(/[\s\p{P}]/gu, '');
  if (before !== undefined && intent.slots.has('waybill') && AROUND.test(rest))
    return { intent, slots: { ...last.slots, waybill: turnBackTo(session, before) }, message };
  if (understood.entities.length === 0 || !LEANING.test(understood.text)) return null;
  if (!AROUND.test(wordsBeside(understood))) return null;
  const named = slotsFrom(intent, understood, { start: 0, end: understood.text.length }, []);
  const dated = understood.entities.every(({ type }) => type === 'date');
  if (Object.keys(named).length === 0 && !dated) return null;
  return { intent, slots: { ...last.slots, ...named }, message };
}

/** `那运费呢` after a question about the time from one city to another: what the request does not say, the last one said. */
export function carriedOver(session: Session, intent: Intent, request: Request): Readonly<Record<string, SlotValue>> {
  const { last } = session.current();
  const { text } = session.turn.understood;
  const before = intent.slots.has('waybill') ? waybillBefore(session, text) : undefined;
  if (before !== undefined) return { waybill: turnBackTo(session, before) };
  if (last === null || request.text.length > SHORT || !LEANING.test(text) || !isFresh(session)) return {};
  const theirs = session.knowledge.intents.get(last.intent)?.slots;
  return Object.fromEntries(
    Object.entries(last.slots).filter(([name]) => {
      const [slot, other] = [intent.slots.get(name), theirs?.get(name)];
      return slot?.fills != null && slot.fills === other?.fills;
    }),
  );
}

/** It is the topic again, and what was the topic is the one before. */
function turnBackTo(session: Session, waybill: SlotValue): SlotValue {
  session.emit({ type: 'remembered', entity: 'waybill', value: waybill, at: session.now.toISOString() });
  return waybill;
}

function waybillBefore(session: Session, text: string): SlotValue | undefined {
  if (text.length > SHORT || !BEFORE.test(text) || !isFresh(session)) return undefined;
  if (session.turn.understood.entities.some(({ type }) => type === 'waybill')) return undefined;
  return session.current().remembered['waybill-before']?.value;
}

/** Whether the last request is recent enough to be meant. */
function isFresh(session: Session): boolean {
  const { spokeAt } = session.current();
  const minutes = session.knowledge.policies.dialogue.context_minutes;
  return spokeAt !== null && session.now.getTime() - Date.parse(spokeAt) <= minutes * 60_000;
}
