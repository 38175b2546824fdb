import type { Language, Mood, Script } from '../understanding/understanding.ts';
import type { Expecting, SlotValue } from './state.ts';

/** What happened in a conversation. The state is a fold over these, nothing else (evolve.ts). */
export type DialogueEvent =
  | {
      readonly type: 'heard';
      readonly at: string;
      readonly language: Language;
      readonly script: Script;
      readonly mood: Mood;
    }
  /** A new visit after a long silence: courtesy starts afresh, proofs and flows are forgotten. */
  | { readonly type: 'visit-began' }
  /** The customer writes under this id of the platform; where it was another one before, proofs and flows are forgotten. */
  | { readonly type: 'contact-seen'; readonly contact: string }
  | { readonly type: 'greeted' }
  | {
      readonly type: 'flow-started';
      readonly frame: string;
      readonly intent: string;
      readonly slots: Readonly<Record<string, SlotValue>>;
      readonly message: string;
    }
  | { readonly type: 'slot-filled'; readonly frame: string; readonly slot: string; readonly value: SlotValue }
  | { readonly type: 'slot-cleared'; readonly frame: string; readonly slot: string }
  | {
      readonly type: 'step-done';
      readonly frame: string;
      readonly step: string;
      readonly bound: Readonly<Record<string, unknown>>;
    }
  | { readonly type: 'expecting'; readonly frame: string; readonly expecting: Expecting | null }
  | {
      readonly type: 'flow-ended';
      readonly frame: string;
      readonly how: 'done' | 'cancelled' | 'handed' | 'moved' | 'private' | 'failed';
    }
  | { readonly type: 'owner-proved'; readonly waybill: string; readonly phone: string; readonly until: string }
  /** A parcel that is not proved was asked after. */
  | { readonly type: 'parcel-sought'; readonly waybill: string; readonly at: string }
  | { readonly type: 'proof-failed'; readonly waybill: string }
  | { readonly type: 'remembered'; readonly entity: string; readonly value: SlotValue; readonly at: string }
  | { readonly type: 'missed' }
  | { readonly type: 'understood' }
  | { readonly type: 'said'; readonly texts: readonly string[]; readonly phrases: readonly string[] }
  | { readonly type: 'ticket-drafted'; readonly ticket: string }
  /** A human has the conversation; the bot was quiet. */
  | { readonly type: 'relayed'; readonly ticket: string }
  /** In a group a colleague answered this customer: what we had under way is theirs now. */
  | { readonly type: 'colleague-answered'; readonly at: string }
  /** Something of ours went wrong while deciding; `what` names no private thing. */
  | { readonly type: 'fault'; readonly what: string };
