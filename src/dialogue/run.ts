import type { Step } from '../knowledge/knowledge.ts';
import { askFor } from './ask.ts';
import { callOut } from './call.ts';
import { confirmForm } from './confirm.ts';
import { createFlow, evaluate, isDone, markDone, rebind, wordIn, type Flow, type Stop, type Verdict } from './flow.ts';
import { boundTicket, handToHuman } from './hand-over.ts';
import type { Session } from './session.ts';
import { draftTicket } from './ticketing.ts';
import { verifyOwner } from './verify.ts';

/** Runs a flow from its top until it ends or needs something. Steps with an effect that are done are passed over. */
export function runFlow(session: Session, frameId: string): { readonly flow: Flow; readonly stop: Stop } {
  const name = session.frame(frameId)?.intent ?? '';
  const intent = session.knowledge.intents.get(name);
  if (intent === undefined) throw new Error(`intent ${name} is no longer known`);
  const flow = createFlow(session, frameId, intent);
  session.trace(`flow ${intent.name}`, intent.place);
  const required = [...intent.slots.values()].filter((slot) => !slot.optional).map((slot) => slot.name);
  const stop = askFor(flow, required) ?? runSteps(flow, intent.steps) ?? { kind: 'ended', how: 'done' };
  return { flow, stop };
}

function runSteps(flow: Flow, steps: readonly Step[]): Verdict {
  for (const step of steps) {
    const verdict = runStep(flow, step);
    if (verdict !== null) return verdict;
  }
  return null;
}

function runStep(flow: Flow, step: Step): Verdict {
  const { session } = flow;
  switch (step.kind) {
    case 'set':
      for (const [name, condition] of step.values) flow.values[name] = evaluate(flow, condition);
      return null;
    case 'find':
      return find(flow, step);
    case 'verify':
      return verifyOwner(flow);
    case 'ask':
      return askFor(flow, step.slots);
    case 'confirm':
      return isDone(flow, step.id) ? null : confirmForm(flow, step.id, step.phrase);
    case 'choose': {
      const branch = step.branches.find(({ when }) => when === null || evaluate(flow, when) === true);
      if (branch === undefined) throw new Error(`no branch of ${step.id} fits`);
      session.trace(`branch ${branch.when?.source ?? 'otherwise'}`, branch.steps[0]?.place ?? step.place);
      return runSteps(flow, branch.steps);
    }
    case 'ticket': {
      if (isDone(flow, step.id)) return null;
      const ticket = draftTicket(session, flow.frame(), step, flow.values);
      if (ticket === null) return { kind: 'facts' };
      markDone(flow, step.id, boundTicket(session.knowledge.desks.desks, ticket));
      return null;
    }
    case 'call':
      return isDone(flow, step.id) ? null : callOut(flow, step);
    case 'follow_up': {
      if (isDone(flow, step.id)) return null;
      const frame = flow.frame();
      const at = new Date(session.now.getTime() + step.afterMs).toISOString();
      session.followUps.push({
        key: `${session.context.conversation}/${frame.id}/${step.id}`,
        at,
        phrase: step.say,
        slots: frame.slots,
      });
      markDone(flow, step.id);
      return null;
    }
    case 'say':
      if (isDone(flow, step.id)) return null;
      flow.pieces.push(...step.phrases.map((key) => wordIn(flow, key)));
      markDone(flow, step.id);
      return null;
    case 'hand_over':
      return handToHuman(flow, step.say, step);
    case 'go_to':
      return { kind: 'moved', intent: step.intent };
  }
}

function find(flow: Flow, step: Extract<Step, { kind: 'find' }>): Verdict {
  const { session } = flow;
  const spec = session.knowledge.sources.get(step.record);
  if (spec === undefined) throw new Error(`there is no source ${step.record}`);
  const by: Record<string, string> = {};
  for (const [field, condition] of step.by) {
    const value = evaluate(flow, condition);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') by[field] = String(value);
  }
  // A look-up by nothing would give anybody's rows.
  const complete = Object.keys(by).length === step.by.length;
  const fact = complete ? session.fact({ kind: 'records', record: step.record, by }) : { rows: [] };
  if (fact === null) return { kind: 'facts' };
  if (!('rows' in fact)) return handToHuman(flow, 'records.unavailable');
  flow.found.push({ name: step.as, spec, rows: fact.rows, all: step.all });
  rebind(flow);
  return null;
}
