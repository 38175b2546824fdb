import { NotKeptError, RefusedError, UnreachableError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';

/**
 * What may be logged of something thrown. Our own errors are worded without a customer's words; of any other only
 * its name and place are told, for its message may quote what it choked on.
 */
export function faultOf(error: unknown): { readonly error: string; readonly place?: string } {
  if (error instanceof RefusedError) return { error: `${error.code}: ${error.message}` };
  if (error instanceof UnreachableError) return { error: error.message };
  if (!(error instanceof Error)) return { error: `thrown ${typeof error}` };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    error: error.name,
    place: frames
      .slice(0, 3)
      .map((line) => line.trim())
      .join(' < '),
  };
}

/** Logs what a store threw; where it keeps nothing it has told so itself, once for everybody. */
export function tellStoreFault(log: Log, error: unknown, facts: object, message: string): void {
  const all = { ...facts, ...faultOf(error) };
  if (error instanceof NotKeptError) log.debug(all, message);
  else log.error(all, message);
}
