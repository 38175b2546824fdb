import { UnreachableError } from '../core/errors.ts';

/** Gives up waiting after `ms`; what the promise gives later is of no interest to anybody. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let alarm: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    alarm = setTimeout(() => reject(new UnreachableError(`no decision within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(alarm);
  }
}
