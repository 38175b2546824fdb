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

/** A message in both languages, shorthand for checks. */
export function say(zh: string, en: string): Problem['message'] {
  return { zh, en };
}

/** `path:line:column: error CODE: message`; the part before the message is for programs and never translated. */
export function formatProblem(problem: Problem, language: 'zh' | 'en' | 'both' = 'both'): string {
  const { path, line, column, severity, code, message } = problem;
  const words = language === 'both' ? `${message.zh} / ${message.en}` : message[language];
  return `${path}:${line}:${column}: ${severity} ${code}: ${words}`;
}

/** Errors first, of those the ones that may cause others (a low `rank`), then by place: the order in which problems are reported. */
export function inReportOrder(problems: readonly Problem[], rank: (code: string) => number = () => 0): Problem[] {
  const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...problems].sort(
    (a, b) =>
      text(a.severity, b.severity) ||
      rank(a.code) - rank(b.code) ||
      text(a.path, b.path) ||
      a.line - b.line ||
      a.column - b.column ||
      text(a.code, b.code),
  );
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}
