import { dayOf } from '../../core/day.ts';
import type { Ticket } from '../../core/ticket.ts';

/** Resolved tickets that are looked at, those opened last: more than a desk settles in the days that still matter. */
export const RECENT = 2000;

/** The day so far, in tickets. */
export interface Figures {
  readonly openedToday: number;
  readonly resolvedToday: number;
  /** Nobody has them. */
  readonly unclaimed: number;
  readonly inHand: number;
  /** Unresolved and past what was promised, where the customer waits for us. */
  readonly late: number;
}

export function figuresOf(tickets: readonly Ticket[], now: Date): Figures {
  const today = dayOf(now);
  const count = (which: (ticket: Ticket) => boolean): number => tickets.filter(which).length;
  const on = (at: string | null): boolean => at !== null && dayOf(new Date(at)) === today;
  return {
    openedToday: count(({ opened_at }) => on(opened_at)),
    resolvedToday: count(({ resolved_at }) => on(resolved_at)),
    unclaimed: count(({ status }) => status === 'open'),
    inHand: count(({ status }) => status === 'claimed' || status === 'waiting'),
    late: count(
      ({ status, promised_at }) =>
        (status === 'open' || status === 'claimed') && Date.parse(promised_at) < now.getTime(),
    ),
  };
}

export function figureWords({ openedToday, resolvedToday, unclaimed, inHand, late }: Figures): string {
  return `今天新建 ${openedToday}，解决 ${resolvedToday} · 现在待认领 ${unclaimed}，处理中 ${inHand}，超时 ${late}`;
}
