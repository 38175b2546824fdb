import { toTraditional } from '../understanding/normalise.ts';
import { dayOf } from '../core/day.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Session } from './session.ts';
import type { State } from './state.ts';

/** Part of a message: one phrase, worded. Pieces of one flow are joined into one message. */
export interface Piece {
  readonly phrase: string;
  readonly text: string;
  readonly suggestions: readonly string[];
}

/** Varies the wording from turn to turn, the same way at each replay. */
function pick<T>(wordings: readonly T[], turn: number, key: string): T | undefined {
  let hash = turn;
  for (const char of key) hash = (hash * 31 + char.charCodeAt(0)) % 9973;
  return wordings[hash % wordings.length];
}

/** Values that every phrase and condition can see, whatever the flow. */
export function commonValues(session: Session): Record<string, unknown> {
  const { turn, knowledge, context, now } = session;
  const { policies } = knowledge;
  return {
    policy: policies,
    company: policies.company,
    bot_number: policies.bot_number,
    now: now.toISOString(),
    today: dayOf(now),
    mood: session.current().mood,
    emergency: turn.understood.emergency,
    group: turn.group,
    message: turn.text,
    attachments: turn.attachments,
    customer: { name: context.customer.name ?? null },
    tickets: context.tickets.map((ticket) => ({
      id: ticket.id,
      kind: ticket.kind,
      title: knowledge.intents.get(ticket.kind)?.title ?? ticket.kind,
      status: ticket.status,
      owner: ticket.owner,
      promised_at: ticket.promised_at,
      opened_at: ticket.opened_at,
      summary: ticket.summary,
      waybill: ticket.waybill,
    })),
    ticket: null,
    desk: null,
    waybill: null,
  };
}

/** The text in the customer's script. */
export function inScript(session: Session, text: string): string {
  return scripted(session.current(), text);
}

function scripted({ language, script }: State, text: string): string {
  return language === 'zh' && script === 'hant' ? toTraditional(text) : text;
}

/**
 * Words a phrase in the language and script of a conversation, where it has that language.
 * Throws when there is no such phrase or it names something that is not there.
 */
export function wordFor(
  state: State,
  knowledge: Knowledge,
  key: string,
  values: Readonly<Record<string, unknown>>,
  now: Date,
): string {
  const phrase = knowledge.phrases.get(key);
  if (phrase === undefined) throw new Error(`there is no phrase ${key}`);
  const english = state.language === 'en' && phrase.en.length > 0;
  const template = pick(english ? phrase.en : phrase.zh, state.turns, key);
  if (template === undefined) throw new Error(`phrase ${key} has no wording`);
  const text = template.render({ values, now, language: english ? 'en' : 'zh' }).trim();
  return english ? text : scripted(state, text);
}

/** A phrase as part of an answer. */
export function word(
  session: Session,
  key: string,
  values: Readonly<Record<string, unknown>>,
  suggestions: readonly string[] = [],
): Piece {
  const text = wordFor(session.current(), session.knowledge, key, values, session.now);
  session.trace(`phrase ${key}`, session.knowledge.phrases.get(key)?.place);
  return { phrase: key, text, suggestions };
}

/** An engine phrase with the common values and some of its own. */
export function wordEngine(
  session: Session,
  key: string,
  own: Readonly<Record<string, unknown>> = {},
  suggestions: readonly string[] = [],
): Piece {
  return word(session, key, { ...commonValues(session), ...own }, suggestions);
}

export function button(session: Session, which: 'yes' | 'no' | 'human'): string {
  return wordEngine(session, `button.${which}`).text;
}
