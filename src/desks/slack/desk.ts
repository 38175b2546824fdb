import type { Clock } from '../../core/clock.ts';
import type { DeskDirectory } from '../../core/desk.ts';
import type { Log } from '../../core/log.ts';
import type { Attachment, ConversationId } from '../../core/message.ts';
import type { Store } from '../../core/store.ts';
import type { Owner, Ticket } from '../../core/ticket.ts';
import type { Actions } from '../actions/actions.ts';
import type { Call } from '../actions/write-down.ts';
import type { Answers } from './answers.ts';
import type { CardView } from './card.ts';
import type { ModalView, SlackConnection, SlackFile } from './connection.ts';
import type { Choices } from './modals.ts';
import type { Spot, Staff } from './staff.ts';

/** What policies.yml says about answering in Slack. */
export interface DeskRules extends Choices {
  /** A message in a card's thread that begins with one of these goes to the customer. */
  readonly answerPrefixes: readonly string[];
  readonly takeBackMs: number;
}

/** What the desk's listeners share: each registers itself with Slack and does its part with these. */
export interface Desk {
  readonly store: Store;
  readonly slack: SlackConnection;
  readonly directory: DeskDirectory;
  readonly clock: Clock;
  readonly log: Log;
  readonly rules: () => DeskRules;
  readonly staff: Staff;
  readonly actions: Actions;
  readonly answers: Answers;
  readonly writeDown: (call: Call, agent: Owner, clientId: string) => Promise<Ticket>;
  view(): CardView;
  /** Does what was asked after Slack was answered: a failure is logged, a stop waits for it. */
  work(task: () => Promise<unknown>): Promise<void>;
  /** Something nobody waits for. */
  aside(task: Promise<unknown>): void;
  openView(user: string, trigger: string | null, view: ModalView): Promise<void>;
  showHome(user: string): Promise<void>;
  /** The channel of a desk's cards; null where it has none. Throws RefusedError where Slack has no such channel for us. */
  channelOf(desk: string): Promise<string | null>;
  isDeskChannel(channel: string): boolean;
  /** The thread of a ticket's card, or null. */
  spotOf(ticket: string): Promise<Spot | null>;
  /** Files from Slack, kept for the customer's conversation. The same `id` again changes nothing. */
  takeIn(conversation: ConversationId, files: readonly SlackFile[], id: string): Promise<Attachment[]>;
}
