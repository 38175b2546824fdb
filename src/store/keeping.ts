import { NotKeptError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { codeOf } from './unfit.ts';

/** Whether the database keeps what it is given: told once when that ends, and once when it is so again. */
export interface Keeping {
  /** What the rest of the program is to see of an error: what the disk did is worth trying again, anything else is ours. */
  explain(error: unknown): unknown;
  /** Something was written and is on disk. */
  kept(): void;
  /** What is in the way, for people; null while all is well. */
  trouble(): string | null;
}

/** A disk that is full keeps a small thing now and then: only after so long without a failure is it well again; ms. */
const CALM = 5000;

const TROUBLES: readonly (readonly [code: string, reason: string])[] = [
  ['SQLITE_FULL', 'no room left on the disk'],
  ['SQLITE_IOERR', 'the disk fails'],
  ['SQLITE_READONLY', 'the database cannot be written'],
  ['SQLITE_CANTOPEN', 'the database cannot be opened'],
  ['SQLITE_CORRUPT', 'the database is damaged'],
  ['SQLITE_NOTADB', 'the database is damaged'],
  ['SQLITE_BUSY', 'another program holds the database'],
];

export function createKeeping(log: Log): Keeping {
  let reason: string | null = null;
  let failedAt = 0;
  return {
    explain(error) {
      const code = codeOf(error);
      const found = TROUBLES.find(([start]) => code.startsWith(start));
      if (found === undefined) return error;
      failedAt = performance.now();
      if (found[1] !== reason)
        log.error({ reason: found[1], code }, 'the database keeps nothing: what comes is refused');
      reason = found[1];
      return new NotKeptError(reason, { cause: error });
    },
    kept() {
      if (reason === null || performance.now() - failedAt < CALM) return;
      log.warn({ reason }, 'the database keeps again');
      reason = null;
    },
    trouble: () => reason,
  };
}
