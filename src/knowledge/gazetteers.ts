import type { RecordRow } from '../core/records.ts';
import type { Gazetteer } from '../understanding/understanding.ts';
import type { SourceSource } from './format.ts';

/** Types that need no list: the understander finds them; `attachment` is a picture or file that came with the message. */
export const ENGINE_ENTITIES: readonly string[] = [
  'waybill',
  'phone',
  'phone-tail',
  'money',
  'date',
  'weight',
  'volume',
  'quantity',
  'attachment',
];

/** All entity types: the engine's own and those that sources name. */
export function typesOf(sources: Readonly<Record<string, SourceSource>>): ReadonlySet<string> {
  return new Set([...ENGINE_ENTITIES, ...Object.values(sources).flatMap(({ entities }) => Object.keys(entities))]);
}

/** Names of each entity type as the rows list them: the first field is the canonical name, the others (lists too) are other words for it. */
export function gazetteersOf(
  sources: Readonly<Record<string, SourceSource>>,
  rows: ReadonlyMap<string, readonly RecordRow[]>,
): ReadonlyMap<string, Gazetteer> {
  const types = new Map<string, Map<string, Set<string>>>();
  for (const [record, source] of Object.entries(sources)) {
    for (const [type, [canonical, ...others]] of Object.entries(source.entities)) {
      const values = types.get(type) ?? new Map<string, Set<string>>();
      types.set(type, values);
      for (const row of rows.get(record) ?? []) {
        for (const value of namesIn(row, source, canonical)) {
          const names = values.get(value) ?? new Set([value]);
          values.set(value, names);
          for (const field of others) for (const name of namesIn(row, source, field)) names.add(name);
        }
      }
    }
  }
  return new Map(
    [...types].map(([type, values]) => [type, [...values].map(([value, names]) => ({ value, names: [...names] }))]),
  );
}

function namesIn(row: RecordRow, source: SourceSource, field: string | undefined): string[] {
  const value = field === undefined ? null : row[field];
  if (value == null || field === undefined) return [];
  const about = source.fields[field];
  const type = typeof about === 'string' ? about : about?.type;
  return type === 'list' ? splitList(String(value)) : [String(value)];
}

/** `成都;蓉城` as an administrator separates it, half-width or full-width. */
export function splitList(text: string): string[] {
  return text
    .split(/[;\uFF1B、|,\uFF0C]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
