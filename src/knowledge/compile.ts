import { createUnderstander, type Understander } from '../understanding/understand.ts';
import { compileSteps, type Compilers } from './compile-steps.ts';
import { fieldsOf, type Draft } from './draft.ts';
import { createFaqSearch } from './faq-search.ts';
import type { IntentSource, SourceSource } from './format.ts';
import { gazetteersOf } from './gazetteers.ts';
import { defaultGroups } from './groups-format.ts';
import type { Calendar } from './calendar.ts';
import type { FaqEntry, Intent, Knowledge, Phrase, Slot, SourceSpec } from './knowledge.ts';
import { startOf } from './files.ts';
import type { Located } from './located.ts';
import { keyOf, type Memory } from './memory.ts';

/** A draft in which no check found an error, with all parts read. */
export type WholeDraft = Draft & { readonly [K in 'sources' | 'desks' | 'policies']: NonNullable<Draft[K]> };

interface CompiledFaq {
  readonly faq: readonly FaqEntry[];
  readonly search: Knowledge['searchFaq'];
}

/** More wordings of the FAQ than this teach the recogniser no better what is no request, but take long to learn. */
const MOST_FAQ_WORDINGS = 2000;

/** At most so many, from all parts of the list alike. */
function evenly(wordings: readonly string[]): readonly string[] {
  const stride = Math.ceil(wordings.length / MOST_FAQ_WORDINGS);
  return wordings.filter((_, index) => index % stride === 0);
}

export function compileKnowledge(
  draft: WholeDraft,
  compilers: Compilers,
  calendar: Calendar,
  entityTypes: ReadonlySet<string>,
  memory: Memory,
): Knowledge {
  const { faq, search } = memory.memo<CompiledFaq>('faq')(
    keyOf(draft.faq.map((file) => [file.file, draft.texts.get(file.file)])),
    () => {
      const entries = compileFaq(draft, compilers);
      return { faq: entries, search: createFaqSearch(entries) };
    },
  );
  const policies = draft.policies.value;
  const examples = new Map([...draft.intents].map(([name, { value }]) => [name, value.examples]));
  const gazetteers = gazetteersOf(draft.sources.value, draft.rows);
  const material = {
    // What the FAQ answers is no intent's request.
    outOfScope: [...draft.outOfScope, ...evenly(faq.flatMap(({ question, similar }) => [question, ...similar]))],
    waybillPattern: policies.waybill.pattern,
    maxLength: policies.limits.message_length,
    examples: [...examples],
    gazetteers: [...gazetteers],
  };
  return {
    version: draft.version,
    intents: new Map(
      [...draft.intents].map(([name, file]) => [name, compileIntent(name, file, compilers, entityTypes)]),
    ),
    phrases: compilePhrases(draft, compilers),
    faq,
    sources: new Map(
      Object.entries(draft.sources.value).map(([record, source]) => [record, specOf(record, source, draft)]),
    ),
    desks: draft.desks.value,
    policies,
    groups: draft.groups?.value ?? defaultGroups,
    calendar,
    understand: memory.memo<Understander>('understand')(keyOf(material), () =>
      createUnderstander({ ...material, examples, gazetteers }),
    ),
    searchFaq: search,
  };
}

function compileIntent(
  name: string,
  file: Located<IntentSource>,
  compilers: Compilers,
  entityTypes: ReadonlySet<string>,
): Intent {
  const { title, title_en, desk, small, whole, slots, steps } = file.value;
  return {
    name,
    title,
    titleEn: title_en ?? null,
    desk,
    small,
    whole,
    slots: new Map(
      Object.entries(slots).map(([slot, source]): [string, Slot] => {
        const fills = source.entity ?? (entityTypes.has(slot) && !source.choices ? slot : null);
        return [slot, { ...source, name: slot, fills, remember: source.remember ?? fills === 'waybill' }];
      }),
    ),
    steps: compileSteps(steps, file, compilers),
    place: startOf(file.file),
  };
}

function compilePhrases(draft: Draft, { template }: Compilers): ReadonlyMap<string, Phrase> {
  const phrases = new Map<string, Phrase>();
  for (const file of draft.phrases) {
    for (const [key, { zh, en }] of Object.entries(file.value)) {
      phrases.set(key, { key, zh: zh.map(template), en: (en ?? []).map(template), place: file.keyAt([key]) });
    }
  }
  return phrases;
}

function compileFaq(draft: Draft, { template }: Compilers): FaqEntry[] {
  return draft.faq.flatMap((file) =>
    file.value.map((entry, index) => ({
      ...entry,
      id: `${file.file}#${index + 1}`,
      place: file.at([index]),
      words: { zh: template(entry.answer), en: entry.answer_en === undefined ? null : template(entry.answer_en) },
    })),
  );
}

function specOf(record: string, source: SourceSource, { rows }: Draft): SourceSpec {
  return {
    record,
    from: source.from,
    url: source.url ?? null,
    tokenEnv: source.token_env ?? null,
    fields: fieldsOf(source),
    ownerPhones: source.owner_phones,
    rows: rows.get(record) ?? [],
  };
}
