import type { Ticket } from './model.ts';

/** How near the promised time is: what the colour of a ticket says. */
export type Urgency = 'late' | 'soon' | 'calm' | 'done';

const SOON = 15 * 60_000;

type Due = Pick<Ticket, 'status' | 'promised_at'>;

export function urgencyOf(ticket: Due, now: number): Urgency {
  if (ticket.status === 'resolved' || ticket.status === 'waiting') return 'done';
  const left = Date.parse(ticket.promised_at) - now;
  return left < 0 ? 'late' : left <= SOON ? 'soon' : 'calm';
}

/** 还有 35 分钟, 已超时 12 分钟; nothing is owed where the customer has our answer. */
export function dueWords(ticket: Due, now: number): string {
  if (ticket.status === 'resolved') return '已解决';
  if (ticket.status === 'waiting') return '已答复';
  const left = Date.parse(ticket.promised_at) - now;
  if (Number.isNaN(left)) return '';
  const minutes = left < 0 ? Math.floor(-left / 60_000) : Math.ceil(left / 60_000);
  if (left < 0) return minutes === 0 ? '刚刚超时' : `已超时 ${spanWords(minutes)}`;
  return minutes === 0 ? '就是现在' : `还有 ${spanWords(minutes)}`;
}

function spanWords(minutes: number): string {
  if (minutes < 60) return `${minutes} 分钟`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} 小时` : `${hours} 小时 ${minutes % 60} 分`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} 天` : `${days} 天 ${hours % 24} 小时`;
}

/** 15:30 today, else 11月21日 15:30. */
export function momentWords(iso: string, now: number): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const time = at.toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false });
  return at.toDateString() === new Date(now).toDateString() ? time : `${at.getMonth() + 1}月${at.getDate()}日 ${time}`;
}
