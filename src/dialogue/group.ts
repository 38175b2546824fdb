import type { LeftAloneReason } from '../core/outcome.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { answerWithin, roomPolicy, type RoomPolicy } from '../knowledge/room-policy.ts';
import type { State } from './state.ts';
import type { Turn, TurnContext } from './turn.ts';

/** speak: it is for us. wait: a plain request that colleagues may take first. leave: not for us. */
export type Hearing =
  | { readonly kind: 'speak' }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'leave'; readonly reason: LeftAloneReason };

const SPEAK: Hearing = { kind: 'speak' };
const leave = (reason: LeftAloneReason): Hearing => ({ kind: 'leave', reason });

/** Calls for whoever serves here, without a name. */
const CALLS = /客服|有人[吗嘛么在没]|有没有人|人呢|没人[吗嘛么理管回]|在[吗嘛么]|在不在|怎么没人/;

/** Who was not heard for so long is owed an apology; ms. */
const LATE = 3 * 60_000;

/** It was said while nobody listened, and we have said nothing to this person since. */
export function isLate({ spokeAt }: State, { context }: Turn, now: Date): boolean {
  if (context === undefined || context.lateMs < LATE) return false;
  return spokeAt === null || Date.parse(spokeAt) < now.getTime() - context.lateMs;
}

/** Group sense: whether a turn is ours to answer, and how soon. Where a channel tells nothing of the room, everything is. */
export function hearingOf(state: State, turn: Turn, knowledge: Knowledge, now: Date): Hearing {
  const { context, understood } = turn;
  if (context === undefined) return SPEAK;
  if (context.nature === 'recalled' && understood.text === '') return leave('recalled');
  if (context.automatic) return leave('automatic');
  const hearing = hearingOfTimely(state, turn, context, knowledge, now);
  // What was not for us then is not for us now: the desk is told of nothing but what we would have answered.
  return hearing.kind !== 'leave' && context.lateMs > answerWithin(knowledge.groups) ? leave('too old') : hearing;
}

function hearingOfTimely(state: State, turn: Turn, context: TurnContext, knowledge: Knowledge, now: Date): Hearing {
  const { understood } = turn;
  if (!turn.group || context.addressed === 'us' || understood.emergency) return SPEAK;
  if (context.addressed === 'member') return leave('chatter');
  if (context.addressed === null && isContinuing(state, knowledge, now)) return SPEAK;
  const policy = roomPolicy(knowledge.groups, context.room);
  if (policy.eager === 'mentioned' || !isPlainRequest(turn, knowledge, policy, now)) return leave('chatter');
  if (policy.eager === 'quick' && context.addressed === null) return SPEAK;
  return { kind: 'wait', ms: policy.pickUpMs };
}

/** We spoke with this person a moment ago, and no colleague has taken over since. */
function isContinuing({ spokeAt, colleagueAt }: State, { groups }: Knowledge, now: Date): boolean {
  if (spokeAt === null || (colleagueAt !== null && colleagueAt >= spokeAt)) return false;
  return now.getTime() - Date.parse(spokeAt) <= groups.continue_minutes * 60_000;
}

function isPlainRequest({ understood }: Turn, knowledge: Knowledge, { desks }: RoomPolicy, now: Date): boolean {
  const asked = understood.requests.some(({ intent: name }) => {
    const intent = knowledge.intents.get(name);
    return intent !== undefined && !intent.small && (desks === null || desks.includes(intent.desk));
  });
  if (asked || CALLS.test(understood.text)) return true;
  if (desks !== null) return false;
  if (understood.entities.some(({ type }) => type === 'waybill' && type in knowledge.policies.dialogue.alone))
    return true;
  const [best] = knowledge.searchFaq(understood.text, now, 1);
  return best !== undefined && best.score >= knowledge.policies.dialogue.faq_floor;
}

/** In a group and not called: what is neither a request nor an answer is not asked about. */
export function isUncalled(turn: Turn): boolean {
  return turn.group && turn.context?.addressed !== 'us';
}
