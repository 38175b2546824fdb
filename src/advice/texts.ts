import { createHash } from 'node:crypto';
import { maskText } from '../core/privacy/mask.ts';
import { normalise } from '../understanding/normalise.ts';
import { maskNumbers } from './mask.ts';

/** What a desk's files say, to compare messages with. */
export interface Written {
  /** Of all the files. */
  readonly version: string;
  /** With what they name put away (`{waybill}`); intent null: nothing that is asked for. */
  readonly examples: readonly { readonly text: string; readonly intent: string | null }[];
  readonly faq: readonly { readonly id: string; readonly question: string; readonly similar: readonly string[] }[];
}

/** A text as an endpoint sees it. */
export interface Text {
  readonly text: string;
  readonly hash: string;
}

/** The same, ready to be sent; texts without a letter say nothing. */
export interface Texts {
  readonly examples: readonly (Text & { readonly intent: string | null })[];
  readonly faq: readonly (Text & { readonly id: string })[];
  /** Of all of it: the same key, the same texts in the same places. */
  readonly key: string;
}

/** Texts at once, before whatever else the process has to do goes first. */
const AT_ONCE = 50;
/** Characters of a text that are read. */
const LENGTH = 500;

export async function textsOf({ examples, faq }: Written): Promise<Texts> {
  const all = [
    ...examples.map(({ text, intent }) => ({ text, intent })),
    ...faq.flatMap(({ id, question, similar }) => [question, ...similar].map((text) => ({ text, id }))),
  ];
  const key = createHash('sha256');
  const own: Texts['examples'][number][] = [];
  const answered: Texts['faq'][number][] = [];
  for (const [i, given] of all.entries()) {
    if (i % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    const text = shown(given.text);
    if (!/\p{L}/u.test(text)) continue;
    const hash = createHash('sha256').update(text).digest('base64url');
    key.update(JSON.stringify([given, hash]));
    if ('id' in given) answered.push({ text, hash, id: given.id });
    else own.push({ text, hash, intent: given.intent });
  }
  return { examples: own, faq: answered, key: key.digest('base64url') };
}

/** Administrators copy from customers now and then: what looks private stays here, whoever wrote it. */
function shown(text: string): string {
  return maskNumbers(maskText(normalise(text, LENGTH).text, { hide: [], show: [] }, (kind) => `{${kind}}`).text);
}
