import { maskText } from '../core/privacy/mask.ts';
import type { Fact, Need } from '../dialogue/turn.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';

/**
 * Which records with private fields a turn asked for, for the audit; undefined where it asked for none. Values other than waybills are masked.
 * What is not there is written down too: who tries numbers leaves a trail, and takes no less time than who finds something.
 */
export function lookedUp(
  facts: ReadonlyMap<string, Fact>,
  { sources }: Knowledge,
  intents: readonly string[],
): { readonly what: string; readonly why: string } | undefined {
  const read = new Set<string>();
  for (const [key, fact] of facts) {
    const need = JSON.parse(key) as Need;
    if (need.kind !== 'records' || !('rows' in fact)) continue;
    if (![...(sources.get(need.record)?.fields.values() ?? [])].some((field) => field.private)) continue;
    const by = Object.entries(need.by).map(
      ([field, value]) => `${field}=${field === 'waybill' ? value : maskText(value).text}`,
    );
    read.add(`${need.record} ${by.join(' ')}${fact.rows.length === 0 ? ' (none)' : ''}`);
  }
  return read.size === 0 ? undefined : { what: [...read].join('; '), why: intents.join(', ') };
}
