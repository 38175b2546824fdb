import { UsageError } from '../core/errors.ts';

const DAY = 86_400_000;
/** More than any ledger holds. */
const MOST = 3650;

/** The moment (ISO 8601) so many days before `now`, from an option such as `--days 30`. */
export function sinceDays(days: unknown, now: Date): string {
  const count = Number(days);
  if (!Number.isInteger(count) || count < 1 || count > MOST)
    throw new UsageError(
      `--days 要写成 1 到 ${MOST} 的整数，例如 30 (--days must be a whole number from 1 to ${MOST}), got "${String(days)}"`,
    );
  return new Date(now.getTime() - count * DAY).toISOString();
}
