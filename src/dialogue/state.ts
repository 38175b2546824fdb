import type { Language, Mood, Script } from '../understanding/understanding.ts';

export type SlotValue = string | number;

/** What the last question of a flow waits for. */
export type Expecting =
  /** `given`: a waybill of the wrong shape that came instead. */
  | { readonly kind: 'slot'; readonly slot: string; readonly given: string | null }
  | { readonly kind: 'proof'; readonly waybill: string }
  | { readonly kind: 'repair'; readonly waybill: string; readonly given: string; readonly proof: string | null }
  | { readonly kind: 'confirm'; readonly step: string }
  | { readonly kind: 'change'; readonly step: string };

/** One flow under way. It is run from the top at every turn; only this is remembered. */
export interface Frame {
  readonly id: string;
  readonly intent: string;
  readonly slots: Readonly<Record<string, SlotValue>>;
  /** Steps with an effect that are done, by id. */
  readonly done: readonly string[];
  /** What done steps have bound (a ticket's number, the result of a call), by name. */
  readonly bound: Readonly<Record<string, unknown>>;
  readonly expecting: Expecting | null;
  /** The customer's words that began it. */
  readonly message: string;
}

export interface Remembered {
  readonly value: SlotValue;
  /** ISO 8601 */
  readonly at: string;
}

export interface Proof {
  readonly waybill: string;
  /** The phone of the record that matched. */
  readonly phone: string;
  /** ISO 8601 */
  readonly until: string;
}

/** A parcel asked after that was not proved to be the person's own. */
export interface Sought {
  readonly waybill: string;
  /** ISO 8601 */
  readonly at: string;
}

/** What a conversation is, as a fold over its events. JSON all the way. */
export interface State {
  readonly turns: number;
  /** When the customer last wrote; ISO 8601. */
  readonly heardAt: string | null;
  /** The last turn that we answered; ISO 8601. */
  readonly spokeAt: string | null;
  /** In a group: when a colleague last answered this customer; ISO 8601. */
  readonly colleagueAt: string | null;
  /** The platform's id of the customer, where it may change. */
  readonly contact: string | null;
  readonly greeted: boolean;
  readonly language: Language;
  readonly script: Script;
  readonly mood: Mood;
  /** Turns in a row in which the customer was angry or worse. */
  readonly angryTurns: number;
  /** Flows under way; the first is active, the others wait for it. */
  readonly frames: readonly Frame[];
  /** The flow that ended last: what a correction or a waybill alone refers to. */
  readonly last: { readonly intent: string; readonly slots: Readonly<Record<string, SlotValue>> } | null;
  readonly remembered: Readonly<Record<string, Remembered>>;
  readonly proofs: readonly Proof[];
  /** Latest last. */
  readonly sought: readonly Sought[];
  readonly misses: number;
  /** What was said last, for 重复一遍. */
  readonly said: readonly string[];
}

export const initialState: State = {
  turns: 0,
  heardAt: null,
  spokeAt: null,
  colleagueAt: null,
  contact: null,
  greeted: false,
  language: 'zh',
  script: 'hans',
  mood: 'calm',
  angryTurns: 0,
  frames: [],
  last: null,
  remembered: {},
  proofs: [],
  sought: [],
  misses: 0,
  said: [],
};
