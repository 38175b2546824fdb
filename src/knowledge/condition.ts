import { Environment, type ASTNode } from '@marcbachmann/cel-js';
import type { Calendar } from '../core/calendar.ts';
import { conditionFunctions } from './condition-functions.ts';
import { createOperations } from './condition-operations.ts';
import { ConditionError, rewriteCondition } from './condition-rewrite.ts';
import type { Scope } from './scope.ts';

/** A compiled CEL expression. */
export interface Condition {
  readonly source: string;
  /** Throws Error with one sentence when it does not fit the values. */
  evaluate(scope: Scope): unknown;
}

/** A condition with what the checker wants to know of it. */
export interface CheckedCondition extends Condition {
  /** Paths it reads, e.g. `payment.status`; the name alone where the rest is computed. */
  readonly variables: readonly string[];
  /** As it was written. */
  readonly ast: ASTNode;
}

const NOT_AN_EXPRESSION = '这里不符合表达式的写法，请检查括号、引号和运算符';

/**
 * Compiles CEL for administrators. Three things differ from plain CEL, so that records with empty fields just work:
 * - all numbers are doubles (`slots.weight > 100`);
 * - a name, field or row that is not there is null, a field of null is null;
 * - null compares as neither less nor greater, arithmetic with null is null, `max` and `min` ignore it.
 * The library still parses and evaluates; the source is rewritten to calls that have this meaning.
 */
export function createConditions(calendar: Calendar): (source: string) => CheckedCondition {
  const parser = new Environment({ unlistedVariablesAreDyn: true, limits: { maxAstNodes: 2000, maxDepth: 60 } });
  const evaluator = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });
  let now = new Date(0);
  for (const [signature, handler] of createOperations()) evaluator.registerFunction(signature, handler);
  for (const [signature, handler] of conditionFunctions(calendar, () => now))
    evaluator.registerFunction(signature, handler);

  return (source) => {
    const ast = parseWith(parser, source);
    const { text, variables } = rewriteCondition(ast);
    const run = evaluator.parse(text);
    const checked = run.check();
    if (!checked.valid) throw new ConditionError(summaryOf(checked.error), NOT_AN_EXPRESSION, 0);
    const names = [...new Set(variables.map((variable) => variable.split('.')[0] ?? variable))];
    return {
      source,
      variables,
      ast,
      evaluate(scope) {
        // Evaluation is synchronous, so the moment cannot change under it.
        now = scope.now;
        try {
          return plain(run(Object.fromEntries(names.map((name) => [name, valueOf(scope.values, name)]))));
        } catch (error) {
          throw new Error(`The expression "${source}" does not fit the values: ${summaryOf(error)}`, { cause: error });
        }
      },
    };
  };
}

function parseWith(parser: Environment, source: string): ReturnType<Environment['parse']>['ast'] {
  try {
    return parser.parse(source).ast;
  } catch (error) {
    const range = (error as { range?: { start: number } }).range;
    throw new ConditionError(summaryOf(error), NOT_AN_EXPRESSION, range?.start ?? 0);
  }
}

function summaryOf(error: unknown): string {
  const { summary, message } = error as { summary?: string; message?: string };
  return summary ?? message?.split('\n')[0] ?? String(error);
}

function valueOf(values: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(values, name) ? (values[name] ?? null) : null;
}

/** CEL's integers come out as bigint; everyone else here counts in numbers. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  return Array.isArray(value) ? value.map(plain) : value;
}
