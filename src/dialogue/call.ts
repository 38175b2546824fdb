import type { RecordValue } from '../core/records.ts';
import type { Step } from '../knowledge/knowledge.ts';
import { confirmForm } from './confirm.ts';
import { evaluate, isDone, markDone, type Flow, type Verdict } from './flow.ts';
import { handToHuman } from './hand-over.ts';

/** Writes to a connected system after a yes. The same key at every attempt makes it one effect. */
export function callOut(flow: Flow, step: Extract<Step, { kind: 'call' }>): Verdict {
  const { session } = flow;
  const agreed = `${step.id}.confirm`;
  if (!isDone(flow, agreed)) {
    const verdict = confirmForm(flow, agreed, step.confirm);
    if (verdict !== null) return verdict;
  }
  const values: Record<string, RecordValue> = {};
  for (const [name, condition] of step.with) values[name] = plain(evaluate(flow, condition));
  const fact = session.fact({
    kind: 'call',
    source: step.source,
    operation: step.operation,
    values,
    idempotencyKey: `${session.context.conversation}/${flow.frame().id}/${step.id}`,
  });
  if (fact === null) return { kind: 'facts' };
  if (!('rows' in fact)) return handToHuman(flow, 'records.unavailable');
  markDone(flow, step.id, { [step.as]: fact.rows[0] ?? {} });
  return null;
}

function plain(value: unknown): RecordValue {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
