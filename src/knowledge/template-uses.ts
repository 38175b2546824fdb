import { IfTag, Output, UnlessTag, Value, type Template as ParsedLiquid, type Token } from 'liquidjs';

/** A variable that a template names, and where. */
export interface Use {
  /** `payment.amount`; the part before a computed index only. */
  readonly path: string;
  /** Names of the filters behind it, where it stands alone before them. */
  readonly filters: readonly string[];
  /** Only asked whether it is there: `{% if x %}`, `| default: …`. */
  readonly asked: boolean;
  /** Paths that a surrounding `if` has shown to be there. */
  readonly shown: readonly string[];
  /** UTF-16 units from the start of the template. */
  readonly offset: number;
}

interface PropertyToken extends Token {
  readonly variable?: Token;
  readonly props: readonly (Token & { readonly content?: unknown; readonly number?: unknown })[];
}

type Found = Omit<Use, 'shown' | 'asked' | 'filters'>;

/** Every variable a template takes from outside, in order; names it gives itself (`for`, `assign`) left out. */
export function usesOf(templates: readonly ParsedLiquid[]): Use[] {
  return [...walk(templates, new Set(), [])];
}

function* walk(
  templates: readonly ParsedLiquid[],
  outer: ReadonlySet<string>,
  shown: readonly string[],
): Generator<Use> {
  const local = new Set(outer);
  const free = (found: Found): boolean => !local.has(found.path.split('.')[0] ?? '');
  for (const template of templates) {
    if (template instanceof Output) {
      yield* inValue(template.value, false)
        .filter(free)
        .map((use) => ({ ...use, shown }));
    } else if (template instanceof IfTag || template instanceof UnlessTag) {
      for (const { value, templates: inner } of template.branches) {
        const asked = inValue(value, true).filter(free);
        yield* asked.map((use) => ({ ...use, shown }));
        const then = template instanceof IfTag ? [...shown, ...asked.map(({ path }) => path)] : shown;
        yield* walk(inner, local, then);
      }
      yield* walk(template.elseTemplates ?? [], local, shown);
    } else {
      for (const argument of template.arguments?.() ?? []) {
        const uses = argument instanceof Value ? inValue(argument, false) : inToken(argument).map(plain);
        yield* uses.filter(free).map((use) => ({ ...use, shown }));
      }
      const names = [...(template.blockScope?.() ?? [])].map(nameOf);
      yield* walk(childrenOf(template), new Set([...local, ...names]), shown);
      for (const name of template.localScope?.() ?? []) local.add(nameOf(name));
    }
  }
}

const plain = (found: Found): Omit<Use, 'shown'> => ({ ...found, filters: [], asked: false });

function inValue(value: Value, asked: boolean): Omit<Use, 'shown'>[] {
  const filters = value.filters.map(({ name }) => name);
  const tokens = [...value.initial.postfix];
  const alone = tokens.length === 1;
  const spared = asked || filters.includes('default');
  return [
    ...tokens.flatMap(inToken).map((found) => ({ ...found, filters: alone ? filters : [], asked: spared })),
    ...value.filters
      .flatMap(({ args }) => args.flatMap((arg) => inToken((Array.isArray(arg) ? arg[1] : arg) as Token)))
      .map(plain),
  ];
}

function inToken(token: Token | undefined): Found[] {
  if (token === undefined || !('props' in token)) return [];
  const { props, begin, variable } = token as PropertyToken;
  if (variable !== undefined) return inToken(variable);
  const path: string[] = [];
  const inner: Found[] = [];
  let computed = false;
  for (const prop of props) {
    if ('props' in prop) inner.push(...inToken(prop));
    computed ||= typeof prop.content !== 'string';
    if (!computed) path.push(prop.content as string);
  }
  return path.length === 0 ? inner : [{ path: path.join('.'), offset: begin }, ...inner];
}

function nameOf(name: string | Token): string {
  return typeof name === 'string' ? name : String((name as { content?: unknown }).content);
}

/** The library gives the inner templates as the end of a generator, since they may have to be read from a file. */
function childrenOf(tag: ParsedLiquid): readonly ParsedLiquid[] {
  const steps = tag.children?.(false, true);
  if (steps === undefined) return [];
  let step = steps.next();
  while (!step.done) step = steps.next(step.value);
  return step.value;
}
