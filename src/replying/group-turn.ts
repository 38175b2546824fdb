import { channelOf, type ConversationId, type InboundMessage } from '../core/message.ts';
import type { NoticeDraft } from '../core/notice.ts';
import type { ConversationRecord, TurnCommit } from '../core/store.ts';
import type { DialogueEvent } from '../dialogue/event.ts';
import { evolve } from '../dialogue/evolve.ts';
import type { State } from '../dialogue/state.ts';
import type { Decision, Say, Turn } from '../dialogue/turn.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { emptyTurn } from '../core/empty-turn.ts';

/**
 * In a group a colleague, or another member, has answered what waits: then it is theirs, and we are silent.
 * Who called us by name is left to a colleague only. Null where nobody has answered.
 */
export function answeredByOthers(conversation: ConversationRecord, state: State, now: Date): TurnCommit | null {
  const { waiting, tickets } = conversation;
  const answers = waiting.filter((message) => message.context?.answer !== undefined);
  const last = answers.at(-1);
  if (last === undefined) return null;
  const byColleague = answers.some((message) => message.context?.answer === 'colleague');
  const withAgent = tickets.some((ticket) => ticket.owner !== null);
  const taken = waiting.filter(
    (message) =>
      message.context?.answer !== undefined ||
      (message.seq < last.seq && !withAgent && (byColleague || message.context?.addressed !== 'us')),
  );
  const event: DialogueEvent = { type: 'colleague-answered', at: now.toISOString() };
  return {
    ...emptyTurn(conversation, now),
    ...(byColleague ? { state: JSON.stringify(evolve(state, event)), events: [JSON.stringify(event)] } : {}),
    outcomes: new Map(taken.map(({ seq }) => [seq, { kind: 'left_alone', reason: 'answered by a colleague' }])),
  };
}

/** Several matters are one message where each one rings somebody's telephone, or scrolls a group. */
export function sayings(decision: Decision, turn: Turn): readonly Pick<Say, 'text' | 'suggestions'>[] {
  const { says } = decision;
  if (turn.context === undefined || says.length < 2) return says;
  return [
    {
      text: says.map((say) => say.text).join('\n\n'),
      suggestions: [...new Set(says.flatMap((say) => say.suggestions))],
    },
  ];
}

/** A conversation of the page that was opened for one person. */
export interface Invitation {
  readonly conversation: ConversationId;
  readonly user: string;
  /** Its one-time address. */
  readonly url: string;
}

/** Who cannot be written to alone is invited to the page. */
export function invited(
  conversation: ConversationRecord,
  invite: ((person: ConversationRecord['customer']) => Invitation | null) | undefined,
): Invitation | null {
  const contexts = conversation.waiting.flatMap(({ context }) => (context === undefined ? [] : [context]));
  if (!conversation.group || contexts.length === 0 || contexts.some((context) => context.ownChat !== undefined))
    return null;
  return invite?.(conversation.customer) ?? null;
}

/** What is private goes on in the customer's own chat, or on the page, as if it had been asked there. */
export function carriedOver(
  conversation: ConversationRecord,
  decision: Decision,
  turn: Turn,
  invitation: Invitation | null,
): readonly InboundMessage[] {
  const last = conversation.waiting.at(-1);
  const ownChat = conversation.waiting.findLast((message) => message.context?.ownChat !== undefined)?.context?.ownChat;
  const moved = decision.events.some((event) => event.type === 'flow-ended' && event.how === 'private');
  const target = ownChat ?? invitation?.conversation;
  const contact = last?.context?.contact;
  if (!moved || last === undefined || target === undefined) return [];
  const customer =
    ownChat === undefined && invitation !== null ? { ...last.customer, id: invitation.user } : last.customer;
  return [
    {
      channel: channelOf(target),
      id: `${last.id}/private`,
      conversation: target,
      customer,
      group: false,
      text: turn.text,
      attachments: [],
      context: { carried: true, ...(ownChat === undefined || contact === undefined ? {} : { contact }) },
      sentAt: last.sentAt,
    },
  ];
}

/** What is too old to be answered is listed for the desk, in the same transaction as its outcome. */
export function missed({ id, waiting }: ConversationRecord, { outcome }: Decision): readonly NoticeDraft[] {
  if (outcome.kind !== 'left_alone' || outcome.reason !== 'too old') return [];
  return [{ channel: channelOf(id), kind: 'missed', about: waiting.map(({ seq }) => ({ conversation: id, seq })) }];
}

/** The time colleagues are given runs from the first message, however many follow. */
export function sinceFirst({ waiting }: ConversationRecord, ms: number, known: Knowledge): number {
  if (ms <= known.policies.dialogue.merge_ms) return ms;
  const [first, last] = [waiting[0], waiting.at(-1)];
  if (first === undefined || last === undefined) return ms;
  return Math.max(ms - (Date.parse(last.receivedAt) - Date.parse(first.receivedAt)), 0);
}
