import type { Knowledge } from '../knowledge/knowledge.ts';
import { promiseAt } from '../tickets/promise.ts';

/** When a desk keeps a promise made at `from`, by its clock and hours. An unknown desk or clock falls back to the default desk's `reply`. */
export function promiseOf(known: Knowledge, deskId: string, clock: string, from: Date): Date {
  const { desks, hours, default_desk } = known.desks;
  const desk = desks[deskId] ?? desks[default_desk];
  const duration = desk?.promises[clock] ?? desk?.promises['reply'] ?? '1d';
  const open = desk === undefined ? {} : (hours[desk.hours] ?? {});
  return promiseAt(from, duration, open, known.calendar);
}
