import { RE2JS } from 're2js';

export type Registration = readonly [signature: string, handler: (...values: never[]) => unknown];

/** The calls that `rewriteCondition` puts in place of operators, fields and text methods. */
export function createOperations(): Registration[] {
  return [
    ['__op(string, dyn, dyn): dyn', (op: string, a: unknown, b: unknown) => operate(op, number(a), number(b))],
    ['__not(dyn): bool', (value: unknown) => value !== true],
    ['__true(dyn): bool', (value: unknown) => truth(value)],
    ['__field(dyn, dyn): dyn', (value: unknown, name: unknown) => field(value, number(name))],
    ['__text(dyn): string', (value: unknown) => textOf(value)],
    ['__list(dyn): list', (value: unknown) => (Array.isArray(value) ? (value as unknown[]) : [])],
    ['__size(dyn): double', (value: unknown) => size(value)],
    ['__matches(dyn, dyn): bool', (text: unknown, pattern: unknown) => matches(text, pattern)],
  ];
}

function number(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}

/** Text of a plain value; empty where there is none. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value == null ? '' : JSON.stringify(typeof value === 'bigint' ? Number(value) : value);
}

/** Text and lists are never taken for yes or no; nothing is no. */
function truth(value: unknown): boolean {
  if (value == null) return false;
  if (typeof value === 'boolean') return value;
  throw new Error(`expected true or false, found ${kind(value)}`);
}

/** Only what the values hold themselves: nothing inherited, nothing of JavaScript's. */
function field(value: unknown, name: unknown): unknown {
  if (Array.isArray(value)) return (typeof name === 'number' ? (value as unknown[])[name] : null) ?? null;
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, textOf(name))) return null;
  return (value as Record<string, unknown>)[textOf(name)] ?? null;
}

function size(value: unknown): number {
  if (value == null) return 0;
  if (typeof value === 'string') return [...value].length;
  if (typeof value === 'object') return Object.keys(value).length;
  throw new Error(`${kind(value)} has no size`);
}

function matches(text: unknown, pattern: unknown): boolean {
  return text != null && RE2JS.compile(textOf(pattern)).matcher(textOf(text)).find();
}

function operate(op: string, a: unknown, b: unknown): unknown {
  switch (op) {
    case '==':
      return equal(a, b);
    case '!=':
      return !equal(a, b);
    case 'in':
      if (Array.isArray(b)) return b.some((item) => equal(a, number(item)));
      return b !== null && typeof b === 'object' && Object.hasOwn(b, textOf(a));
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compare(op, a, b);
    default:
      return arithmetic(op, a, b);
  }
}

/** A time with its offset stands for its instant: 08:00+08:00 is 00:00Z. Days and words stand for themselves. */
function comparable(value: string | number): string | number {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/.test(value)) return value;
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? value : instant;
}

function equal(a: unknown, b: unknown): boolean {
  return a === b || (a == null && b == null) || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
}

function compare(op: string, a: unknown, b: unknown): boolean {
  if (a == null || b == null) return false;
  if (typeof a !== typeof b || (typeof a !== 'number' && typeof a !== 'string')) {
    throw new Error(`cannot compare ${kind(a)} with ${kind(b)}`);
  }
  const [one, other] = [comparable(a), comparable(b as typeof a)];
  const [x, y] = typeof one === typeof other ? [one, other] : [a, b as typeof a];
  const order = x < y ? -1 : x > y ? 1 : x === y ? 0 : Number.NaN;
  return op === '<' ? order < 0 : op === '<=' ? order <= 0 : op === '>' ? order > 0 : order >= 0;
}

function arithmetic(op: string, a: unknown, b: unknown): unknown {
  if (a == null || b == null) return null;
  if (op === '+' && typeof a === 'string' && typeof b === 'string') return a + b;
  if (op === '+' && Array.isArray(a) && Array.isArray(b)) return [...(a as unknown[]), ...(b as unknown[])];
  if (typeof a !== 'number' || typeof b !== 'number') throw new Error(`cannot calculate ${kind(a)} ${op} ${kind(b)}`);
  if ((op === '/' || op === '%') && b === 0) throw new Error('division by zero');
  return op === '+' ? a + b : op === '-' ? a - b : op === '*' ? a * b : op === '/' ? a / b : a % b;
}

function kind(value: unknown): string {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'true or false';
  return Array.isArray(value) ? 'a list' : typeof value === 'number' ? 'a number' : 'a record';
}
