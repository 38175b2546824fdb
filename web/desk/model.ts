/** What the desk's API gives, as far as the page shows it. Times are ISO 8601. */
export type Status = 'open' | 'claimed' | 'waiting' | 'resolved';
export type Priority = 'normal' | 'high' | 'urgent';

/** A piece of a text that is covered: what to ask `reveal` for, and where it stands in the text as shown. */
export interface Covered {
  readonly field: string;
  readonly start: number;
  readonly end: number;
}

export interface Agent {
  /** 工号 */
  readonly agent: string;
  readonly name: string;
}

export interface Ticket {
  readonly id: string;
  readonly desk: string;
  readonly desk_title: string;
  readonly channel: string;
  readonly kind: string;
  readonly status: Status;
  readonly priority: Priority;
  readonly conversation: string;
  readonly customer: { readonly id: string; readonly name: string };
  readonly waybill: string | null;
  readonly summary: string;
  readonly form: Readonly<Record<string, string>>;
  readonly owner: Agent | null;
  readonly promised_at: string;
  readonly opened_at: string;
  readonly resolved_at: string | null;
  readonly hidden: readonly Covered[];
}

export interface Attached {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly size: number;
  readonly url: string;
}

export interface Message {
  readonly seq: number;
  readonly from: 'customer' | 'bot' | 'agent';
  readonly name: string;
  readonly agent?: string;
  readonly text: string;
  readonly at: string;
  readonly attachments: readonly Attached[];
  readonly hidden: readonly Covered[];
}

export interface Event {
  readonly kind: string;
  readonly at: string;
  readonly by: Agent | null;
  readonly text: string;
  readonly target?: string;
  readonly hidden: readonly Covered[];
}

export interface Story extends Ticket {
  readonly transcript: readonly Message[];
  readonly history: readonly Event[];
  readonly others: readonly Ticket[];
}

export interface DeskInfo {
  readonly id: string;
  readonly title: string;
}

export interface Directory {
  readonly desks: readonly DeskInfo[];
  readonly agents: readonly { readonly number: string; readonly name: string; readonly desks: readonly string[] }[];
}

export interface Problem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly severity: string;
  readonly code: string;
  readonly message: { readonly zh: string } | string;
}

/** How a channel stands with its platform; `qrcode` changes with the code that is to be scanned. */
export interface ChannelInfo {
  readonly name: string;
  readonly title: string;
  readonly state: 'off' | 'starting' | 'scan' | 'logged-out' | 'online';
  readonly since: string | null;
  readonly account: string | null;
  readonly trouble: string;
  readonly paused_until: string | null;
  readonly qrcode: string | null;
}

/** A word to the desk that belongs to no ticket. */
export interface Notice {
  readonly id: number;
  readonly channel: string;
  readonly kind: string;
  readonly at: string;
  readonly last_at: string;
  readonly text: string;
  readonly text_en: string;
  readonly messages: readonly {
    readonly conversation: string;
    readonly customer: string;
    readonly group: boolean;
    readonly at: string;
    readonly text: string;
  }[];
}

export interface ChannelBoard {
  readonly channels: readonly ChannelInfo[];
  readonly notices: readonly Notice[];
}

export const ACTIONS = ['claim', 'reply', 'note', 'transfer', 'resolve', 'reopen'] as const;
export type Action = (typeof ACTIONS)[number];
