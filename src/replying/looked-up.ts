import { maskText } from '../core/privacy/mask.ts';
import type { Fact, Need } from '../dialogue/turn.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';

/** Which records with private fields a turn read, for the audit; undefined where it read none. Values other than waybills are masked. */
export function lookedUp(
  facts: ReadonlyMap<string, Fact>,
  { sources }: Knowledge,
  intents: readonly string[],
): { readonly what: string; readonly why: string } | undefined {
  const read = new Set<string>();
  for (const [key, fact] of facts) {
    const need = JSON.parse(key) as Need;
    if (need.kind !== 'records' || !('rows' in fact) || fact.rows.length === 0) continue;
    if (![...(sources.get(need.record)?.fields.values() ?? [])].some((field) => field.private)) continue;
    const by = Object.entries(need.by).map(
      ([field, value]) => `${field}=${field === 'waybill' ? value : maskText(value).text}`,
    );
    read.add(`${need.record} ${by.join(' ')}`);
  }
  return read.size === 0 ? undefined : { what: [...read].join('; '), why: intents.join(', ') };
}
