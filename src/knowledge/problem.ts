/** What does not fit in an administrator's file. */
export interface Problem {
  /** Relative to the folder given on the command line, e.g. `intents/greeting.yml`. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning';
  /** Stable, e.g. `unknown-phrase`; `explain` has a page on it. */
  readonly code: string;
  /** What is wrong and what to do, in each language; no final full stop in English. */
  readonly message: { readonly zh: string; readonly en: string };
}
