import type { RecordRow } from '../core/records.ts';
import type { Learned } from '../understanding/learn.ts';
import type { WholeDraft } from './draft.ts';
import type { FaqIndex } from './faq-index.ts';
import type { DesksSource, FaqSource, IntentSource, PhraseSource, PoliciesSource, SourceSource } from './format.ts';
import type { GroupsSource } from './groups-format.ts';
import type { Place } from './knowledge.ts';
import type { Located } from './located.ts';
import { keyOf } from './memory.ts';
import { walkSteps } from './walk-steps.ts';

/** Entries of the FAQ that are handed over at once. */
const FAQ_PART = 500;

/**
 * Checked files as plain values, with the places that are still asked for when they serve: what knowledge is compiled from.
 * It can be sent to another thread. What is large is left out and stands here by its key: the same key, the same value.
 */
export interface Material {
  readonly version: string;
  readonly intents: readonly IntentMaterial[];
  readonly phrases: readonly PhraseMaterial[];
  readonly sources: Readonly<Record<string, SourceSource>>;
  readonly desks: DesksSource;
  readonly policies: PoliciesSource;
  readonly groups: GroupsSource | null;
  /** How many answers the FAQ has. */
  readonly answers: number;
  /** Keys of `FaqMaterial`, in order. */
  readonly faq: readonly string[];
  /** Key of the index over all of the FAQ. */
  readonly index: string;
  /** Keys of the rows by record. */
  readonly rows: ReadonlyMap<string, string>;
  /** Key of what was learned from the examples. */
  readonly learned: string;
}

export interface IntentMaterial {
  readonly name: string;
  readonly file: string;
  /** Without its examples: what was learned from them is a part. */
  readonly value: IntentSource;
  /** Where each key of each step stands, by its path with dots. */
  readonly places: ReadonlyMap<string, Place>;
}

export interface PhraseMaterial {
  readonly key: string;
  readonly value: PhraseSource;
  readonly place: Place;
}

export interface FaqMaterial {
  readonly file: string;
  /** Number of the first entry in its file. */
  readonly from: number;
  readonly entries: readonly FaqSource[];
  readonly places: readonly Place[];
}

/** What is large, by kind. */
export interface Parts {
  readonly faq: FaqMaterial;
  readonly index: FaqIndex;
  readonly rows: readonly RecordRow[];
  readonly learned: Learned | null;
}

/** Gives a part by its key. */
export type PartOf = <K extends keyof Parts>(kind: K, key: string) => Promise<Parts[K]>;

/** Parts that are made when they are asked for. */
export type Makers = { readonly [K in keyof Parts]: Map<string, () => Parts[K]> };

/** Takes from a draft what serves; `index` and `learned` come from elsewhere. */
export function gather(draft: WholeDraft, others: Pick<Material, 'index' | 'learned'>, makers: Makers): Material {
  return {
    ...others,
    version: draft.version,
    intents: [...draft.intents].map(([name, file]) => intentOf(name, file)),
    phrases: draft.phrases.flatMap((file) =>
      Object.entries(file.value).map(([key, value]) => ({ key, value, place: file.keyAt([key]) })),
    ),
    sources: draft.sources.value,
    desks: draft.desks.value,
    policies: draft.policies.value,
    groups: draft.groups?.value ?? null,
    answers: draft.faq.reduce((sum, { value }) => sum + value.length, 0),
    faq: draft.faq.flatMap((file) => partsOf(file, keyOf([file.file, draft.texts.get(file.file)]), makers)),
    rows: new Map(
      [...draft.rows].map(([record, rows]) => {
        const key = rowsKey(record, draft.sources.value, rows);
        makers.rows.set(key, () => rows);
        return [record, key];
      }),
    ),
  };
}

export function rowsKey(record: string, sources: Material['sources'], rows: readonly RecordRow[]): string {
  return keyOf([record, sources[record], rows]);
}

function intentOf(name: string, file: Located<IntentSource>): IntentMaterial {
  const value = { ...file.value, examples: [] };
  const places = new Map<string, Place>();
  for (const { action, path } of walkSteps(value.steps)) {
    for (const key of Object.keys(action)) {
      const here = [...path, key];
      places.set(here.join('.'), file.keyAt(here));
    }
  }
  return { name, file: file.file, value, places };
}

function partsOf(located: Located<FaqSource[]>, key: string, makers: Makers): string[] {
  const { file, value } = located;
  return Array.from({ length: Math.ceil(value.length / FAQ_PART) }, (_, part) => {
    const from = part * FAQ_PART;
    const entries = value.slice(from, from + FAQ_PART);
    makers.faq.set(`${key} ${part}`, () => ({
      file,
      from,
      entries,
      places: entries.map((_entry, index) => located.at([from + index])),
    }));
    return `${key} ${part}`;
  });
}

/** Makes parts as they are asked for. */
export function made(makers: Makers): PartOf {
  return (kind, key) => {
    const make = makers[kind].get(key);
    return make ? Promise.resolve(make()) : Promise.reject(new Error(`there is no ${kind} ${key}`));
  };
}
