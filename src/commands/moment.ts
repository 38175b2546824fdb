import { fixedClock, systemClock, type Clock } from '../core/clock.ts';
import { UsageError } from '../core/errors.ts';

/** `--now ISO` holds the clock still; without it time passes. */
export function clockFor(now: unknown): Clock {
  if (typeof now !== 'string') return systemClock;
  const at = new Date(now);
  if (Number.isNaN(at.getTime())) {
    throw new UsageError(
      `--now 要写成 ISO 时间，例如 2026-11-21T10:00:00+08:00 (--now must be an ISO time), got "${now}"`,
    );
  }
  return fixedClock(at);
}
