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

/** Share of characters from which a text counts as written in Traditional ones. */
const TRADITIONAL = 1 / 12;

// The package's own types do not resolve under nodenext.
const simplify = once(() => toMainland({ from: 'tw', to: 'cn' }) as Convert);
const complicate = once(() => fromMainland({ from: 'cn', to: 'tw' }) as Convert);

/** Traditional -> Simplified; text without Chinese characters comes back as it is. */
export function toSimplified(text: string): string {
  return HAN.test(text) ? simplify(text) : text;
}

/**
 * Simplified -> Traditional by characters, with the standard forms and nobody's regional words.
 * A sum ends a phrase: in `12元后天到账` there is no 元后 (an empress).
 */
export function toTraditional(text: string): string {
  if (!HAN.test(text)) return text;
  return text
    .split(/(?<=[\d万千百]元)/)
    .map(complicate)
    .join('');
}

/** `en` only where there is no Chinese character and at least one word in Latin letters. */
export function languageOf(text: string): Language {
  if (HAN.test(text)) return 'zh';
  const words = text.match(/(?<![\p{L}\p{N}])\p{Script=Latin}{2,}(?![\p{L}\p{N}])/gu) ?? [];
  return words.some((word) => !UNITS.test(word)) ? 'en' : 'zh';
}

/** `hant` where simplifying changed a good part of the Chinese characters, more than a stray 於 in a simplified text. */
export function scriptOf(text: string, simplified: string): Script {
  if (text === simplified) return 'hans';
  let changed = 0;
  for (let i = 0; i < text.length; i++) if (text[i] !== simplified[i]) changed++;
  return changed / (text.match(/\p{Script=Han}/gu)?.length ?? 1) >= TRADITIONAL ? 'hant' : 'hans';
}
