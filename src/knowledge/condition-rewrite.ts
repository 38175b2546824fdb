import type { ASTNode } from '@marcbachmann/cel-js';
import { FUNCTION_ARITY } from './condition-functions.ts';
import { suggest } from './nearest.ts';

/** What is wrong with an expression; `offset` counts UTF-16 units from its start, `zh` says it in Chinese. */
export class ConditionError extends Error {
  override readonly name = 'ConditionError';
  readonly offset: number;
  readonly zh: string;

  constructor(message: string, zh: string, offset: number) {
    super(message);
    this.zh = zh;
    this.offset = offset;
  }
}

/** Methods of text whose receiver may be empty. */
const TEXT_METHODS = new Set([
  'contains',
  'startsWith',
  'endsWith',
  'trim',
  'lowerAscii',
  'upperAscii',
  'indexOf',
  'substring',
  'split',
]);
/** Methods that look at each item of a list: `tickets.exists(t, t.kind == "claim")`. */
const LIST_MACROS = new Set(['exists', 'all', 'exists_one', 'filter', 'map']);
const BUILT_IN = new Set(['has', 'size', 'string', 'dyn']);
const OPERATORS = new Set(['==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%', 'in']);

/** Source whose operators, fields and numbers have the meaning that `createConditions` promises, and the paths it reads. */
export function rewriteCondition(root: ASTNode): { readonly text: string; readonly variables: readonly string[] } {
  const variables = new Set<string>();

  const write = (node: ASTNode, bound: ReadonlySet<string>): string => {
    const inner = (child: ASTNode): string => write(child, bound);
    const truth = (child: ASTNode): string => `__true(${inner(child)})`;
    switch (node.op) {
      case 'value':
        return literal(node.args, node.start);
      case 'id':
      case '.':
      case '[]': {
        const path = pathOf(node);
        if (path !== null && !bound.has(path.split('.')[0] ?? path)) variables.add(path);
        return access(node, bound);
      }
      case '!_':
        return `__not(${truth(node.args)})`;
      case '-_':
        return `__op("-", 0.0, ${inner(node.args)})`;
      case '&&':
      case '||':
        return `(${truth(node.args[0])} ${node.op} ${truth(node.args[1])})`;
      case '?:':
        return `(${truth(node.args[0])} ? dyn(${inner(node.args[1])}) : dyn(${inner(node.args[2])}))`;
      case 'list':
        return `[${node.args.map((item) => `dyn(${inner(item)})`).join(', ')}]`;
      case 'map':
        return `{${node.args.map(([key, value]) => `${inner(key)}: dyn(${inner(value)})`).join(', ')}}`;
      case 'call':
        return call(node, node.args[0], node.args[1], inner);
      case 'rcall':
        return method(node, bound);
      default:
        if (OPERATORS.has(node.op)) {
          const [left, right] = node.args as [ASTNode, ASTNode];
          return `__op("${node.op}", ${inner(left)}, ${inner(right)})`;
        }
        throw new ConditionError(`"${node.op}" is not supported here`, `这里不能用“${node.op}”`, node.start);
    }
  };

  /** The same node without counting the path twice. */
  const access = (node: ASTNode, bound: ReadonlySet<string>): string => {
    if (node.op === '.') return `__field(${access(node.args[0], bound)}, "${node.args[1]}")`;
    if (node.op === '[]') return `__field(${access(node.args[0], bound)}, ${write(node.args[1], bound)})`;
    return node.op === 'id' ? node.args : write(node, bound);
  };

  const call = (node: ASTNode, name: string, args: readonly ASTNode[], inner: (child: ASTNode) => string): string => {
    const arity = BUILT_IN.has(name) ? 1 : FUNCTION_ARITY[name];
    if (arity === undefined) {
      const hint = suggest(name, [...Object.keys(FUNCTION_ARITY), ...BUILT_IN]);
      throw new ConditionError(
        `there is no function "${name}"${hint.en}`,
        `没有名为“${name}”的函数${hint.zh}`,
        node.start,
      );
    }
    if (args.length !== arity)
      throw new ConditionError(
        `${name}() takes ${arity} value(s), here are ${args.length}`,
        `${name}() 要写 ${arity} 个值，现在是 ${args.length} 个`,
        node.start,
      );
    const written = args.map(inner).join(', ');
    if (name === 'has') return `__op("!=", ${written}, null)`;
    return name === 'size' ? `__size(${written})` : name === 'string' ? `__text(${written})` : `${name}(${written})`;
  };

  const method = (node: ASTNode & { op: 'rcall' }, bound: ReadonlySet<string>): string => {
    const [name, receiver, args] = node.args;
    const target = write(receiver, bound);
    if (LIST_MACROS.has(name)) {
      const [variable, ...bodies] = args;
      if (variable?.op !== 'id' || bodies.length === 0)
        throw new ConditionError(
          `${name}() needs a name and an expression`,
          `${name}() 要写一个名字和一个条件`,
          node.start,
        );
      const inside = new Set([...bound, variable.args]);
      const written = bodies.map((body) => (name === 'map' ? write(body, inside) : `__true(${write(body, inside)})`));
      return `__list(${target}).${name}(${variable.args}, ${written.join(', ')})`;
    }
    if (name === 'size' && args.length === 0) return `__size(${target})`;
    const written = args.map((arg) =>
      arg.op === 'value' && typeof arg.args === 'bigint' ? String(arg.args) : write(arg, bound),
    );
    if (name === 'matches' && args.length === 1) return `__matches(${target}, ${written.join(', ')})`;
    if (TEXT_METHODS.has(name)) return `__text(${target}).${name}(${written.join(', ')})`;
    const known = [...LIST_MACROS, ...TEXT_METHODS, 'size', 'matches'];
    const hint = suggest(name, known);
    throw new ConditionError(`there is no method "${name}"${hint.en}`, `没有名为“${name}”的方法${hint.zh}`, node.start);
  };

  return { text: write(root, new Set()), variables: [...variables] };
}

function literal(value: unknown, offset: number): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))) return `${value}.0`;
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new ConditionError(
    'only text, numbers, true, false and null can be written here',
    '这里只能写文字、数字、true、false 或 null',
    offset,
  );
}

/** `payment.status` for plain field access; only the part before a computed index. */
export function pathOf(node: ASTNode): string | null {
  const fields: string[] = [];
  let at = node;
  while (at.op === '.' || at.op === '[]') {
    if (at.op === '[]') fields.length = 0;
    else fields.unshift(at.args[1]);
    at = at.args[0];
  }
  return at.op === 'id' ? [at.args, ...fields].join('.') : null;
}

/** The names an expression reads, without those its own macros give, each with where it first stands. */
export function namesIn(root: ASTNode): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  const visit = (node: unknown, bound: ReadonlySet<string>): void => {
    if (Array.isArray(node)) for (const item of node) visit(item, bound);
    else if (isNode(node)) {
      if (node.op === 'id' && !bound.has(node.args) && !names.has(node.args)) names.set(node.args, node.start);
      const [name, receiver, args] = node.op === 'rcall' ? node.args : [];
      const variable = name !== undefined && LIST_MACROS.has(name) ? args?.[0] : undefined;
      if (variable?.op === 'id') {
        visit(receiver, bound);
        visit(args?.slice(1), new Set([...bound, variable.args]));
      } else if (node.op !== 'value') visit(node.args, bound);
    }
  };
  visit(root, new Set());
  return names;
}

function isNode(value: unknown): value is ASTNode {
  return value !== null && typeof value === 'object' && 'op' in value && 'args' in value;
}
