import type { Ticket, TicketStory } from '../../core/ticket.ts';
import { maskText, maskValue } from '../../core/privacy/mask.ts';
import type { Masked, Privacy } from '../../core/privacy/mask.ts';
import { privacyOf, privateSlot } from '../../tickets/privacy.ts';

/** A text that the desk shows: clear, and as it is shown before anybody has asked for more. */
export interface Field {
  readonly clear: string;
  readonly masked: Masked;
}

/**
 * The texts by the name under which an agent asks for them: `customer.name`, `summary`, `form.<slot>`,
 * `transcript.<seq>`, `transcript.<seq>.name`, `history.<place from 0>`. `<name>#<n>` is the nth hidden piece of one.
 */
export type Fields = ReadonlyMap<string, Field>;

export function fieldsOfTicket(ticket: Ticket, privacy = privacyOf(ticket)): Fields {
  const fields = new Map<string, Field>();
  const { name } = ticket.customer;
  if (name !== undefined) fields.set('customer.name', { clear: name, masked: maskValue('name', name) });
  fields.set('summary', free(ticket.summary, privacy));
  for (const [slot, value] of Object.entries(ticket.form)) {
    const kind = privateSlot(slot);
    const field = kind === null ? free(value, privacy) : { clear: value, masked: maskValue(kind, value) };
    fields.set(`form.${slot}`, field);
  }
  return fields;
}

/** Looking for what is private is dear, and a story is asked for its fields once a line. */
const found = new WeakMap<TicketStory, Fields>();

/** What one of the customer's tickets knows to be private is hidden in the whole story. */
export function fieldsOfStory(story: TicketStory): Fields {
  const fields = found.get(story) ?? findFields(story);
  found.set(story, fields);
  return fields;
}

function findFields(story: TicketStory): Fields {
  const known = [story.ticket, ...story.others].map(privacyOf);
  const privacy = { hide: known.flatMap(({ hide }) => hide), show: known.flatMap(({ show }) => show) };
  const fields = new Map(fieldsOfTicket(story.ticket, privacy));
  for (const { seq, from, text } of story.transcript) {
    fields.set(`transcript.${seq}`, free(text, privacy));
    if (from.role === 'customer' && from.name !== undefined) {
      fields.set(`transcript.${seq}.name`, { clear: from.name, masked: maskValue('name', from.name) });
    }
  }
  for (const [place, { text }] of story.history.entries()) {
    if (text !== undefined) fields.set(`history.${place}`, free(text, privacy));
  }
  return fields;
}

/** The clear text behind a field or one of its pieces; null where there is none of that name. */
export function clearText(fields: Fields, name: string): string | null {
  const [, field = name, piece] = /^(.*)#(\d+)$/.exec(name) ?? [];
  const text = fields.get(field);
  if (piece === undefined) return text?.clear ?? null;
  return text?.masked.hidden[Number(piece)]?.value ?? null;
}

function free(text: string, privacy: Privacy): Field {
  return { clear: text, masked: maskText(text, privacy) };
}
