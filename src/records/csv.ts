import { RefusedError } from '../core/errors.ts';
import type { RecordRow, RecordSource } from '../core/records.ts';
import { comparables } from './comparable.ts';
import { MOST_ROWS, type RecordFields } from './spec.ts';

/** Rows in memory, read-only. A field is indexed when it is first asked for. */
export function createCsvSource(rows: readonly RecordRow[], fields: RecordFields): RecordSource {
  const indexes = new Map<string, ReadonlyMap<string, readonly number[]>>();

  const typeOf = (field: string) => fields.get(field)?.type ?? 'text';
  const indexOf = (field: string): ReadonlyMap<string, readonly number[]> => {
    const known = indexes.get(field);
    if (known) return known;
    const index = new Map<string, number[]>();
    for (const [number, row] of rows.entries()) {
      for (const key of comparables(row[field], typeOf(field))) {
        const places = index.get(key);
        if (places) places.push(number);
        else index.set(key, [number]);
      }
    }
    indexes.set(field, index);
    return index;
  };

  return {
    find(by) {
      const wanted = Object.entries(by).map(([field, value]) => {
        const [key] = comparables(value, typeOf(field));
        return key === undefined ? [] : (indexOf(field).get(key) ?? []);
      });
      const [first, ...others] = wanted.map((places) => new Set(places));
      const places = first ? [...first].filter((place) => others.every((other) => other.has(place))) : rows.keys();
      return Promise.resolve([...places].slice(0, MOST_ROWS).flatMap((place) => rows.slice(place, place + 1)));
    },
    call: () =>
      Promise.reject(
        new RefusedError('read-only', 'A csv source can only be read; connect a source with from: http to write.'),
      ),
    close: () => Promise.resolve(),
  };
}
