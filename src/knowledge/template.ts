import { Liquid, type Template as ParsedLiquid } from 'liquidjs';
import { registerFilters, SCOPE } from './template-filters.ts';
import { suggest } from './nearest.ts';
import type { Scope } from './scope.ts';
import { usesOf, type Use } from './template-uses.ts';

/** A compiled Liquid template with strict variables. */
export interface Template {
  readonly source: string;
  /** Paths it reads, e.g. `payment.amount`. */
  readonly variables: readonly string[];
  /** Throws Error with one sentence when a variable is missing. */
  render(scope: Scope): string;
}

/** A template with what the checker wants to know of it. */
export interface CheckedTemplate extends Template {
  readonly uses: readonly Use[];
}

/** What is wrong with a template, `zh` in Chinese; line and column count from 1 within it. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly line: number;
  readonly column: number;
  readonly zh: string;

  constructor(message: string, zh: string, line: number, column: number) {
    super(message);
    this.zh = zh;
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
export function createTemplates(): (source: string) => CheckedTemplate {
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
    // Most buttons and many a phrase are plain words, which need no engine to be said.
    const plain = /\{[{%]/.test(source) ? null : source.trim();
    return {
      source,
      variables,
      get uses() {
        return usesOf(parsed);
      },
      render(scope) {
        if (plain !== null) return plain;
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

/** A template that is known to compile, compiled when it is first used. */
export function lazyTemplate(source: string, compile: (source: string) => Template): Template {
  let made: Template | undefined;
  const whole = (): Template => (made ??= compile(source));
  return {
    source,
    get variables() {
      return whole().variables;
    },
    render: (scope) => whole().render(scope),
  };
}

function parse(engine: Liquid, source: string): { parsed: ParsedLiquid[]; variables: string[] } {
  try {
    const parsed = engine.parse(source);
    return { parsed, variables: engine.globalFullVariablesSync(parsed) };
  } catch (error) {
    const token = (error as { token?: { getPosition?: () => number[] } }).token;
    const [line = 1, column = 1] = token?.getPosition?.() ?? [];
    const { zh, en } = mistakeOf(wordsOf(error), Object.keys(engine.filters));
    throw new TemplateError(en, zh, line, column);
  }
}

function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/, line:\d+, col:\d+.*$/s, '');
}

/** The library's words for a mistake, with what to do about the usual ones. */
function mistakeOf(words: string, filters: readonly string[]): { readonly zh: string; readonly en: string } {
  const filter = /^undefined filter: (.*)$/.exec(words)?.[1];
  if (filter !== undefined) {
    const hint = suggest(filter, filters);
    return { zh: `没有名为“${filter}”的过滤器${hint.zh}`, en: `there is no filter "${filter}"${hint.en}` };
  }
  const tag = /^tag "(.*)" not found$/.exec(words)?.[1];
  if (tag !== undefined) return { zh: `不能使用标签“${tag}”`, en: `the tag "${tag}" cannot be used` };
  if (/^output .* not closed/s.test(words)) return { zh: '“{{”没有用“}}”结束', en: '"{{" is not closed by "}}"' };
  if (/^tag .* not closed/s.test(words)) return { zh: '“{%”没有结束，或缺少 endif、endfor', en: words };
  return { zh: '这里不符合模板的写法，请检查 {{ }}、{% %} 和引号', en: words };
}
