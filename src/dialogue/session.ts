import type { LeftAloneReason } from '../core/outcome.ts';
import type { Place } from '../knowledge/knowledge.ts';
import type { DialogueEvent } from './event.ts';
import { evolve } from './evolve.ts';
import type { Frame, State } from './state.ts';
import { needKey, type DraftedTicket, type Fact, type FollowUp, type Input, type Need, type Trace } from './turn.ts';

/**
 * The working sheet of one decision: what has been found out and decided so far.
 * It lives for one call of `decide` and is never shared, so the outside sees a pure function.
 */
export interface Session extends Input {
  /** The state with the events so far folded in. */
  current(): State;
  frame(id: string): Frame | undefined;
  emit(event: DialogueEvent): void;
  /** The fact, or null where it is not known yet: then it is noted as needed. */
  fact(need: Need): Fact | null;
  trace(what: string, place?: Place): void;
  readonly events: DialogueEvent[];
  readonly needs: Map<string, Need>;
  readonly tickets: DraftedTicket[];
  readonly followUps: FollowUp[];
  /** Waybills whose proof failed in this turn. */
  readonly wrongProofs: string[];
  /** Waybills for which evidence was judged in this turn, and how many wrong proofs there had been today. */
  readonly judged: Map<string, number>;
  /** Waybills whose private fields were given out in this turn. */
  readonly disclosed: Set<string>;
  readonly traces: Trace[];
  /** Intents that were begun in this turn, in the order asked. */
  readonly acted: Set<string>;
  /** A question was under way and this turn did not answer it: it is asked again, more helpfully. */
  missedAnswer: boolean;
  /** The customer said no to a proposed waybill. */
  declined: boolean;
  /** Why nothing is said, where the group sense decided so. */
  leftAlone: LeftAloneReason | null;
  /** Whose question this turn answers, and whether the whole message is the answer. */
  answered: { readonly frame: string; readonly intent: string; readonly whole: boolean } | null;
}

export function createSession(input: Input): Session {
  let state = input.state;
  const events: DialogueEvent[] = [];
  const needs = new Map<string, Need>();
  const traces: Trace[] = [];
  return {
    ...input,
    events,
    needs,
    traces,
    tickets: [],
    followUps: [],
    wrongProofs: [],
    judged: new Map(),
    disclosed: new Set(),
    acted: new Set(),
    declined: false,
    missedAnswer: false,
    leftAlone: null,
    answered: null,
    current: () => state,
    frame: (id) => state.frames.find((frame) => frame.id === id),
    emit(event) {
      events.push(event);
      state = evolve(state, event);
    },
    fact(need) {
      const key = needKey(need);
      const fact = input.facts.get(key);
      if (fact === undefined) needs.set(key, need);
      return fact ?? null;
    },
    trace: (what, place) => void traces.push(place === undefined ? { what } : { what, place }),
  };
}
