/** A message that quotes another comes as text: 「name：words」, a line of dashes, and the new words. */
const QUOTE = /^[「『]([^：:\n]{1,64})[：:]\s?([\s\S]*?)[」』]\s*\n\s*[-—–\s]{3,}\n([\s\S]*)$/u;

export interface Quoting {
  /** Who is quoted, as their name was shown. */
  readonly name: string;
  readonly quoted: string;
  /** The new words. */
  readonly text: string;
}

export function quotingOf(text: string): Quoting | null {
  const found = QUOTE.exec(text);
  return found === null
    ? null
    : { name: (found[1] ?? '').trim(), quoted: (found[2] ?? '').trim(), text: (found[3] ?? '').trim() };
}
