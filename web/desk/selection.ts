import type { Agent, Ticket } from './model.ts';

/** Which tickets the list shows. */
export type Tab = 'active' | 'open' | 'mine' | 'resolved';

export const TABS: readonly { readonly tab: Tab; readonly title: string }[] = [
  { tab: 'active', title: '在办' },
  { tab: 'open', title: '待认领' },
  { tab: 'mine', title: '我的' },
  { tab: 'resolved', title: '已解决' },
];

export interface Filter {
  readonly tab: Tab;
  /** Desks to show; null shows all. */
  readonly desks: readonly string[] | null;
}

export function inTab(ticket: Ticket, tab: Tab, me: Agent): boolean {
  switch (tab) {
    case 'active':
      return ticket.status !== 'resolved';
    case 'open':
      return ticket.status === 'open';
    case 'mine':
      return ticket.owner?.agent === me.agent && ticket.status !== 'resolved';
    case 'resolved':
      return ticket.status === 'resolved';
  }
}

export function shownTickets(tickets: readonly Ticket[], { tab, desks }: Filter, me: Agent): readonly Ticket[] {
  return tickets.filter((ticket) => inTab(ticket, tab, me) && (desks === null || desks.includes(ticket.desk)));
}

/** The ticket `step` places further in the list, from the one at the cursor. */
export function stepFrom(tickets: readonly Ticket[], cursor: string | null, step: 1 | -1): string | null {
  const index = tickets.findIndex(({ id }) => id === cursor);
  const next =
    index < 0 ? (step > 0 ? 0 : tickets.length - 1) : Math.max(0, Math.min(tickets.length - 1, index + step));
  return tickets[next]?.id ?? null;
}
