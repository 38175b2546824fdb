import { APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import { z } from 'zod';

/** An answer that is no use; `message` says why, and holds nothing of what was said. */
export class UnusableError extends Error {}

/** What went wrong with an endpoint, in words fit for a log: never its own, for they may repeat a customer's. */
export function faultOf(error: unknown): string {
  if (error instanceof UnusableError) return error.message;
  if (error instanceof z.ZodError || error instanceof SyntaxError) return 'not in the shape asked for';
  if (error instanceof APIUserAbortError || error instanceof APIConnectionTimeoutError) return 'no answer in time';
  if (error instanceof APIError && error.status !== undefined) {
    const { status, code } = error as { status: unknown; code?: unknown };
    return `refused with ${String(status)}${typeof code === 'string' && /^\w{1,40}$/.test(code) ? ` ${code}` : ''}`;
  }
  if (error instanceof Error && error.name === 'AbortError') return 'no answer in time';
  return error instanceof APIError ? 'not to be reached' : 'no usable answer';
}
