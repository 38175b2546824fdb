/** Line breaks, tabs and joiners stay; other controls and the marks that reverse reading order do not. */

const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Text that any database and any screen can take: well-formed, without control characters. */
export function clean(text: string): string {
  return text.toWellFormed().replace(UNSEEN, '');
}

/** The longest beginning of `text` that is at most `limit` characters long after normalisation (NFKC can make one into 18). */
export function fitting(text: string, limit: number): string {
  if (text.length <= limit && text.normalize('NFKC').length <= limit) return text;
  let length = 0;
  let end = 0;
  for (const character of text) {
    length += character.normalize('NFKC').length;
    if (length > limit) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** One line, at most `limit` characters; for names of people and files. */
export function oneLine(text: string, limit: number): string {
  return fitting(clean(text).replace(/\s+/g, ' ').trim(), limit).trim();
}
