import type { ASTNode } from '@marcbachmann/cel-js';
import { DEFAULT_CALL_CONFIRM, DEFAULT_CALL_RESULT, DEFAULT_HANDOVER_WORDS } from '../compile-steps.ts';
import type { ActionSource, BranchSource, StepSource } from '../format.ts';
import type { Path } from '../located.ts';
import { assume, forget, join } from './facts.ts';
import { namesIn } from '../condition-rewrite.ts';
import { say } from '../problem.ts';
import { inferType, type Note } from './infer.ts';
import type { Env } from './lookup.ts';
import { namesOfFollowUp, type Names } from './names.ts';
import { ANY, DESK, joinTypes, listOf, TICKET, type Type } from './types.ts';

/** Whom the walk asks and tells; `path` is where in the intent's file. */
export interface Guide {
  /** Null where it does not parse. */
  condition(source: string): ASTNode | null;
  note(path: Path): Note;
  /** Whether some step of this flow gives the name. */
  binds(name: string): boolean;
  /** A phrase is said with what is known here. */
  phrase(key: string, path: Path, env: Env): void;
  /** A template that stands in the intent itself. */
  template(source: string, path: Path, env: Env): void;
  /** The phrases that ask for a slot. */
  question(slot: string, path: Path, env: Env): void;
  /** A record's row; null where the record is unknown. */
  row(record: string): Type | null;
  /** Records whose row must exist once `verify` has passed. */
  owner: string | null;
  required(slot: string): boolean;
  /** What stands at `path` can never run. */
  unreachable(path: Path, reason: Unreachable): void;
}

export type Unreachable =
  | { readonly kind: 'after-end'; readonly end: 'hand_over' | 'go_to' | 'choose' }
  | { readonly kind: 'always-before'; readonly branch: Path }
  | { readonly kind: 'never-true' }
  | { readonly kind: 'excluded' };

type End = 'hand_over' | 'go_to' | 'choose';
type State = { readonly env: Env; readonly end?: undefined } | { readonly env: null; readonly end: End };

/** Follows every path of a flow, telling what is known at each step. */
export function walkFlow(steps: readonly StepSource[], env: Env, guide: Guide): void {
  walkList(steps, ['steps'], { env }, guide);
}

function walkList(steps: readonly StepSource[], path: Path, before: State, guide: Guide): State {
  let state = before;
  for (const [index, step] of steps.entries()) {
    const here = [...path, index];
    if (state.env === null) {
      guide.unreachable(here, { kind: 'after-end', end: state.end });
      return state;
    }
    state = walkKeys(step, here, state.env, guide);
  }
  return state;
}

/** The keys of one step, in the order in which they run. */
function walkKeys(step: StepSource, path: Path, before: Env, guide: Guide): State {
  let env = before;
  const { names } = env;
  if (step.set) {
    const bound = Object.entries(step.set).map(([name, source]): [string, Type] => [
      name,
      typeOf(source, [...path, 'set', name], env, guide),
    ]);
    env = bind(env, bound);
  }
  if (step.find !== undefined) env = find(step, path, env, guide);
  if (step.verify !== undefined) env = verified(env, guide);
  for (const [index, slot] of (step.ask ?? []).entries()) {
    guide.question(slot, [...path, 'ask', index], env);
    env = filled(env, slot);
  }
  if (step.confirm !== undefined) {
    guide.phrase(step.confirm, [...path, 'confirm'], env);
    env = { ...env, facts: forget(env.facts, 'slots', 'waybill') };
  }
  if (step.choose) {
    const state = choose(step.choose, [...path, 'choose'], env, guide);
    if (state.env === null) {
      const next = (['ticket', 'call', 'follow_up', 'say', 'hand_over', 'go_to'] as const).find(
        (key) => step[key] !== undefined,
      );
      if (next) guide.unreachable([...path, next], { kind: 'after-end', end: state.end });
      return state;
    }
    env = state.env;
  }
  if (step.ticket) {
    if (step.ticket.summary !== undefined) guide.template(step.ticket.summary, [...path, 'ticket', 'summary'], env);
    env = withTicket(env);
  }
  if (step.call) {
    guide.phrase(step.call.confirm ?? DEFAULT_CALL_CONFIRM, [...path, 'call', 'confirm'], env);
    for (const [name, source] of Object.entries(step.call.with ?? {}))
      typeOf(source, [...path, 'call', 'with', name], env, guide);
    env = bind(env, [[step.call.as ?? DEFAULT_CALL_RESULT, ANY]]);
  }
  if (step.follow_up)
    guide.phrase(step.follow_up.say, [...path, 'follow_up', 'say'], { ...env, names: namesOfFollowUp(names) });
  for (const [index, key] of (step.say ?? []).entries()) guide.phrase(key, [...path, 'say', index], env);
  return end(step, path, env, guide);
}

function end(step: ActionSource, path: Path, env: Env, guide: Guide): State {
  if (step.hand_over !== undefined) {
    if (step.hand_over?.summary !== undefined)
      guide.template(step.hand_over.summary, [...path, 'hand_over', 'summary'], env);
    guide.phrase(step.hand_over?.say ?? DEFAULT_HANDOVER_WORDS, [...path, 'hand_over', 'say'], withTicket(env));
    if (step.go_to !== undefined) guide.unreachable([...path, 'go_to'], { kind: 'after-end', end: 'hand_over' });
    return { env: null, end: 'hand_over' };
  }
  return step.go_to === undefined ? { env } : { env: null, end: 'go_to' };
}

function choose(branches: readonly BranchSource[], path: Path, before: Env, guide: Guide): State {
  let facts: Env['facts'] | null = before.facts;
  let always: Path | null = null;
  const ends: State[] = [];
  for (const [index, branch] of branches.entries()) {
    const here = [...path, index];
    const node = branch.when === undefined ? null : guide.condition(branch.when);
    if (node) mustBeTruth(node, [...here, 'when'], before, guide);
    if (always) guide.unreachable(here, { kind: 'always-before', branch: always });
    const alone = node && assume(before.facts, node, true);
    // Where the branches before take everything, only `otherwise` may stand behind them.
    const rest = facts ?? (node ? null : before.facts);
    const entered = rest && node ? assume(rest, node, true) : rest;
    if (node && !always && entered === null)
      guide.unreachable([...here, 'when'], alone === null ? { kind: 'never-true' } : { kind: 'excluded' });
    const keys = walkKeys(branch, here, { ...before, facts: entered ?? before.facts }, guide);
    const inner = [...here, 'steps'];
    const state =
      keys.env === null && branch.steps?.length
        ? (guide.unreachable(inner, { kind: 'after-end', end: keys.end }), keys)
        : walkList(branch.steps ?? [], inner, keys, guide);
    if (entered !== null && !always) ends.push(state);
    if (node && facts !== null) {
      if (!always && assume(before.facts, node, false) === null) always = here;
      facts = assume(facts, node, false);
    }
  }
  const open = ends.flatMap(({ env }) => env ?? []);
  const [first, ...rest] = open;
  if (first === undefined) return ends.length > 0 ? { env: null, end: 'choose' } : { env: before };
  return { env: rest.reduce(meet, first) };
}

function mustBeTruth(node: ASTNode, path: Path, env: Env, guide: Guide): void {
  // As if it stood behind `&&`: anything but true or false is told.
  const both = { ...node, op: '!_', args: node } as ASTNode;
  inferType(both, env, guide.note(path));
  notYet(node, path, env, guide);
}

function typeOf(source: string, path: Path, env: Env, guide: Guide): Type {
  const node = guide.condition(source);
  if (node === null) return ANY;
  notYet(node, path, env, guide);
  return inferType(node, env, guide.note(path));
}

/** Names that a later step gives, or no step on the paths to here. */
function notYet(node: ASTNode, path: Path, env: Env, guide: Guide): void {
  for (const [name, start] of namesIn(node)) {
    if (env.names.has(name) || !guide.binds(name)) continue;
    guide.note(path)(
      start,
      'variable-not-provided',
      say(`到这一步还没有“${name}”，请先 find 或 set`, `there is no "${name}" yet at this step; find or set it first`),
    );
  }
}

function find(step: StepSource, path: Path, env: Env, guide: Guide): Env {
  for (const [field, source] of Object.entries(step.by ?? {})) typeOf(source, [...path, 'by', field], env, guide);
  const row = guide.row(step.find ?? '') ?? ANY;
  const bound = bind(env, [
    [step.all ?? step.find ?? '', step.all === undefined ? { ...row, nullable: true } : listOf(row)],
  ]);
  return env.verified && step.all === undefined ? known(bound, step.find ?? '', guide) : bound;
}

function verified(env: Env, guide: Guide): Env {
  const records = [...env.names].flatMap(([name, { kind }]) => (kind === 'record' && !FIXED.has(name) ? [name] : []));
  const next = { ...env, facts: forget(env.facts, ...records, 'slots', 'waybill'), verified: true };
  return guide.owner === null ? next : known(next, guide.owner, guide);
}

const FIXED = new Set(['policy', 'customer', 'slots', 'desk', 'ticket']);

/** The owner's record is there once its phones have proved something. */
function known(env: Env, name: string, { owner }: Guide): Env {
  const type = env.names.get(name);
  if (name !== owner || type?.kind !== 'record') return env;
  return { ...env, names: new Map(env.names).set(name, { ...type, nullable: false }) };
}

function filled(env: Env, slot: string): Env {
  return { ...env, facts: forget(env.facts, `slots.${slot}`) };
}

function withTicket(env: Env): Env {
  return bind(env, [
    ['ticket', TICKET],
    ['desk', DESK],
  ]);
}

function bind(env: Env, bound: readonly (readonly [string, Type])[]): Env {
  return {
    ...env,
    names: new Map([...env.names, ...bound]),
    facts: forget(env.facts, ...bound.map(([name]) => name)),
  };
}

function meet(a: Env, b: Env): Env {
  return {
    names: meetNames(a.names, b.names),
    facts: join(a.facts, b.facts) ?? a.facts,
    verified: a.verified && b.verified,
  };
}

function meetNames(a: Names, b: Names): Names {
  const all = new Map<string, Type>();
  for (const name of new Set([...a.keys(), ...b.keys()])) {
    const [one, other] = [a.get(name), b.get(name)];
    const either = one ?? other;
    if (either)
      all.set(name, one && other ? (one === other ? one : joinTypes(one, other)) : { ...either, sometimes: true });
  }
  return all;
}
