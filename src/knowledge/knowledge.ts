import type { FieldType, RecordRow } from '../core/records.ts';
import type { Understander } from '../understanding/understand.ts';
import type { Calendar } from './calendar.ts';
import type { Condition } from './condition.ts';
import type { DesksSource, FaqSource, PoliciesSource, SlotSource } from './format.ts';
import type { GroupsSource } from './groups-format.ts';
import type { Template } from './template.ts';

/** Where something stands in an administrator's files; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A step, compiled. `id` is its path in the file (`2.choose.1.say`): the same as long as the file is. */
export type Step = { readonly id: string; readonly place: Place } & (
  | { readonly kind: 'say'; readonly phrases: readonly string[] }
  | { readonly kind: 'ask'; readonly slots: readonly string[] }
  | { readonly kind: 'set'; readonly values: readonly (readonly [string, Condition])[] }
  | {
      readonly kind: 'find';
      readonly record: string;
      readonly by: readonly (readonly [string, Condition])[];
      readonly as: string;
      readonly all: boolean;
    }
  | { readonly kind: 'verify' }
  | { readonly kind: 'confirm'; readonly phrase: string }
  | { readonly kind: 'choose'; readonly branches: readonly Branch[] }
  | {
      readonly kind: 'ticket';
      readonly summary: Template | null;
      readonly priority: 'normal' | 'high' | 'urgent';
      readonly promise: string | null;
      readonly desk: string | null;
    }
  | {
      readonly kind: 'hand_over';
      readonly summary: Template | null;
      readonly priority: 'normal' | 'high' | 'urgent';
      readonly promise: string | null;
      readonly desk: string | null;
      /** Phrase; `handover.done` by default. */
      readonly say: string;
    }
  | {
      readonly kind: 'call';
      readonly source: string;
      readonly operation: string;
      readonly with: readonly (readonly [string, Condition])[];
      readonly confirm: string;
      readonly as: string;
    }
  | { readonly kind: 'follow_up'; readonly afterMs: number; readonly say: string }
  | { readonly kind: 'go_to'; readonly intent: string }
);

/** `when` null is `otherwise`. */
export interface Branch {
  readonly when: Condition | null;
  readonly steps: readonly Step[];
}

export interface Slot extends SlotSource {
  readonly name: string;
  /** The entity type that fills it; null is free text. */
  readonly fills: string | null;
}

export interface Intent {
  readonly name: string;
  readonly title: string;
  readonly titleEn: string | null;
  readonly desk: string;
  readonly small: boolean;
  readonly whole: boolean;
  readonly slots: ReadonlyMap<string, Slot>;
  readonly steps: readonly Step[];
  readonly place: Place;
}

/** Wordings by language; several to vary between. */
export interface Phrase {
  readonly key: string;
  readonly zh: readonly Template[];
  readonly en: readonly Template[];
  readonly place: Place;
}

export interface FaqEntry extends FaqSource {
  readonly id: string;
  /** The answer; it may name policies (`{{ policy.remit_days }}`). */
  readonly words: { readonly zh: Template; readonly en: Template | null };
  readonly place: Place;
}

export interface FaqHit {
  readonly entry: FaqEntry;
  /** 0..1; comparable with `dialogue.faq_floor`. */
  readonly score: number;
}

export interface Field {
  readonly type: FieldType;
  readonly private: boolean;
  readonly required: boolean;
  readonly values: readonly string[] | null;
}

export interface SourceSpec {
  readonly record: string;
  readonly from: 'csv' | 'http';
  readonly url: string | null;
  readonly tokenEnv: string | null;
  readonly fields: ReadonlyMap<string, Field>;
  readonly ownerPhones: readonly string[];
  /** csv: the checked rows; http: none. */
  readonly rows: readonly RecordRow[];
}

/** Everything the administrator's files say, checked and compiled. Immutable; an edit makes a new one. */
export interface Knowledge {
  /** Hash of all files. */
  readonly version: string;
  readonly intents: ReadonlyMap<string, Intent>;
  readonly phrases: ReadonlyMap<string, Phrase>;
  readonly faq: readonly FaqEntry[];
  readonly sources: ReadonlyMap<string, SourceSpec>;
  readonly desks: DesksSource;
  readonly policies: PoliciesSource;
  readonly groups: GroupsSource;
  readonly calendar: Calendar;
  readonly understand: Understander;
  /**
   * Valid entries at `at`, best first, at most `limit`; `text` as normalised by `understand`. Where none can have a score
   * of `least` (0 by default) the search ends early, with none.
   */
  searchFaq(text: string, at: Date, limit: number, least?: number): readonly FaqHit[];
}
