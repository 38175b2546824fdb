import type { Scope } from './scope.ts';

/** A compiled Liquid template with strict variables. */
export interface Template {
  readonly source: string;
  /** Paths it reads, e.g. `payment.amount`. */
  readonly variables: readonly string[];
  /** Throws Error with one sentence when a variable is missing. */
  render(scope: Scope): string;
}
