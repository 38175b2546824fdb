import type { Problem } from '../problem.ts';

/** What `explain CODE` and docs/check-codes.md say of one code. */
export interface CodePage {
  readonly severity: Problem['severity'];
  readonly title: Problem['message'];
  /** Why it is told at all. */
  readonly why: Problem['message'];
  /** What to do, in one sentence. */
  readonly fix: Problem['message'];
  readonly wrong: string;
  readonly right: string;
}
