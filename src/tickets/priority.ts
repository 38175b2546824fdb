import { PRIORITIES } from '../core/ticket.ts';
import type { Priority, Ticket } from '../core/ticket.ts';

/** 0 for normal, growing with urgency. */
export function rank(priority: Priority): number {
  return PRIORITIES.indexOf(priority);
}

/** The more urgent of the two: a matter's priority only rises. */
export function raise(one: Priority, other: Priority): Priority {
  return rank(other) > rank(one) ? other : one;
}

/**
 * The order in which a desk works: unresolved first, urgent before normal, then whoever was promised the earliest word.
 * Resolved tickets follow, the latest first.
 */
export function byUrgency(a: Ticket, b: Ticket): number {
  if (a.resolved_at === null || b.resolved_at === null) {
    return (
      Number(a.resolved_at !== null) - Number(b.resolved_at !== null) ||
      rank(b.priority) - rank(a.priority) ||
      Date.parse(a.promised_at) - Date.parse(b.promised_at) ||
      byNumber(a, b)
    );
  }
  return Date.parse(b.resolved_at) - Date.parse(a.resolved_at) || byNumber(b, a);
}

/** `T-999` comes before `T-1000`. */
function byNumber(a: Ticket, b: Ticket): number {
  return a.id.length - b.id.length || (a.id < b.id ? -1 : Number(a.id > b.id));
}
