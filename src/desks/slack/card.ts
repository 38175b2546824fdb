import { channelOf } from '../../core/message.ts';
import type { Ticket } from '../../core/ticket.ts';
import { DESK_CHANNEL } from '../actions/actions.ts';
import { fieldsOfTicket } from '../actions/fields.ts';
import type { Field } from '../actions/fields.ts';
import type { Block } from './connection.ts';
import { countdown } from './countdown.ts';
import { clip, escape, marked, plain } from './text.ts';
import { channelWords, DONE_COLOUR, momentWords, PRIORITY, STATUS } from './words.ts';
import type { Titles } from './words.ts';

/** What a card needs to know beyond its ticket. */
export interface CardView {
  readonly titles: Titles;
  readonly deskTitle: (id: string) => string;
  readonly now: Date;
}

/** A message of ours as Slack takes it. `text` is what a notification shows. */
export interface Shape {
  readonly text: string;
  readonly blocks?: readonly Block[];
  readonly attachments?: readonly { readonly color: string; readonly blocks: readonly Block[] }[];
}

/** Private fields that get a row of their own; more of them are reached through the web desk. */
const ROWS = 8;

/** Buttons carry what they are about: a ticket, and for 查看 also the field, apart by a bar. */
export function cardOf(ticket: Ticket, view: CardView): Shape {
  const done = ticket.status === 'resolved';
  const colour = done ? DONE_COLOUR : PRIORITY[ticket.priority].colour;
  return {
    text: title(ticket, view.titles),
    attachments: [{ color: colour, blocks: [...face(ticket, view), { type: 'actions', elements: buttons(ticket) }] }],
  };
}

/** What stays in the channel of a desk that has passed the ticket on. */
export function movedCard(ticket: Ticket, view: CardView): Shape {
  const words = `↪️ 已转交${view.deskTitle(ticket.desk)}，请到该部门的频道查看。`;
  return {
    text: title(ticket, view.titles),
    attachments: [{ color: DONE_COLOUR, blocks: [{ type: 'section', text: marked(escape(words)) }] }],
  };
}

/**
 * For whoever asks about a ticket: the card without its buttons. Who is no agent may be a customer: they see how it stands, and none of
 * its words, for a summary may tell of the goods and the money of somebody else.
 */
export function glance(ticket: Ticket, view: CardView, byAgent: boolean): Block[] {
  const heading: Block = { type: 'section', text: marked(`*${title(ticket, view.titles)}*`) };
  if (byAgent) return [heading, ...face(ticket, view)];
  const kept = { ...ticket, customer: { id: ticket.customer.id }, summary: '', form: {} };
  return [heading, ...face(kept, view), { type: 'context', elements: [plain(WORDS_FOR_AGENTS)] }];
}

export const WORDS_FOR_AGENTS = '摘要和客户信息只给已登记的坐席看';

export function title({ id, kind, priority, status }: Ticket, titles: Titles): string {
  const sign = status === 'resolved' ? '✅' : PRIORITY[priority].sign;
  return `${sign} ${id} · ${escape(clip(titles.kind(kind), 60))} · ${PRIORITY[priority].word}`;
}

function face(ticket: Ticket, view: CardView): Block[] {
  const { id, waybill, owner, status } = ticket;
  const fields = fieldsOfTicket(ticket);
  const channel = channelWords(channelOf(ticket.conversation));
  const facts = [
    ['状态', STATUS[status]],
    ['负责人', owner === null ? '无人认领' : `${owner.name}（工号 ${owner.agent}）`],
    ['部门', view.deskTitle(ticket.desk)],
    ['运单号', waybill ?? '未提供'],
    ['来源', channel],
    ...(fields.has('customer.name') ? [] : [['客户', '未留姓名']]),
  ];
  return [
    { type: 'section', fields: facts.map(([name, value]) => marked(`*${name}*\n${escape(clip(value ?? '', 200))}`)) },
    ...row(id, '摘要', 'summary', fields.get('summary')),
    ...row(id, '客户', 'customer.name', fields.get('customer.name')),
    ...form(ticket, view, fields),
    { type: 'context', elements: [plain(due(ticket, view.now))] },
  ];
}

function form(ticket: Ticket, { titles }: CardView, fields: ReadonlyMap<string, Field>): Block[] {
  const filled = Object.entries(ticket.form).filter(([, value]) => value !== '' && value !== ticket.waybill);
  const isHidden = ([slot]: [string, string]): boolean => (fields.get(`form.${slot}`)?.masked.hidden.length ?? 0) > 0;
  const open = filled.filter((entry) => !isHidden(entry)).slice(0, 10);
  const hidden = filled.filter(isHidden).slice(0, ROWS);
  const named = (slot: string): string => titles.slot(ticket.kind, slot);
  return [
    ...(open.length === 0
      ? []
      : [
          {
            type: 'section' as const,
            fields: open.map(([slot, value]) => marked(`*${escape(named(slot))}*\n${escape(clip(value, 300))}`)),
          },
        ]),
    ...hidden.flatMap(([slot]) => row(ticket.id, named(slot), `form.${slot}`, fields.get(`form.${slot}`))),
  ];
}

/** A field on its own, with 查看 where a part of it is covered. */
function row(ticket: string, name: string, field: string, found: Field | undefined): Block[] {
  if (found === undefined) return [];
  const text = marked(`*${escape(name)}*\n${escape(clip(found.masked.text, 1200))}`);
  return [{ type: 'section', text, ...(found.masked.hidden.length > 0 && { accessory: reveal(ticket, field) }) }];
}

export function reveal(ticket: string, field: string) {
  return button('查看', 'ticket.reveal', `${ticket}|${field}`);
}

function due({ opened_at, promised_at, resolved_at }: Ticket, now: Date): string {
  const opened = `${momentWords(opened_at)} 建单`;
  if (resolved_at !== null) return `${opened} · ${momentWords(resolved_at)} 解决`;
  return `⏰ ${momentWords(promised_at)} 前答复（${countdown(promised_at, now)}） · ${opened}`;
}

function buttons({ id, status, owner, conversation }: Ticket) {
  if (status === 'resolved') return [button('重开', 'ticket.reopen', id), button('备注', 'ticket.note', id)];
  return [
    ...(owner === null ? [button('认领', 'ticket.claim', id, 'primary')] : []),
    ...(channelOf(conversation) === DESK_CHANNEL
      ? []
      : [button('回复客户', 'ticket.reply', id, owner ? 'primary' : undefined)]),
    button('转交', 'ticket.transfer', id),
    button('备注', 'ticket.note', id),
    button('解决', 'ticket.resolve', id),
    button('催办', 'ticket.nudge', id),
  ];
}

export function button(text: string, action: string, value: string, style?: 'primary' | 'danger') {
  return {
    type: 'button' as const,
    text: plain(text),
    action_id: action,
    value,
    ...(style !== undefined && { style }),
  };
}
