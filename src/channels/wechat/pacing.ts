import { z } from 'zod';
import { dayOf } from '../../core/day.ts';

/** How fast we may write, so that we read like people and are not banned. */
export interface PacePolicy {
  /** ms between two messages to one person, and between messages to different people. */
  readonly person_ms: number;
  readonly between_ms: number;
  readonly a_minute: number;
  readonly a_day: number;
  /** `22:00-07:00`: nothing is said in these hours; empty for none. */
  readonly quiet: string;
}

/** What we have sent of late. JSON: kept before each message goes out, so that a restart forgets nothing. */
const paceSchema = z.object({
  /** Sent within the last minute, oldest first; `at` in ms. */
  recent: z.array(z.object({ to: z.string(), at: z.number() })),
  day: z.string(),
  today: z.number(),
  /** ms since 1970; 0 for no pause. */
  pausedUntil: z.number(),
});
export type Pace = z.output<typeof paceSchema>;

export const noPace: Pace = { recent: [], day: '', today: 0, pausedUntil: 0 };

const MINUTE = 60_000;

/** What was kept; begins anew where it cannot be read. */
export function readPace(json: string | null): Pace {
  try {
    return paceSchema.parse(JSON.parse(json ?? ''));
  } catch {
    return noPace;
  }
}

/** When the next message to `to` may go out; `now` where it may at once. */
export function nextSlot(pace: Pace, to: string, now: Date, policy: PacePolicy): Date {
  const at = now.getTime();
  const recent = pace.recent.filter((sent) => at - sent.at < MINUTE);
  const last = recent.at(-1);
  const same = recent.findLast((sent) => sent.to === to);
  const waits = [at, pace.pausedUntil, quietUntil(now, policy.quiet)];
  if (same !== undefined) waits.push(same.at + policy.person_ms);
  if (last !== undefined && last.to !== to) waits.push(last.at + policy.between_ms);
  const full = recent.at(-policy.a_minute);
  if (full !== undefined) waits.push(full.at + MINUTE);
  if (pace.day === dayOf(now) && pace.today >= policy.a_day) waits.push(nextDay(now));
  const earliest = new Date(Math.max(...waits));
  // Leaving a full day, one may come into quiet hours.
  return new Date(Math.max(earliest.getTime(), quietUntil(earliest, policy.quiet)));
}

/** With a message to `to` that goes out now. */
export function noted(pace: Pace, to: string, now: Date): Pace {
  const at = now.getTime();
  const day = dayOf(now);
  return {
    ...pace,
    recent: [...pace.recent.filter((sent) => at - sent.at < MINUTE), { to, at }],
    day,
    today: pace.day === day ? pace.today + 1 : 1,
  };
}

export function pausedFor(pace: Pace, ms: number, now: Date): Pace {
  return { ...pace, pausedUntil: now.getTime() + ms };
}

/** The end of the quiet hours that `now` lies in, in ms; 0 where it lies in none. */
export function quietUntil(now: Date, quiet: string): number {
  const [, fromHour, fromMinute, toHour, toMinute] = /^(\d{2}):(\d{2})-(\d{2}):(\d{2})$/.exec(quiet) ?? [];
  if (toMinute === undefined) return 0;
  const minute = now.getHours() * 60 + now.getMinutes();
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  const inside = from <= to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!inside) return 0;
  const end = new Date(now);
  end.setHours(Number(toHour), Number(toMinute), 0, 0);
  if (end <= now) end.setDate(end.getDate() + 1);
  return end.getTime();
}

function nextDay(now: Date): number {
  const day = new Date(now);
  day.setHours(24, 0, 0, 0);
  return day.getTime();
}
