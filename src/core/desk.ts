import type { Ticket } from './ticket.ts';

/** What a desk (Slack, web) can tell a customer on behalf of an agent, worded from the phrases. */
export type DeskAnnouncement = 'claimed' | 'transferred' | 'resolved' | 'reopened';

/** Words an announcement in the customer's language; empty where nothing is to be said. */
export type Announce = (
  what: DeskAnnouncement,
  ticket: Ticket,
  extra: Readonly<Record<string, string>>,
) => Promise<string>;

export interface DeskEntry {
  readonly id: string;
  readonly title: string;
  /** Slack channel of its cards, as `#name` or id. */
  readonly slack_channel?: string | undefined;
}

export interface AgentEntry {
  /** 工号 */
  readonly number: string;
  readonly name: string;
  readonly desks: readonly string[];
  /** Slack user id */
  readonly slack?: string | undefined;
}

/** What a desk must know about who works where; from desks.yml, live. */
export interface DeskDirectory {
  /** Under which name the bot speaks to customers. */
  botName?(): string;
  desks(): readonly DeskEntry[];
  /** Where words go that belong to no ticket; the first desk where it is not told. */
  noticeDesk?(): string;
  agent(number: string): AgentEntry | null;
  agents(): readonly AgentEntry[];
  /** When a desk that takes over a ticket now will have answered; ISO 8601. */
  promise(desk: string, at: Date): string;
}
