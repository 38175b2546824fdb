import type { ASTNode } from '@marcbachmann/cel-js';
import { pathOf } from '../condition-rewrite.ts';

type Literal = string | number | boolean;

interface Fact {
  /** true: is empty; false: is there. */
  readonly empty?: boolean;
  readonly is?: Literal;
  readonly isNot?: readonly Literal[];
  /** Bounds of a number or a text, inclusive unless `open`. */
  readonly low?: Bound;
  readonly high?: Bound;
}

interface Bound {
  readonly at: Literal;
  readonly open: boolean;
}

/** What the conditions passed so far say about paths such as `payment.status`. */
export type Facts = ReadonlyMap<string, Fact>;

export const NO_FACTS: Facts = new Map();

/** What is known once a condition turned out true or false; null where that cannot be. */
export function assume(facts: Facts, node: ASTNode, truth: boolean): Facts | null {
  switch (node.op) {
    case '!_':
      return assume(facts, node.args, !truth);
    case '&&':
    case '||': {
      const [left, right] = node.args;
      if ((node.op === '&&') === truth) {
        const first = assume(facts, left, truth);
        return first && assume(first, right, truth);
      }
      const second = assume(facts, left, !truth);
      return join(assume(facts, left, truth), second && assume(second, right, truth));
    }
    case 'value':
      return (node.args === true) === truth ? facts : null;
    case 'id':
    case '.': {
      const path = pathOf(node);
      if (path === null) return facts;
      return truth ? learn(facts, path, { is: true }) : learn(facts, path, { isNot: [true] });
    }
    case '==':
    case '!=':
      return compared(facts, node.args, (node.op === '==') === truth);
    case 'in':
      return among(facts, node.args, truth);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return bounded(facts, node.op, node.args, truth);
    default:
      return facts;
  }
}

/** Only what both sides know. */
export function join(a: Facts | null, b: Facts | null): Facts | null {
  if (a === null) return b;
  if (b === null) return a;
  return new Map([...a].filter(([path, fact]) => JSON.stringify(b.get(path)) === JSON.stringify(fact)));
}

/** Forgets a name, and all that stands below it. */
export function forget(facts: Facts, ...names: readonly string[]): Facts {
  return new Map([...facts].filter(([path]) => !names.some((name) => path === name || path.startsWith(`${name}.`))));
}

/** Whether it is certain that there is something at `path`. */
export function isThere(facts: Facts, path: string): boolean {
  return [...facts].some(
    ([known, fact]) =>
      (known === path && fact.empty === false) || (known.startsWith(`${path}.`) && fact.empty === false),
  );
}

export function literalOf(node: ASTNode | undefined): Literal | null | undefined {
  if (node?.op === '-_') {
    const inner = literalOf(node.args);
    return typeof inner === 'number' ? -inner : undefined;
  }
  if (node?.op !== 'value') return undefined;
  const value: unknown = node.args;
  if (typeof value === 'bigint') return Number(value);
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}

function compared(facts: Facts, [left, right]: [ASTNode, ASTNode], equal: boolean): Facts | null {
  const [a, b] = [literalOf(left), literalOf(right)];
  if (a !== undefined && b !== undefined) return (a === b) === equal ? facts : null;
  const path = pathOf(a === undefined ? left : right);
  const value = a ?? b;
  if (path === null || (a === undefined && b === undefined)) return facts;
  if (value == null) return learn(facts, path, { empty: equal });
  return learn(facts, path, equal ? { is: value } : { isNot: [value] });
}

function among(facts: Facts, [left, right]: [ASTNode, ASTNode], truth: boolean): Facts | null {
  const path = pathOf(left);
  if (path === null || right.op !== 'list') return facts;
  const values = right.args.map(literalOf);
  if (values.some((value) => value == null)) return facts;
  const known = values as Literal[];
  if (!truth) return learn(facts, path, { isNot: known });
  return known.map((value) => learn(facts, path, { is: value })).reduce<Facts | null>(join, null);
}

const OPPOSITE = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;
const MIRRORED = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

function bounded(
  facts: Facts,
  op: keyof typeof OPPOSITE,
  [left, right]: [ASTNode, ASTNode],
  truth: boolean,
): Facts | null {
  const [a, b] = [literalOf(left), literalOf(right)];
  const path = pathOf(a === undefined ? left : right);
  const at = a ?? b;
  if (path === null || at == null || (a !== undefined && b !== undefined)) return facts;
  const seen = a === undefined ? op : MIRRORED[op];
  // False also where there is nothing to compare, so that only a value that is there is known to lie on the other side.
  if (!truth && facts.get(path)?.empty !== false) return facts;
  const way = truth ? seen : OPPOSITE[seen];
  const bound = { at, open: way === '<' || way === '>' };
  return learn(facts, path, { empty: false, ...(way.startsWith('<') ? { high: bound } : { low: bound }) });
}

/** Adds a fact; null where it contradicts what is known. */
function learn(facts: Facts, path: string, fact: Fact): Facts | null {
  const before = facts.get(path) ?? {};
  const is = fact.is ?? before.is;
  const isNot = [...new Set([...(before.isNot ?? []), ...(fact.isNot ?? [])])];
  const empty = fact.is !== undefined ? false : (fact.empty ?? before.empty);
  const low = tighter(before.low, fact.low, 1);
  const high = tighter(before.high, fact.high, -1);
  const contradicts =
    (before.empty !== undefined && empty !== undefined && before.empty !== empty) ||
    (fact.is !== undefined && before.is !== undefined && fact.is !== before.is) ||
    (is !== undefined && (isNot.includes(is) || !within(is, low, high))) ||
    (empty === true && (is !== undefined || low !== undefined || high !== undefined)) ||
    (low !== undefined && high !== undefined && !within(low.at, undefined, high)) ||
    (low?.at === high?.at && low !== undefined && (low.open || high?.open === true));
  if (contradicts) return null;
  const all: Fact = {
    ...(empty === undefined ? {} : { empty }),
    ...(is === undefined ? {} : { is }),
    ...(isNot.length > 0 ? { isNot } : {}),
    ...(low ? { low } : {}),
    ...(high ? { high } : {}),
  };
  const next = new Map(facts).set(path, all);
  return empty === false ? above(next, path) : fieldOfNothing(next, path, empty);
}

/** A field that is there has a record around it. */
function above(facts: Map<string, Fact>, path: string): Facts | null {
  const dot = path.lastIndexOf('.');
  if (dot === -1) return facts;
  const parent = path.slice(0, dot);
  return learn(facts, parent, { empty: false });
}

/** What is empty has no field that is there. */
function fieldOfNothing(facts: Facts, path: string, empty: boolean | undefined): Facts | null {
  const told =
    empty === true && [...facts].some(([known, fact]) => known.startsWith(`${path}.`) && fact.empty === false);
  return told ? null : facts;
}

function tighter(a: Bound | undefined, b: Bound | undefined, way: 1 | -1): Bound | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (typeof a.at !== typeof b.at) return a;
  if (a.at === b.at) return { at: a.at, open: a.open || b.open };
  return (a.at > b.at ? 1 : -1) === way ? a : b;
}

function within(value: Literal, low: Bound | undefined, high: Bound | undefined): boolean {
  const fits = (bound: Bound | undefined, way: 1 | -1): boolean =>
    bound === undefined ||
    typeof bound.at !== typeof value ||
    (value === bound.at ? !bound.open : (value > bound.at ? 1 : -1) === way);
  return fits(low, 1) && fits(high, -1);
}
