import type { Condition } from './condition.ts';
import { durationMs } from './duration.ts';
import type { ActionSource, StepSource } from './format.ts';
import type { Branch, Place, Step } from './knowledge.ts';
import type { Path } from './located.ts';
import type { Template } from './template.ts';

export const DEFAULT_CALL_RESULT = 'result';
export const DEFAULT_CALL_CONFIRM = 'confirm.call';
export const DEFAULT_HANDOVER_WORDS = 'handover.done';

export interface Compilers {
  readonly condition: (source: string) => Condition;
  readonly template: (source: string) => Template;
}

/** Where the key at the end of a path stands. */
type PlaceOf = (path: Path) => Place;

type Pairs = readonly (readonly [string, Condition])[];

/** A step without its place. Distributes over the kinds, as Omit on a union does not. */
type Bare = Step extends infer S ? (S extends Step ? Omit<S, 'id' | 'place'> : never) : never;

/** Turns the steps of a checked intent into the engine's: one for each key, in the order in which they run. */
export function compileSteps(
  steps: readonly StepSource[],
  placeOf: PlaceOf,
  compilers: Compilers,
  path: Path = ['steps'],
): Step[] {
  return steps.flatMap((step, index) => compileKeys(step, [...path, index], placeOf, compilers));
}

/** The keys in the order of ARCHITECTURE.md: a phrase may name the ticket opened beside it. */
const ORDER = [
  'set',
  'find',
  'verify',
  'ask',
  'confirm',
  'choose',
  'ticket',
  'call',
  'follow_up',
  'say',
  'hand_over',
  'go_to',
] as const;

function compileKeys(step: StepSource, path: Path, placeOf: PlaceOf, compilers: Compilers): Step[] {
  return ORDER.flatMap((key) => {
    const bare = step[key] === undefined ? null : compileKey(key, step, path, placeOf, compilers);
    const here = [...path, key];
    // The intent's own `steps` is left out of the id: `2.choose.1.say`.
    return bare === null ? [] : [{ id: here.slice(1).join('.'), place: placeOf(here), ...bare }];
  });
}

function compileKey(
  key: (typeof ORDER)[number],
  step: StepSource,
  path: Path,
  placeOf: PlaceOf,
  compilers: Compilers,
): Bare | null {
  const pairs = (values: Readonly<Record<string, string>> | undefined): Pairs =>
    Object.entries(values ?? {}).map(([name, source]) => [name, compilers.condition(source)]);
  switch (key) {
    case 'set':
      return { kind: 'set', values: pairs(step.set) };
    case 'find': {
      const record = step.find ?? '';
      return { kind: 'find', record, by: pairs(step.by), as: step.all ?? record, all: step.all !== undefined };
    }
    case 'verify':
      return { kind: 'verify' };
    case 'ask':
      return { kind: 'ask', slots: step.ask ?? [] };
    case 'confirm':
      return { kind: 'confirm', phrase: step.confirm ?? '' };
    case 'choose':
      return { kind: 'choose', branches: compileBranches(step, [...path, 'choose'], placeOf, compilers) };
    case 'ticket':
      return { kind: 'ticket', ...compileTicket(step.ticket, compilers) };
    case 'call':
      return step.call ? compileCall(step.call, pairs) : null;
    case 'follow_up':
      return step.follow_up
        ? { kind: 'follow_up', afterMs: durationMs(step.follow_up.after) ?? 0, say: step.follow_up.say }
        : null;
    case 'say':
      return { kind: 'say', phrases: step.say ?? [] };
    case 'hand_over':
      return {
        kind: 'hand_over',
        ...compileTicket(step.hand_over, compilers),
        say: step.hand_over?.say ?? DEFAULT_HANDOVER_WORDS,
      };
    case 'go_to':
      return { kind: 'go_to', intent: step.go_to ?? '' };
  }
}

function compileBranches(step: StepSource, path: Path, placeOf: PlaceOf, compilers: Compilers): Branch[] {
  return (step.choose ?? []).map((branch, index) => {
    const here = [...path, index];
    return {
      when: branch.when === undefined ? null : compilers.condition(branch.when),
      steps: [
        ...compileKeys(branch, here, placeOf, compilers),
        ...compileSteps(branch.steps ?? [], placeOf, compilers, [...here, 'steps']),
      ],
    };
  });
}

function compileTicket(source: ActionSource['ticket'] | ActionSource['hand_over'], { template }: Compilers) {
  return {
    summary: source?.summary === undefined ? null : template(source.summary),
    priority: source?.priority ?? ('normal' as const),
    promise: source?.promise ?? null,
    desk: source?.desk ?? null,
  };
}

function compileCall(
  call: NonNullable<ActionSource['call']>,
  pairs: (values: Readonly<Record<string, string>>) => Pairs,
): Bare {
  return {
    kind: 'call',
    source: call.source,
    operation: call.operation,
    with: pairs(call.with),
    confirm: call.confirm ?? DEFAULT_CALL_CONFIRM,
    as: call.as ?? DEFAULT_CALL_RESULT,
  };
}
