import { maskText } from '../core/privacy/mask.ts';
import { maskEntities } from '../understanding/features.ts';
import type { Understand, Understanding } from '../understanding/understanding.ts';

/** Types whose every mention is private to a model, though not to an agent. */
const PRIVATE: ReadonlySet<string> = new Set(['waybill', 'waybill-like', 'phone', 'phone-tail']);
/** Numbers that may belong to one parcel or person: none of them tells what a message means. */
const NUMBER = /\d(?:[ -]?\d){4,}|[〇零一二三四五六七八九幺]{5,}/g;

/** What a model may see: the words, with `{waybill}`, `{phone}`, `{name}` and the like where something private stood. */
export function maskForModel({ text, entities }: Understanding, names: readonly string[]): string {
  let masked = '';
  let at = 0;
  for (const { type, start, end } of entities) {
    if (!PRIVATE.has(type) || start < at) continue;
    masked += `${text.slice(at, start)}{${type}}`;
    at = end;
  }
  masked += text.slice(at);
  const hide = names.map((value) => ({ kind: 'name' as const, value }));
  return maskNumbers(maskText(masked, { hide, show: [] }, (kind) => `{${kind}}`).text);
}

/** As examples are written: all that is named is put away, after what is private (in 人民路12号 a date would be seen, and the road no more). */
export function maskAll(maskedForModel: string, understand: Understand): string {
  const { text, entities } = understand(maskedForModel, new Date(0));
  return maskEntities(text, entities);
}

export function maskNumbers(text: string): string {
  return text.replace(NUMBER, '{number}');
}
