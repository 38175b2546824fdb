import { Liquid, type Template as ParsedLiquid } from 'liquidjs';
import { registerFilters, SCOPE } from './template-filters.ts';
import type { Scope } from './scope.ts';

/** A compiled Liquid template with strict variables. */
export interface Template {
  readonly source: string;
  /** Paths it reads, e.g. `payment.amount`. */
  readonly variables: readonly string[];
  /** Throws Error with one sentence when a variable is missing. */
  render(scope: Scope): string;
}

/** What is wrong with a template; line and column count from 1 within it. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

/** Tags that read files, and filters whose answer depends on the moment or on chance. */
const NOT_HERE = {
  tags: ['include', 'render', 'layout', 'block'],
  filters: ['date', 'date_to_xmlschema', 'date_to_rfc822', 'date_to_string', 'date_to_long_string', 'sample'],
};

const LIMITS = { parseLimit: 20_000, memoryLimit: 100_000, renderLimit: 500 };

/** Liquid without files, clock or chance. `{% if x %}` may ask for what is not there; `{{ x }}` may not say it. */
export function createTemplates(): (source: string) => Template {
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    ...LIMITS,
  });
  for (const tag of NOT_HERE.tags) Reflect.deleteProperty(engine.tags, tag);
  for (const filter of NOT_HERE.filters) engine.unregisterFilter(filter);
  registerFilters(engine);

  return (source) => {
    const { parsed, variables } = parse(engine, source);
    return {
      source,
      variables,
      render(scope) {
        try {
          const text: unknown = engine.renderSync(parsed, { ...scope.values }, { globals: { [SCOPE]: scope } });
          return String(text).trim();
        } catch (error) {
          throw new Error(`The phrase "${source.trim()}" cannot be said: ${wordsOf(error)}`, { cause: error });
        }
      },
    };
  };
}

function parse(engine: Liquid, source: string): { parsed: ParsedLiquid[]; variables: string[] } {
  try {
    const parsed = engine.parse(source);
    return { parsed, variables: engine.globalFullVariablesSync(parsed) };
  } catch (error) {
    const token = (error as { token?: { getPosition?: () => number[] } }).token;
    const [line = 1, column = 1] = token?.getPosition?.() ?? [];
    throw new TemplateError(wordsOf(error), line, column);
  }
}

function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/, line:\d+, col:\d+.*$/s, '');
}
