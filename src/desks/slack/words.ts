import type { Priority, TicketEvent, TicketStatus } from '../../core/ticket.ts';

/** What an administrator calls the kinds of tickets and the fields of their forms. */
export interface Titles {
  kinds(): readonly { readonly id: string; readonly title: string }[];
  kind(kind: string): string;
  slot(kind: string, slot: string): string;
}

export const STATUS: Readonly<Record<TicketStatus, string>> = {
  open: '待认领',
  claimed: '处理中',
  waiting: '等客户',
  resolved: '已解决',
};

export const PRIORITY: Readonly<
  Record<Priority, { readonly sign: string; readonly word: string; readonly colour: string }>
> = {
  normal: { sign: '🔵', word: '普通', colour: '#2f6fdb' },
  high: { sign: '🟠', word: '加急', colour: '#e8830c' },
  urgent: { sign: '🔴', word: '紧急', colour: '#d5281f' },
};
/** Of a card that nobody needs to work on any more. */
export const DONE_COLOUR = '#9aa0a6';

const CHANNEL: Readonly<Record<string, string>> = {
  webchat: '网页',
  wechat: '微信',
  slack: 'Slack',
  terminal: '终端',
  desk: '人工登记',
};
export const channelWords = (channel: string): string => CHANNEL[channel] ?? channel;

const two = (n: number): string => String(n).padStart(2, '0');

/** `11-25 10:30` in the time zone of the process: the same today and tomorrow, so that no message is edited for it. */
export function momentWords(iso: string): string {
  const at = new Date(iso);
  return `${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** One line of a ticket's history for the thread; null for what the thread shows otherwise or need not tell. Not escaped. */
export function eventWords(event: TicketEvent, deskTitle: (id: string) => string): string | null {
  const who = event.by ? `${event.by.name}（工号 ${event.by.agent}）` : '';
  const why = event.text ? `：${event.text}` : '';
  switch (event.kind) {
    case 'claimed':
      return `🙋 ${who} 认领了工单`;
    case 'noted':
      return `📝 ${who} 备注${why}`;
    case 'transferred':
      return `↪️ ${who} 转交给${deskTitle(event.target ?? '')}${why}`;
    case 'assigned':
      return `👤 现由 ${event.text ?? ''}（工号 ${event.target ?? ''}）负责`;
    case 'nudged':
      return `⏰ ${who} 催办${why}`;
    case 'resolved':
      return `✅ ${who} 解决了工单${why}${event.target ? `（原因：${event.target}）` : ''}`;
    case 'reopened':
      return `🔁 ${who} 重开了工单${why}`;
    case 'joined':
      return `🔔 客户为同一件事再次来问${why}`;
    case 'opened':
      return event.by ? `📞 ${who} 登记了工单` : null;
    case 'edited':
      return `✏️ ${who} 修改了发给客户的回复${why}`;
    case 'replied':
    case 'customer-replied':
    case 'revealed':
      return null;
  }
}
