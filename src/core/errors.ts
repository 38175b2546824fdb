/**
 * Three meanings of failure, kept apart by class, never by text:
 * - RefusedError: the far side (or a rule) said no; repeating it will not help.
 * - UnreachableError: nobody answered or it was busy; repeating it may help.
 * - anything else: our own code threw; log it, answer kindly, keep the work.
 */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  /** A word for programs, e.g. `taken`, `unknown-ticket`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
  /** Milliseconds the far side asked us to wait, where it said so. */
  readonly retryAfter: number | undefined;

  constructor(message: string, options?: { cause?: unknown; retryAfter?: number }) {
    super(message, options);
    this.retryAfter = options?.retryAfter;
  }
}

/** The database keeps nothing for now, and has said so itself, once: whoever meets this tries again and need not tell. */
export class NotKeptError extends UnreachableError {}

/** Wrong usage of a command or a setting: one sentence with what to do, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
