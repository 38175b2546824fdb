import { createUnderstander, type Understander } from '../understanding/understand.ts';
import { createCalendar } from './calendar.ts';
import { compileSteps, type Compilers } from './compile-steps.ts';
import { createConditions } from './condition.ts';
import { fieldsOf } from './draft.ts';
import { createFaqSearch } from './faq-search.ts';
import { startOf } from './files.ts';
import type { SourceSource } from './format.ts';
import { gazetteersOf, typesOf } from './gazetteers.ts';
import { defaultGroups } from './groups-format.ts';
import type { FaqEntry, Intent, Knowledge, Phrase, Slot, SourceSpec } from './knowledge.ts';
import type { FaqMaterial, IntentMaterial, Material, PartOf } from './material.ts';
import type { Memory } from './memory.ts';
import { createTemplates, lazyTemplate, type Template } from './template.ts';

/** So many phrases are compiled in one step. */
const PHRASES = 10;

/** Lets whatever else the process has to do go first. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Makes knowledge of checked material, in small steps: the process that does it serves customers meanwhile. */
export async function compileKnowledge(material: Material, partOf: PartOf, memory: Memory): Promise<Knowledge> {
  const calendar = createCalendar(material.policies.calendar);
  const compileTemplate = createTemplates();
  const templates = memory.memo<Template>('template');
  const template = (source: string): Template => templates(source, () => compileTemplate(source));
  const compilers = { condition: createConditions(calendar), template };
  const entityTypes = typesOf(material.sources);

  const rows = new Map<string, SourceSpec['rows']>();
  const tables = memory.memo<Promise<SourceSpec['rows']>>('rows');
  for (const [record, key] of material.rows) rows.set(record, await tables(key, () => partOf('rows', key)));
  const faqs = memory.memo<Promise<readonly FaqEntry[]>>('faq part');
  const faq: FaqEntry[] = [];
  for (const key of material.faq) {
    faq.push(...(await faqs(key, async () => compileFaq(await partOf('faq', key), compileTemplate))));
    await breathe();
  }
  const searchFaq = await memory.memo<Promise<Knowledge['searchFaq']>>('search')(material.index, async () =>
    createFaqSearch(faq, await partOf('index', material.index)),
  );
  await breathe();
  const understand = await memory.memo<Promise<Understander>>('understand')(material.learned, async () => {
    const learned = await partOf('learned', material.learned);
    await breathe();
    const { waybill, limits } = material.policies;
    const gazetteers = gazetteersOf(material.sources, rows);
    return createUnderstander(
      { waybillPattern: waybill.pattern, maxLength: limits.message_length, gazetteers },
      learned,
    );
  });
  await breathe();
  const phrases = new Map<string, Phrase>();
  for (const [i, { key, value, place }] of material.phrases.entries()) {
    phrases.set(key, { key, zh: value.zh.map(template), en: (value.en ?? []).map(template), place });
    if (i % PHRASES === 0) await breathe();
  }
  const intents = new Map<string, Intent>();
  for (const intent of material.intents) {
    intents.set(intent.name, compileIntent(intent, compilers, entityTypes));
    await breathe();
  }
  return {
    version: material.version,
    intents,
    phrases,
    faq,
    sources: new Map(
      Object.entries(material.sources).map(([record, source]) => [
        record,
        specOf(record, source, rows.get(record) ?? []),
      ]),
    ),
    desks: material.desks,
    policies: material.policies,
    groups: material.groups ?? defaultGroups,
    calendar,
    understand,
    searchFaq,
  };
}

function compileIntent(
  { name, file, value, places }: IntentMaterial,
  compilers: Compilers,
  entityTypes: ReadonlySet<string>,
): Intent {
  const { title, title_en, desk, small, whole, slots, steps } = value;
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
    steps: compileSteps(steps, (path) => places.get(path.join('.')) ?? startOf(file), compilers),
    place: startOf(file),
  };
}

/** Answers are many and few are ever said: each is compiled when it is. */
function compileFaq({ file, from, entries, places }: FaqMaterial, compile: (source: string) => Template): FaqEntry[] {
  return entries.map((entry, index) => ({
    ...entry,
    id: `${file}#${from + index + 1}`,
    place: places[index] ?? startOf(file),
    words: {
      zh: lazyTemplate(entry.answer, compile),
      en: entry.answer_en === undefined ? null : lazyTemplate(entry.answer_en, compile),
    },
  }));
}

function specOf(record: string, source: SourceSource, rows: SourceSpec['rows']): SourceSpec {
  return {
    record,
    from: source.from,
    url: source.url ?? null,
    tokenEnv: source.token_env ?? null,
    fields: fieldsOf(source),
    ownerPhones: source.owner_phones,
    rows,
  };
}
