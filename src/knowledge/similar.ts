import { normalise } from '../understanding/normalise.ts';

/** Words of courtesy and particles that do not change what is asked. */
const SMALL_WORDS =
  /请问一下|请问|麻烦您|麻烦你|麻烦|您好|你好|帮我|帮忙|我想问下|我想问|想问一下|问一下|一下|谢谢|多谢|吗|呢|吧|啊|呀|嘛|哦|咧|的|了|please|thanks/g;
/** Share of common pairs of characters from which two long texts are the same question. */
const SAME = 0.9;
/** Texts shorter than this differ wholly by one character. */
const LONG = 10;
const SHORT = 4;
const MAX_LENGTH = 300;

/** What is asked, without script, case, punctuation and courtesy. */
export function gistOf(text: string): string {
  const plain = normalise(text, MAX_LENGTH)
    .text.toLowerCase()
    .replace(/[\s\p{P}]/gu, (char) => (char === '{' || char === '}' ? char : ''));
  const bare = plain.replace(SMALL_WORDS, '');
  // Of a few words courtesy may be all that is said.
  return [...bare].length < SHORT ? plain : bare;
}

/**
 * Finds an earlier text that asks the same, by their gists. Each is compared by its rarest pairs of characters only,
 * which every text so alike must share, so that thousands take no longer than they must.
 */
export function findSimilar(
  gists: readonly string[],
  comparable: (a: number, b: number) => boolean,
): Map<number, number> {
  const pairs = gists.map(pairsOf);
  const counts = new Map<string, number>();
  for (const set of pairs) for (const pair of set) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  const rarest = pairs.map((set) => {
    const most = set.size - Math.ceil(SAME * set.size) + 1;
    return [...set].sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0) || (a < b ? -1 : 1)).slice(0, most);
  });
  const byGist = new Map<string, number[]>();
  const byPair = new Map<string, number[]>();
  const found = new Map<number, number>();
  for (const [index, gist] of gists.entries()) {
    const long = [...gist].length >= LONG;
    const same = byGist.get(gist)?.find((other) => comparable(index, other));
    const alike =
      same ??
      (long
        ? (rarest[index] ?? [])
            .flatMap((pair) => byPair.get(pair) ?? [])
            .find((other) => comparable(index, other) && likeness(pairs[index], pairs[other]) >= SAME)
        : undefined);
    if (alike !== undefined) found.set(index, alike);
    add(byGist, gist, index);
    if (long) for (const pair of rarest[index] ?? []) add(byPair, pair, index);
  }
  return found;
}

function add(map: Map<string, number[]>, key: string, index: number): void {
  const list = map.get(key);
  if (list) list.push(index);
  else map.set(key, [index]);
}

function pairsOf(gist: string): ReadonlySet<string> {
  const chars = [...gist];
  return new Set(chars.slice(1).map((char, index) => `${chars[index]}${char}`));
}

function likeness(a: ReadonlySet<string> = new Set(), b: ReadonlySet<string> = new Set()): number {
  let shared = 0;
  for (const pair of a) if (b.has(pair)) shared++;
  return shared / (a.size + b.size - shared || 1);
}
