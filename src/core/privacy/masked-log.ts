import type { Log } from '../log.ts';
import type { PrivateKind } from './find.ts';
import { maskText } from './mask.ts';

/** Deeper than anything we log. */
const DEPTH = 5;
/** Characters of one text that are written: an error may quote a whole file. */
const LONGEST = 4000;

/** What is not written need not be masked. */
type Choosy = Log & { isLevelEnabled?(level: string): boolean };

/** The last line of defence: whatever a library or an error says, nothing private is written. No digit of it either, as the tail of a phone is a proof. */
export function maskedLog(log: Choosy): Log {
  const writer =
    (level: keyof Log) =>
    (facts: object, message: string): void => {
      if (log.isLevelEnabled?.(level) === false) return;
      log[level](masked(facts, DEPTH) as object, words(message));
    };
  return { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') };
}

/** A sentence for people or programs outside, e.g. an error. */
export function words(text: string): string {
  return maskText(text.slice(0, LONGEST), undefined, (kind: PrivateKind) => `[${kind}]`).text;
}

function masked(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return words(value);
  if (value instanceof Error) return words(value.stack ?? value.message);
  if (typeof value === 'bigint') return masked(String(value), depth);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return '[…]';
  if (Array.isArray(value)) return value.map((one) => masked(one, depth - 1));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, masked(one, depth - 1)]));
}
