import type { DeskDirectory } from '../../core/desk.ts';
import { channelOf } from '../../core/message.ts';
import type { AttachmentKind, LoggedMessage, SpeakerRole } from '../../core/message.ts';
import type { Owner, Ticket, TicketEvent, TicketEventKind, TicketStory } from '../../core/ticket.ts';
import { maskText } from '../../core/privacy/mask.ts';
import { fieldsOfStory, fieldsOfTicket } from '../actions/fields.ts';
import type { Fields } from '../actions/fields.ts';

/** A piece of a text that is covered: what to ask `reveal` for, and where it stands in the text as shown. */
interface Covered {
  readonly field: string;
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/** A ticket as the desk's API gives it: private words are covered, the waybill never. Times are ISO 8601. */
export interface TicketView extends Omit<Ticket, 'customer'> {
  readonly desk_title: string;
  readonly channel: string;
  readonly customer: { readonly id: string; readonly name: string };
  readonly hidden: readonly Covered[];
}

export interface MessageView {
  readonly seq: number;
  readonly from: SpeakerRole;
  readonly name: string;
  /** 工号, where an agent speaks. */
  readonly agent?: string;
  readonly text: string;
  readonly at: string;
  readonly attachments: readonly AttachmentView[];
  readonly hidden: readonly Covered[];
}

/** `url` wants the desk's token. */
export interface AttachmentView {
  readonly id: string;
  readonly kind: AttachmentKind;
  readonly name: string;
  readonly content_type: string;
  readonly size: number;
  readonly url: string;
}

export interface EventView {
  readonly kind: TicketEventKind;
  readonly at: string;
  readonly by: Owner | null;
  readonly text: string;
  /** transferred: the desk. revealed: the field. */
  readonly target?: string;
  readonly hidden: readonly Covered[];
}

export interface StoryView extends TicketView {
  readonly transcript: readonly MessageView[];
  readonly history: readonly EventView[];
  readonly others: readonly TicketView[];
}

export function viewTicket(ticket: Ticket, directory: DeskDirectory, fields = fieldsOfTicket(ticket)): TicketView {
  const form = Object.keys(ticket.form).map((slot) => `form.${slot}`);
  return {
    ...ticket,
    desk_title: directory.desks().find(({ id }) => id === ticket.desk)?.title ?? ticket.desk,
    channel: channelOf(ticket.conversation),
    customer: { id: ticket.customer.id, name: shown(fields, 'customer.name') },
    summary: shown(fields, 'summary'),
    form: Object.fromEntries(form.map((field) => [field.slice('form.'.length), shown(fields, field)])),
    hidden: covered(fields, 'customer.name', 'summary', ...form),
  };
}

export function viewStory(story: TicketStory, directory: DeskDirectory): StoryView {
  const fields = fieldsOfStory(story);
  return {
    ...viewTicket(story.ticket, directory, fields),
    transcript: story.transcript.map((message) => viewMessage(message, fields)),
    history: story.history.map((event, place) => viewEvent(event, place, fields)),
    others: story.others.map((ticket) => viewTicket(ticket, directory)),
  };
}

function viewMessage({ seq, from, at, attachments }: LoggedMessage, fields: Fields): MessageView {
  const text = `transcript.${seq}`;
  const name = `${text}.name`;
  return {
    seq,
    from: from.role,
    name: fields.has(name) ? shown(fields, name) : (from.name ?? ''),
    ...(from.role === 'agent' && { agent: from.id ?? '' }),
    text: shown(fields, text),
    at,
    attachments: attachments.map((attachment) => ({
      id: attachment.id,
      kind: attachment.kind,
      name: maskText(attachment.name).text,
      content_type: attachment.contentType,
      size: attachment.size,
      url: `/api/attachments/${encodeURIComponent(attachment.id)}`,
    })),
    hidden: covered(fields, text, name),
  };
}

function viewEvent({ kind, at, by, target }: TicketEvent, place: number, fields: Fields): EventView {
  const text = `history.${place}`;
  return {
    kind,
    at,
    by: by ?? null,
    text: shown(fields, text),
    ...((kind === 'transferred' || kind === 'revealed') && { target: target ?? '' }),
    hidden: covered(fields, text),
  };
}

function shown(fields: Fields, name: string): string {
  return fields.get(name)?.masked.text ?? '';
}

function covered(fields: Fields, ...names: readonly string[]): Covered[] {
  return names.flatMap((name) =>
    (fields.get(name)?.masked.hidden ?? []).map(({ kind, start, end }, piece) => ({
      field: `${name}#${piece}`,
      kind,
      start,
      end,
    })),
  );
}
