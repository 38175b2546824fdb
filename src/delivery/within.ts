import type { Clock } from '../core/clock.ts';
import { UnreachableError } from '../core/errors.ts';

/** Gives up waiting after `ms`; what the promise gives later is of no interest to anybody. */
export async function within<T>(clock: Clock, ms: number, promise: Promise<T>): Promise<T> {
  let callOff = (): void => {};
  const late = new Promise<never>((_, reject) => {
    callOff = clock.after(ms, () => reject(new UnreachableError(`no decision within ${ms} ms`)));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    callOff();
  }
}
