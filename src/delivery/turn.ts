import type { Clock } from '../core/clock.ts';
import { NotKeptError } from '../core/errors.ts';
import { emptyTurn } from '../core/empty-turn.ts';
import type { Log } from '../core/log.ts';
import type { ConversationId } from '../core/message.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Replier } from '../core/reply.ts';
import type { ConversationRecord, Store, TurnCommit } from '../core/store.ts';
import { faultOf, tellStoreFault } from './fault.ts';
import { within } from './within.ts';

export interface TurnDeps {
  readonly store: Store;
  readonly replier: Replier;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a decision may take, in ms. */
  readonly timeLimit: number;
}

/** How long to wait after the first failure and the second, in ms; the third surrenders. */
const BACK_OFF = [200, 1000];
/** How long to wait when nothing can be kept at all. */
const STORE_BACK_OFF = 5000;
/** How often in a row somebody else may be first. */
const MOST_STALE = 20;

type Decide = (conversation: ConversationRecord, now: Date) => Promise<TurnCommit>;

/**
 * Decides and keeps one turn of a conversation, in which nothing else is decided meanwhile. `heard`: the conversation as it was read
 * a moment ago, which saves reading it again; where it has moved on since, its version tells.
 * Never throws. Gives how many ms to wait before looking again; null when all that waited has its outcome.
 */
export async function takeTurn(
  deps: TurnDeps,
  id: ConversationId,
  heard: ConversationRecord | null,
): Promise<number | null> {
  const { store, replier, log } = deps;
  try {
    return (await settle(deps, id, (conversation, now) => replier.reply(conversation, now), heard)) ? null : 0;
  } catch (error) {
    // A full disk is no fault of the conversation: it must not end in a surrender.
    if (error instanceof NotKeptError) return STORE_BACK_OFF;
    let failures: number;
    try {
      failures = await store.noteFailure(id);
    } catch (trouble) {
      tellStoreFault(log, trouble, { conversation: id }, 'the store keeps nothing: trying again');
      return STORE_BACK_OFF;
    }
    log.error({ conversation: id, failures, ...faultOf(error) }, 'deciding a turn failed');
    const pause = BACK_OFF[failures - 1];
    return pause ?? surrender(deps, id);
  }
}

/** A human takes over; where not even that can be kept, the ledger at least tells it. */
async function surrender(deps: TurnDeps, id: ConversationId): Promise<number | null> {
  const lastResorts: readonly Decide[] = [
    (conversation, now) => deps.replier.surrender(conversation, now),
    (conversation, now) => Promise.resolve(undecidable(conversation, now)),
  ];
  for (const decide of lastResorts) {
    try {
      return (await settle(deps, id, decide, null)) ? null : 0;
    } catch (error) {
      deps.log.error({ conversation: id, ...faultOf(error) }, 'surrendering a turn failed');
    }
  }
  return STORE_BACK_OFF;
}

/** Decides on what is there, again and again until nobody else was first. True when all that waited has its outcome. */
async function settle(
  deps: TurnDeps,
  id: ConversationId,
  decide: Decide,
  heard: ConversationRecord | null,
): Promise<boolean> {
  for (let i = 0; i < MOST_STALE; i++) {
    const conversation = i === 0 && heard !== null ? heard : await deps.store.conversation(id);
    if (!conversation || conversation.waiting.length === 0) return true;
    const commit = await within(deps.clock, deps.timeLimit, decide(conversation, deps.clock.now()));
    if (!conversation.waiting.some((message) => commit.outcomes.has(message.seq))) {
      // Keeping it would ask for the same decision again, for ever.
      throw new Error('a turn must settle at least one of the messages that wait');
    }
    if ((await deps.store.commitTurn(commit)) === 'done')
      return conversation.waiting.every((message) => commit.outcomes.has(message.seq));
  }
  throw new Error('somebody else was always first');
}

function undecidable(conversation: ConversationRecord, now: Date): TurnCommit {
  const outcome: Outcome = { kind: 'left_alone', reason: 'undecidable' };
  return {
    ...emptyTurn(conversation, now),
    outcomes: new Map(conversation.waiting.map((message) => [message.seq, outcome])),
  };
}
