import { clean } from '../words.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
/** Emphasis counts in Slack only where it stands like a word of its own: 30*40*50 is a size. */
const EMPHASIS = /(^|[\s(（"“])(\*|_|~|`{1,3})(?=\S)([^\n]*?\S)\2(?=$|[\s.,;:!?)）"”，。；：！？])/gm;

/** Slack's markup -> what the person meant to say. `self`: our own user id, whose mention says nothing. */
export function plainText(mrkdwn: string, self: string | null): string {
  const words = mrkdwn
    .replace(EMPHASIS, '$1$3')
    .replace(/<([^<>\n]+)>/g, (_, inside: string) => readReference(inside, self))
    .replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity);
  return clean(words).trim();
}

function readReference(inside: string, self: string | null): string {
  const bar = inside.indexOf('|');
  const [target, label] = bar < 0 ? [inside, ''] : [inside.slice(0, bar), inside.slice(bar + 1)];
  const name = label.replace(/^[@#]/, '');
  switch (target[0]) {
    case '@':
      return target.slice(1) === self ? '' : `@${name || '成员'}`;
    case '#':
      return `#${name || '频道'}`;
    case '!':
      if (target.startsWith('!date^')) return label;
      return `@${name || /^!(here|channel|everyone)$/.exec(target)?.[1] || '群组'}`;
    default:
      return readLink(target, label);
  }
}

/** A label that is not the address itself is shown with it: what is said and where it leads may differ. */
function readLink(target: string, label: string): string {
  const address = target.replace(/^(?:mailto|tel):/, '');
  const bare = (text: string): string => text.replace(/^https?:\/\//, '').replace(/\/$/, '');
  return label === '' || bare(label) === bare(address) ? address : `${label} (${address})`;
}

/** Slack shows exactly these words: no mention, no link under another name, no reversed reading order. */
export function escape(text: string): string {
  return clean(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@(?=channel|here|everyone|group)/gi, '＠');
}

/** Cuts a long text into pieces that are at most `limit` characters when escaped, at line ends where it can. */
export function pieces(text: string, limit: number): readonly string[] {
  const done: string[] = [];
  let rest = text;
  while (escape(rest).length > limit) {
    const end = longestFitting(rest, limit);
    const line = rest.lastIndexOf('\n', end - 1);
    const cut = line > end / 2 ? line + 1 : end;
    done.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut);
  }
  return rest.trim() === '' ? done : [...done, rest];
}

function longestFitting(text: string, limit: number): number {
  let length = 0;
  let end = 0;
  for (const character of text) {
    length += escape(character).length;
    if (length > limit) break;
    end += character.length;
  }
  return Math.max(end, 1);
}
