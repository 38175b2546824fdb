import { Converter as toMainland } from 'opencc-js/t2cn';
import { Converter as fromMainland } from 'opencc-js/cn2t';
import type { Language, Script } from './understanding.ts';

type Convert = (text: string) => string;

/** Building a converter takes tens of milliseconds: not before somebody needs it, and once. */
function once(make: () => Convert): Convert {
  let convert: Convert | undefined;
  return (text) => (convert ??= make())(text);
}

const HAN = /\p{Script=Han}/u;
/** Latin letters that Chinese customers write in Chinese sentences; they say nothing about the language. */
const UNITS = /^(?:ok|okay|kgs?|cm|mm|cbm|rmb|cny|no|vip|app|id|pcs)$/i;

const simplify = once(() => toMainland({ from: 'tw', to: 'cn' }));
const complicate = once(() => fromMainland({ from: 'cn', to: 'tw' }));

/** Traditional -> Simplified; text without Chinese characters comes back as it is. */
export function toSimplified(text: string): string {
  return HAN.test(text) ? simplify(text) : text;
}

/** Simplified -> Traditional by characters, with the standard forms and nobody's regional words. */
export function toTraditional(text: string): string {
  return HAN.test(text) ? complicate(text) : text;
}

/** `en` only where there is no Chinese character and at least one word in Latin letters. */
export function languageOf(text: string): Language {
  if (HAN.test(text)) return 'zh';
  const words = text.match(/(?<![\p{L}\p{N}])\p{Script=Latin}{2,}(?![\p{L}\p{N}])/gu) ?? [];
  return words.some((word) => !UNITS.test(word)) ? 'en' : 'zh';
}

/** Which script `text` was written in, given its simplified form: the one with more characters of its own. */
export function scriptOf(text: string, simplified: string): Script {
  const traditionalOnly = differences(text, simplified);
  if (traditionalOnly === 0) return 'hans';
  return traditionalOnly >= differences(text, toTraditional(text)) ? 'hant' : 'hans';
}

function differences(one: string, other: string): number {
  let count = 0;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) count++;
  return count;
}
