import { languageOf, scriptOf, toSimplified } from './script.ts';
import type { Language, Script } from './understanding.ts';

export { toTraditional } from './script.ts';

export interface Normalised {
  /** NFKC, simplified, trimmed, at most `maxLength` UTF-16 units. */
  readonly text: string;
  readonly language: Language;
  readonly script: Script;
}

/** Format characters (zero-width, bidi, tags, variation selectors), controls other than the line feed, and private use. */
const INVISIBLE = /[\p{Cf}\p{Co}\p{Cn}\p{Variation_Selector}\u034f\u115f\u1160\u3164\uffa0\ufffc\ufffd]|(?!\n)\p{Cc}/gu;
/** WeChat writes U+2005 after a mention; every other blank counts as a space too. */
const BLANK = /[\t\v\f\u0085\p{Zs}]/gu;
const NEW_LINE = /\r\n?|\u2028|\u2029/g;

/** Reads at most `maxLength` characters, before and after NFKC, which can make one character into eighteen. */
export function normalise(raw: string, maxLength: number): Normalised {
  const compatible = cap(raw, maxLength).normalize('NFKC');
  const visible = cap(compatible, maxLength).replace(NEW_LINE, '\n').replace(BLANK, ' ').replace(INVISIBLE, '').trim();
  const text = cap(toSimplified(visible), maxLength).trim();
  return { text, language: languageOf(text), script: scriptOf(visible, text) };
}

/** The first `length` units, without half a character at the end or anywhere else. */
function cap(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}
