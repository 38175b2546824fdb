import type { AgentEntry } from '../../core/desk.ts';
import type { Ticket } from '../../core/ticket.ts';
import { fieldsOfTicket } from '../actions/fields.ts';
import { byUrgency } from '../../tickets/priority.ts';
import { button, title, WORDS_FOR_AGENTS } from './card.ts';
import type { CardView } from './card.ts';
import type { Block, View } from './connection.ts';
import { countdown } from './countdown.ts';
import { figuresOf, figureWords } from './figures.ts';
import { clip, escape, marked, plain } from './text.ts';
import { STATUS } from './words.ts';

/** Rows of each list; Slack takes 100 blocks in all. */
const ROWS = 20;

/** App Home: my tickets, my desks' open ones by urgency, today's figures. `agent` null: nobody we know. */
export function homeView(user: string, agent: AgentEntry | null, tickets: readonly Ticket[], view: CardView): View {
  const unresolved = tickets.filter(({ status }) => status !== 'resolved').sort(byUrgency);
  const top: Block[] = [
    { type: 'header', text: plain('应声 · 工单') },
    {
      type: 'section',
      text: marked(escape(figureWords(figuresOf(tickets, view.now)))),
      accessory: button('刷新', 'home.refresh', 'home'),
    },
    { type: 'divider' },
  ];
  if (agent === null) {
    return { type: 'home', blocks: [...top, { type: 'section', text: marked(escape(unknownAgent(user))) }] };
  }
  const mine = unresolved.filter(({ owner }) => owner?.agent === agent.number);
  const open = unresolved.filter(({ owner, desk }) => owner === null && agent.desks.includes(desk));
  return {
    type: 'home',
    blocks: [
      ...top,
      ...list(`我的工单`, mine, view, true),
      { type: 'divider' },
      ...list('我部门待认领的工单', open, view, true),
    ],
  };
}

/** `byAgent`: else their summaries are left out, as in `glance`. */
export function list(heading: string, tickets: readonly Ticket[], view: CardView, byAgent: boolean): Block[] {
  const more = tickets.length - ROWS;
  return [
    { type: 'section', text: marked(`*${escape(heading)}*（${tickets.length}）`) },
    ...(tickets.length === 0 ? [{ type: 'context' as const, elements: [plain('没有')] }] : []),
    ...tickets.slice(0, ROWS).map((ticket) => row(ticket, view, byAgent)),
    ...(more > 0 ? [{ type: 'context' as const, elements: [plain(`还有 ${more} 张，请到网页坐席台查看`)] }] : []),
  ];
}

function row(ticket: Ticket, { titles, deskTitle, now }: CardView, byAgent: boolean): Block {
  const summary = !byAgent ? WORDS_FOR_AGENTS : (fieldsOfTicket(ticket).get('summary')?.masked.text ?? '');
  const facts = [
    deskTitle(ticket.desk),
    STATUS[ticket.status],
    ...(ticket.owner === null ? [] : [ticket.owner.name]),
    ...(ticket.waybill === null ? [] : [`运单 ${ticket.waybill}`]),
    ...(ticket.status === 'resolved' ? [] : [countdown(ticket.promised_at, now)]),
  ];
  return {
    type: 'section',
    text: marked(`*${title(ticket, titles)}*\n${escape(clip(summary, 150))}\n${escape(facts.join(' · '))}`),
    accessory: button('打开', 'ticket.open', ticket.id),
  };
}

/** What somebody who is not in desks.yml is told when they try to act. */
export function unknownAgent(user: string): string {
  return `您的 Slack 账号（${user}）还没有登记为坐席：可以查看工单办到哪一步，但看不到内容，不能操作，也不能回复客户。请管理员在 knowledge/desks.yml 的 agents 里，给您的工号加上 slack: ${user}，保存后立即生效。`;
}
