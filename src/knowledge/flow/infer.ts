import type { ASTNode } from '@marcbachmann/cel-js';
import { suggest } from '../nearest.ts';
import { say, type Problem } from '../problem.ts';
import type { ConditionCode } from '../codes/conditions.ts';
import { literalOf } from './facts.ts';
import type { Env } from './lookup.ts';
import { ANY, DAY, kindName, listOf, NOTHING, NUMBER, TEXT, TIME, TRUTH, type Kind, type Type } from './types.ts';

/** Takes note of what does not fit; `offset` counts UTF-16 units from the start of the condition. */
export type Note = (offset: number, code: ConditionCode, message: Problem['message']) => void;
type Known = Pick<Env, 'names' | 'verified'>;

/** What functions take, and give. */
const FUNCTIONS: Readonly<Record<string, { readonly takes: readonly (readonly Kind[])[]; readonly gives: Type }>> = {
  days_since: { takes: [['time', 'day']], gives: NUMBER },
  days_until: { takes: [['time', 'day']], gives: NUMBER },
  day_after: { takes: [['time', 'day'], ['number']], gives: DAY },
  workday_from: { takes: [['time', 'day']], gives: DAY },
  is_workday: { takes: [['time', 'day']], gives: TRUTH },
  holiday_on: { takes: [['time', 'day']], gives: TEXT },
  max: { takes: [['number'], ['number']], gives: NUMBER },
  min: { takes: [['number'], ['number']], gives: NUMBER },
  round: { takes: [['number']], gives: NUMBER },
  number: { takes: [['number', 'text']], gives: NUMBER },
  lower: { takes: [['text']], gives: TEXT },
  size: { takes: [['text', 'list', 'record']], gives: NUMBER },
  string: { takes: [], gives: TEXT },
  has: { takes: [], gives: TRUTH },
};
const OF_ITEMS = new Set(['exists', 'all', 'exists_one', 'filter', 'map']);
const TRUTHS = new Set(['exists', 'all', 'exists_one', 'contains', 'startsWith', 'endsWith', 'matches']);

/** The type of an expression; notes on the way whatever can never be right. */
export function inferType(node: ASTNode, known: Known, note: Note): Type {
  const inner = (child: ASTNode): Type => inferType(child, known, note);
  switch (node.op) {
    case 'value':
      return typeOfLiteral(node);
    case 'id':
      return known.names.get(node.args) ?? ANY;
    case '.': {
      const field = inner(node.args[0]).fields?.get(node.args[1]) ?? ANY;
      if (field.private === true && !known.verified) notProved(node, note);
      return field;
    }
    case '[]':
      inner(node.args[1]);
      return inner(node.args[0]).of ?? ANY;
    case '!_':
      mustBe(node.args, inner(node.args), ['truth'], note);
      return TRUTH;
    case '-_':
      mustBe(node.args, inner(node.args), ['number'], note);
      return NUMBER;
    case '&&':
    case '||':
      for (const side of node.args) mustBe(side, inner(side), ['truth'], note);
      return TRUTH;
    case '?:': {
      const [when, then, otherwise] = node.args;
      mustBe(when, inner(when), ['truth'], note);
      const [a, b] = [inner(then), inner(otherwise)];
      return a.kind === b.kind ? a : a.kind === 'nothing' ? b : b.kind === 'nothing' ? a : ANY;
    }
    case 'list': {
      const [first = ANY, ...rest] = node.args.map(inner);
      return listOf(rest.every(({ kind }) => kind === first.kind) ? { kind: first.kind } : ANY);
    }
    case 'call': {
      const [name, args] = node.args;
      const { takes, gives } = FUNCTIONS[name] ?? { takes: [], gives: ANY };
      for (const [index, argument] of args.entries()) {
        const type = inner(argument);
        if (takes[index]) mustBe(argument, type, takes[index], note);
      }
      return gives;
    }
    case 'rcall':
      return method(node.args, known, note);
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const [left, right] = node.args;
      compare(node, [left, inner(left)], [right, inner(right)], note);
      return TRUTH;
    }
    case 'in': {
      const [left, right] = node.args;
      const [item, list] = [inner(left), inner(right)];
      mustBe(right, list, ['list', 'record'], note);
      if (right.op === 'list')
        for (const one of right.args) compare({ ...node, op: '==' }, [left, item], [one, typeOfLiteral(one)], note);
      return TRUTH;
    }
    case '+':
    case '-':
    case '*':
    case '/':
    case '%': {
      const [left, right] = node.args;
      const [a, b] = [inner(left), inner(right)];
      const joins = node.op === '+' && (a.kind === 'text' || a.kind === 'list');
      const fitting: readonly Kind[] = joins ? [a.kind] : ['number'];
      mustBe(left, a, fitting, note);
      mustBe(right, b, fitting, note);
      return joins ? { kind: a.kind } : NUMBER;
    }
    default:
      return ANY;
  }
}

function method([name, receiver, args]: [string, ASTNode, ASTNode[]], known: Known, note: Note): Type {
  const target = inferType(receiver, known, note);
  const [variable, ...bodies] = args;
  if (OF_ITEMS.has(name) && variable?.op === 'id') {
    mustBe(receiver, target, ['list'], note);
    const inside = { ...known, names: new Map(known.names).set(variable.args, target.of ?? ANY) };
    const [result = ANY] = bodies.map((body) => inferType(body, inside, note));
    return name === 'map' ? listOf(result) : name === 'filter' ? target : TRUTH;
  }
  for (const argument of args) inferType(argument, known, note);
  if (TRUTHS.has(name)) return TRUTH;
  return name === 'size' || name === 'indexOf' ? NUMBER : name === 'split' ? listOf(TEXT) : TEXT;
}

function notProved(node: ASTNode, note: Note): void {
  note(
    node.start,
    'private-before-proof',
    say(
      `“${textOf(node)}”是私密的，verify 以前这里总是空的；请先写 verify: owner`,
      `"${textOf(node)}" is private, so it is always empty here; write verify: owner before`,
    ),
  );
}

function typeOfLiteral(node: ASTNode): Type {
  const value = literalOf(node);
  if (value === null) return NOTHING;
  if (typeof value === 'boolean') return TRUTH;
  if (typeof value === 'number') return NUMBER;
  if (typeof value !== 'string') return ANY;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return DAY;
  return /^\d{4}-\d{2}-\d{2}T\d/.test(value) ? TIME : TEXT;
}

function mustBe(node: ASTNode, found: Type, kinds: readonly Kind[], note: Note): void {
  if (found.kind === 'any' || found.kind === 'nothing' || kinds.includes(found.kind)) return;
  const wanted = kinds.map((kind) => kindName({ kind }));
  const is = kindName(found);
  note(
    node.start,
    'condition-type',
    say(
      `这里要${wanted.map(({ zh }) => zh).join('或')}，“${textOf(node)}”却是${is.zh}`,
      `${wanted.map(({ en }) => en).join(' or ')} is wanted here, but "${textOf(node)}" is ${is.en}`,
    ),
  );
}

/** Two sides that can never be equal, or cannot be put in order. */
function compare(node: ASTNode, [left, a]: [ASTNode, Type], [right, b]: [ASTNode, Type], note: Note): void {
  const [one, other] = [kindName(a), kindName(b)];
  if (a.kind === 'any' || b.kind === 'any' || a.kind === 'nothing' || b.kind === 'nothing') return;
  if (a.kind === b.kind) {
    checkValue(left, a, right, note);
    checkValue(right, b, left, note);
    return;
  }
  const days = [a.kind, b.kind].every((kind) => kind === 'time' || kind === 'day');
  note(
    node.start,
    'condition-type',
    days
      ? say(
          `时间“${textOf(a.kind === 'time' ? left : right)}”不能直接和日期比较，请用 days_since(…) 或 day_after(…, 0)`,
          `the time "${textOf(a.kind === 'time' ? left : right)}" cannot be compared with a day; use days_since(…) or day_after(…, 0)`,
        )
      : say(
          `“${textOf(left)}”是${one.zh}，“${textOf(right)}”是${other.zh}，两者不能比较`,
          `"${textOf(left)}" is ${one.en} and "${textOf(right)}" is ${other.en}; they cannot be compared`,
        ),
  );
}

function checkValue(node: ASTNode, { values }: Type, literal: ASTNode, note: Note): void {
  const value = literalOf(literal);
  if (values === undefined || typeof value !== 'string' || values.includes(value)) return;
  const hint = suggest(value, values);
  note(
    literal.start + 1,
    'unknown-value',
    say(
      `“${textOf(node)}”不会是“${value}”${hint.zh || `；只会是 ${values.join('、')}`}`,
      `"${textOf(node)}" is never "${value}"${hint.en || `; it is one of ${values.join(', ')}`}`,
    ),
  );
}

function textOf({ input, start, end }: ASTNode): string {
  return input.slice(start, end);
}
