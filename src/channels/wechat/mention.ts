import type { Member } from './wire.ts';

/** WeChat puts U+2005 after a name it completed; people who type it put a space, or nothing. */
const AFTER = '[\\u2005\\u2004\\u2006\\u00a0\\u3000\\s]?';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const namesOf = ({ name, alias }: Member): readonly string[] => [alias ?? '', name].filter((one) => one.trim() !== '');

/** `@小应`, wherever it stands, in full or half width. */
function pattern(name: string): RegExp {
  return new RegExp(`[@＠]${escaped(name)}${AFTER}`, 'gu');
}

/** The members whose names stand after an @; of two that fit the same place, the longer name is meant. */
export function mentionedIn(text: string, members: readonly Member[]): readonly Member[] {
  const named = members.flatMap((member) => namesOf(member).map((name) => ({ member, name })));
  const found = new Map<string, Member>();
  let rest = text;
  for (const { member, name } of named.sort((a, b) => b.name.length - a.name.length)) {
    if (!pattern(name).test(rest)) continue;
    found.set(member.id, member);
    rest = rest.replace(pattern(name), '\u0000');
  }
  return [...found.values()];
}

/** The words without the names of those they are said to. */
export function withoutMentions(text: string, members: readonly Member[]): string {
  const names = members.flatMap(namesOf).sort((a, b) => b.length - a.length);
  return names.reduce((rest, name) => rest.replace(pattern(name), ' '), text).trim();
}

/** `@name` as WeChat writes it before an answer. */
export function calling(name: string): string {
  return `@${name}\u2005`;
}
