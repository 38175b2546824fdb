import type { types } from '@slack/bolt';

/** Signs that are not seen but turn the reading direction or hide letters: a link could be disguised with them. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** For mrkdwn: the words as they are; nothing in them pings or makes a link. */
export function escape(text: string): string {
  return text.replace(INVISIBLE, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** At most `most` characters, whole ones. */
export function clip(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
}

/** Cuts into pieces of at most `most` characters, at the end of a line where one is near. */
export function pieces(text: string, most: number): string[] {
  const found: string[] = [];
  let rest = [...text];
  while (rest.length > most) {
    const line = rest.lastIndexOf('\n', most - 1);
    const cut = line > most / 2 ? line + 1 : most;
    found.push(rest.slice(0, cut).join(''));
    rest = rest.slice(cut);
  }
  return [...found, rest.join('')];
}

/** Our own marked-up words; what they quote must be escaped before. */
export const marked = (text: string): types.MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true });

/** Anybody's words: Slack reads no markup in them. */
export const plain = (text: string): types.PlainTextElement => ({
  type: 'plain_text',
  text: text.replace(INVISIBLE, '') || ' ',
  emoji: false,
});
