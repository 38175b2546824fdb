import type { Knowledge } from '../knowledge/knowledge.ts';
import { maskText, type Masked, type Privacy, type PrivateKind } from '../core/privacy/mask.ts';
import { privateSlot } from '../tickets/privacy.ts';

/** Hides what is private in words that an administrator reads: phones, accounts, every name in the records, and what else is `known` to be private. */
export type Masker = (text: string, known?: Privacy['hide']) => Masked;

export function createMasker({ sources }: Knowledge): Masker {
  const secret = new Map<string, PrivateKind>();
  const open = new Set<string>();
  for (const { fields, rows } of sources.values()) {
    for (const [field, { private: hidden, type }] of fields) {
      const kind = hidden && type === 'text' ? privateSlot(field) : null;
      if (kind === null && (hidden || type !== 'phone')) continue;
      for (const row of rows) {
        const value = row[field];
        if (typeof value !== 'string') continue;
        if (kind === null) open.add(value);
        else secret.set(value, kind);
      }
    }
  }
  const lengths = [...new Set([...secret.keys()].map((word) => word.length))].filter((length) => length > 1);
  return (text, known = []) => {
    const found = [...piecesOf(text, lengths)].flatMap((value) => {
      const kind = secret.get(value);
      return kind === undefined ? [] : [{ kind, value }];
    });
    // What the company itself publishes, e.g. the telephone of an outlet.
    const show = [...open].filter((value) => text.includes(value));
    return maskText(text, { hide: [...known, ...found], show });
  };
}

/** All pieces of a text that are as long as some secret; a table of names may be longer than any text. */
function* piecesOf(text: string, lengths: readonly number[]): Generator<string> {
  for (const length of lengths) for (let at = 0; at + length <= text.length; at++) yield text.slice(at, at + length);
}

/** A customer's name, where it is known, as something to hide. */
export function nameOf(customer: { readonly name?: string }): Privacy['hide'] {
  return customer.name === undefined ? [] : [{ kind: 'name', value: customer.name }];
}
