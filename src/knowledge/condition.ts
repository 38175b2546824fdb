import type { Scope } from './scope.ts';

/** A compiled CEL expression. */
export interface Condition {
  readonly source: string;
  /** Throws Error with one sentence when it does not fit the values. */
  evaluate(scope: Scope): unknown;
}
