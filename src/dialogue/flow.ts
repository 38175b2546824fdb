import type { RecordRow } from '../core/records.ts';
import type { Condition } from '../knowledge/condition.ts';
import type { Intent, SourceSpec } from '../knowledge/knowledge.ts';
import { visible } from './privacy.ts';
import type { Session } from './session.ts';
import { commonValues, word, type Piece } from './speak.ts';
import type { Expecting, Frame } from './state.ts';

/** How running a flow came to a stop. */
export type Stop =
  | { readonly kind: 'waiting' } // for an answer of the customer
  | { readonly kind: 'facts' } // for something to be looked up
  | { readonly kind: 'ended'; readonly how: 'done' | 'handed' | 'private' }
  | { readonly kind: 'moved'; readonly intent: string };

/** What a step tells the flow: go on, or stop. */
export type Verdict = Stop | null;

/** One run of one flow, from its top. */
export interface Flow {
  readonly session: Session;
  readonly intent: Intent;
  readonly frame: () => Frame;
  /** Answers, in the order said. */
  readonly pieces: Piece[];
  /** The question at the end, when the flow waits. */
  readonly question: Piece[];
  /** What conditions and phrases see. */
  readonly values: Record<string, unknown>;
  readonly found: {
    readonly name: string;
    readonly spec: SourceSpec;
    readonly rows: readonly RecordRow[];
    readonly all: boolean;
  }[];
}

export function createFlow(session: Session, frameId: string, intent: Intent): Flow {
  const frame = (): Frame => {
    const found = session.frame(frameId);
    if (found === undefined) throw new Error(`flow ${frameId} has ended`);
    return found;
  };
  const desk = session.knowledge.desks.desks[intent.desk];
  const values: Record<string, unknown> = {
    ...commonValues(session),
    message: frame().message,
    desk: { title: desk?.title ?? intent.desk, id: intent.desk },
    ...frame().bound,
  };
  const flow: Flow = { session, intent, frame, pieces: [], question: [], values, found: [] };
  refreshSlots(flow);
  return flow;
}

const masked = (phone: string): string => phone.replace(/^(.*\d{3})\d{4}(\d{4})$/, '$1****$2');

/** Slots as phrases see them: all declared ones, null where empty; phones are masked where others read along. */
export function refreshSlots(flow: Flow): void {
  const { session, intent, values } = flow;
  const slots: Record<string, unknown> = {};
  for (const slot of intent.slots.values()) {
    const value = flow.frame().slots[slot.name] ?? null;
    slots[slot.name] = session.turn.group && slot.fills === 'phone' && value !== null ? masked(String(value)) : value;
  }
  values['slots'] = slots;
  values['waybill'] = slots['waybill'] ?? null;
}

/** Binds found rows again, e.g. with their private fields once the owner is proved. */
export function rebind(flow: Flow): void {
  for (const { name, spec, rows, all } of flow.found) {
    const seen = rows.map((row) => visible(flow.session, spec, row));
    flow.values[name] = all ? seen : (seen[0] ?? null);
  }
}

export function evaluate(flow: Flow, condition: Condition): unknown {
  const { session, values } = flow;
  return condition.evaluate({ values, now: session.now, language: session.current().language });
}

/** Says a phrase with the values the flow has by now. */
export function wordIn(
  flow: Flow,
  key: string,
  own: Readonly<Record<string, unknown>> = {},
  suggestions: readonly string[] = [],
): Piece {
  return word(flow.session, key, { ...flow.values, ...own }, suggestions);
}

export function isDone(flow: Flow, step: string): boolean {
  return flow.frame().done.includes(step);
}

export function markDone(flow: Flow, step: string, bound: Readonly<Record<string, unknown>> = {}): void {
  Object.assign(flow.values, bound);
  flow.session.emit({ type: 'step-done', frame: flow.frame().id, step, bound });
}

/** Puts the question and waits for its answer. */
export function wait(flow: Flow, expecting: Expecting, question: readonly Piece[]): Stop {
  flow.question.push(...question);
  flow.session.emit({ type: 'expecting', frame: flow.frame().id, expecting });
  return { kind: 'waiting' };
}
