import type { Clock } from '../core/clock.ts';
import { dayOf } from '../core/day.ts';
import { emptyTurn } from '../core/empty-turn.ts';
import type { Coordination } from '../core/coordination.ts';
import type { Log } from '../core/log.ts';
import type { Records } from '../core/records.ts';
import type { Replier } from '../core/reply.ts';
import type { ConversationRecord, Store, Timer, TurnCommit } from '../core/store.ts';
import { decide } from '../dialogue/decide.ts';
import { patienceFor } from '../dialogue/patience.ts';
import { initialState, type State } from '../dialogue/state.ts';
import type { Decision, Fact, Turn } from '../dialogue/turn.ts';
import { answeredByOthers, carriedOver, invited, missed, sayings, sinceFirst, type Invitation } from './group-turn.ts';
import { createFlood } from './flood.ts';
import { lookUpFacts, wrongSince } from './facts.ts';
import { heldIn } from './held.ts';
import { lookedUp } from './looked-up.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Understanding } from '../understanding/understanding.ts';
import { promiseOf } from './promise.ts';
import { surrenderTurn } from './surrender.ts';
import { ticketChanges } from './ticket-changes.ts';
import { turnOf } from './turn-of.ts';
import { botSays, outcomesOf, sayEngine } from './turn-commit.ts';

export interface ReplierOptions {
  readonly store: Store;
  /** The knowledge in force and the records that go with it; asked for at each turn. */
  readonly knowledge: () => Knowledge;
  readonly records: () => Records;
  readonly coordination: Coordination;
  readonly clock: Clock;
  readonly log: Log;
  /** A second opinion on a message that asks for nothing known; gives `understood` alone back where it has none. Never throws. */
  readonly advise?: (
    understood: Understanding,
    known: Knowledge,
    customer: string | undefined,
  ) => Promise<Pick<Turn, 'understood' | 'answer'>>;
  /** Opens a conversation of the page for somebody who wrote in a group and cannot be written to alone; null where the page has no public address. */
  readonly invite?: (person: { readonly id: string; readonly name?: string }) => Invitation | null;
  /** Told every decision, e.g. to count it or to show why. */
  readonly observe?: (decision: Decision, conversation: ConversationRecord) => void;
}

/** Ties dialogue to the store: reads the state, decides (looking up what is needed), and gives all that is to be kept. */
export function createReplier(options: ReplierOptions): Replier {
  const { store, knowledge, records, coordination, log } = options;

  const flood = createFlood(coordination);
  const heardTurns = new WeakMap<ConversationRecord, { turn: Turn; known: Knowledge; day: string }>();

  async function reply(conversation: ConversationRecord, now: Date): Promise<TurnCommit> {
    const known = knowledge();
    const others = answeredByOthers(conversation, readState(conversation, log), now);
    if (others !== null) return others;
    const tooMuch = await flood.phraseFor(conversation, known.policies.limits.messages_per_minute);
    if (tooMuch !== null) return floodTurn(conversation, known, tooMuch, now);
    const state = readState(conversation, log);
    const invitation = invited(conversation, options.invite);
    const turn = await advised(turnHeard(conversation, known, now, invitation), conversation, state, known);
    let found: ReadonlyMap<string, Fact> = new Map();
    const decision = await lookUpFacts({ store, records: records() }, now, (facts) => {
      found = facts;
      return decide({
        state,
        turn,
        knowledge: known,
        facts,
        now,
        context: {
          conversation: conversation.id,
          customer: conversation.customer,
          tickets: conversation.tickets,
          promise: (desk, clock, from) => promiseOf(known, desk, clock, from).toISOString(),
        },
      });
    });
    options.observe?.(decision, conversation);
    const fault = decision.events.find((event) => event.type === 'fault');
    if (fault?.type === 'fault')
      log.error({ conversation: conversation.id, what: fault.what }, 'a flow failed; handed to a human');
    const changes = ticketChanges(conversation, decision, now);
    const reading = lookedUp(found, known, decision.intents);
    return {
      ...emptyTurn(conversation, now),
      state: JSON.stringify(decision.state),
      events: decision.events.map((event) => JSON.stringify(event)),
      outcomes: outcomesOf(conversation.waiting, decision.outcome),
      outgoing: sayings(decision, turn).map(({ text, suggestions }) => botSays(known, text, suggestions)),
      tickets: changes.tickets,
      ticketEvents: changes.events,
      timers: decision.followUps.map(({ key, at, phrase, slots }) => ({
        key,
        at,
        kind: 'follow-up',
        payload: JSON.stringify({ phrase, slots }),
      })),
      wrongProofs: decision.wrongProofs,
      judged: new Map([...decision.judged].map(([waybill, wrong]) => [waybill, { since: wrongSince(now), wrong }])),
      forwards: carriedOver(conversation, decision, turn, invitation),
      ...(reading === undefined ? {} : { lookedUp: reading }),
      disclosed: decision.disclosed,
      notices: missed(conversation, decision),
    };
  }

  /** Understanding is most of the work of a turn, and what was understood to tell how long to listen is what is answered. */
  function turnHeard(
    conversation: ConversationRecord,
    known: Knowledge,
    now: Date,
    invitation: Invitation | null,
  ): Turn {
    const before = heardTurns.get(conversation);
    const same = before?.known === known && before.day === dayOf(now);
    const turn = same ? before.turn : turnOf(conversation, known, now);
    heardTurns.set(conversation, { turn, known, day: dayOf(now) });
    return invitation === null || turn.context === undefined
      ? turn
      : { ...turn, context: { ...turn.context, link: invitation.url } };
  }

  /** Asked only where nothing is under way that the message may answer, and never about what others in a group say to each other. */
  async function advised(
    turn: Turn,
    { customer, tickets }: ConversationRecord,
    state: State,
    known: Knowledge,
  ): Promise<Turn> {
    const ours = !turn.group || turn.context?.addressed === 'us';
    const held = heldIn({ tickets }) !== undefined;
    const { requests, signals, emergency } = turn.understood;
    if (
      options.advise === undefined ||
      !ours ||
      held ||
      emergency ||
      requests.length + signals.length + state.frames.length > 0
    )
      return turn;
    return { ...turn, ...(await options.advise(turn.understood, known, customer.name)) };
  }

  function floodTurn(conversation: ConversationRecord, known: Knowledge, phrase: string, now: Date): TurnCommit {
    const state = readState(conversation, log);
    // Who writes that much to an agent is not answered by the bot.
    const quiet = phrase === '' || heldIn(conversation) !== undefined;
    const text = quiet ? '' : sayEngine(known, state, phrase, {}, now);
    return {
      ...emptyTurn(conversation, now),
      outcomes: outcomesOf(conversation.waiting, { kind: 'left_alone', reason: 'flood' }),
      outgoing: text === '' ? [] : [botSays(known, text)],
    };
  }

  return {
    reply,
    hold: (conversation, now) =>
      isSettled(conversation) ? 0 : flood.hold(conversation, knowledge().policies.limits.messages_per_minute, now),
    patience: (conversation, now) => {
      const known = knowledge();
      if (isSettled(conversation) || conversation.waiting.length > known.policies.limits.messages_per_minute) return 0;
      return sinceFirst(
        conversation,
        patienceFor(readState(conversation, log), turnHeard(conversation, known, now, null), known, now),
        known,
      );
    },
    onTimer: (conversation, timer, now) => Promise.resolve(timerTurn(conversation, knowledge(), timer, now, log)),
    surrender: async (conversation, now) => {
      const known = knowledge();
      return surrenderTurn(conversation, known, readState(conversation, log), () => store.nextTicketId(), now);
    },
  };
}

/** An agent or another member answers: there is nothing to wait for. */
function isSettled(conversation: ConversationRecord): boolean {
  return (
    heldIn(conversation) !== undefined || conversation.waiting.some(({ context }) => context?.answer !== undefined)
  );
}

const states = new WeakMap<ConversationRecord, State>();

/** The dialogue's state, read once; one that cannot be read is begun anew rather than failing every turn. */
export function readState(conversation: ConversationRecord, log: Log): State {
  const known = states.get(conversation);
  if (known !== undefined) return known;
  let state = initialState;
  try {
    state = { ...initialState, ...(JSON.parse(conversation.state ?? '{}') as Partial<State>) };
  } catch {
    log.error({ conversation: conversation.id }, 'the state of a conversation was unreadable; it begins anew');
  }
  states.set(conversation, state);
  return state;
}

/** How long a follow-up waits before it looks again whether the agent is done, in ms. */
const WHILE_HELD = 30 * 60_000;

function timerTurn(conversation: ConversationRecord, known: Knowledge, timer: Timer, now: Date, log: Log): TurnCommit {
  const turn = { ...emptyTurn(conversation, now), firedTimer: timer.key };
  if (heldIn(conversation) !== undefined) {
    const { key, kind, payload } = timer;
    return { ...turn, timers: [{ key, at: new Date(now.getTime() + WHILE_HELD).toISOString(), kind, payload }] };
  }
  try {
    const { phrase, slots } = JSON.parse(timer.payload) as { phrase: string; slots: Record<string, unknown> };
    const text = sayEngine(
      known,
      readState(conversation, log),
      phrase,
      { slots, waybill: slots['waybill'] ?? null, customer: conversation.customer },
      now,
    );
    return { ...turn, outgoing: [botSays(known, text)] };
  } catch (error) {
    log.error(
      { conversation: conversation.id, timer: timer.key, error: String(error) },
      'a follow-up could not be worded; it is dropped',
    );
    return turn;
  }
}
