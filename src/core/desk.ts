import type { Ticket } from './ticket.ts';

/** What a desk (Slack, web) can tell a customer on behalf of an agent, worded from the phrases. */
export type DeskAnnouncement = 'claimed' | 'transferred' | 'resolved' | 'reopened';

/** Words an announcement in the customer's language; empty where nothing is to be said. */
export type Announce = (what: DeskAnnouncement, ticket: Ticket, extra: Readonly<Record<string, string>>) => Promise<string>;

/** What a desk must know about who works where; from desks.yml, live. */
export interface DeskDirectory {
  desks(): readonly { readonly id: string; readonly title: string }[];
  agent(number: string): { readonly number: string; readonly name: string; readonly desks: readonly string[] } | null;
  agents(): readonly { readonly number: string; readonly name: string; readonly desks: readonly string[] }[];
  /** When a desk that takes over a ticket now will have answered; ISO 8601. */
  promise(desk: string, at: Date): string;
}

