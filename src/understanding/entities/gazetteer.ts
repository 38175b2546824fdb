import { toSimplified } from '../script.ts';
import { RANK, candidate } from './candidate.ts';
import type { Gazetteer } from '../understanding.ts';
import type { Candidate } from './candidate.ts';

interface Name {
  readonly type: string;
  readonly value: string;
}

/** 市, 省, 县 and 区 are left out in speech. */
const SUFFIX = /(?<=..)(?:市|省|县|区)$/u;
/** A name of one character (酒, 油) counts only as what is sent, or where it is the whole message. */
const SENT = /(?:^|[寄发运带托是送拉装些瓶箱个只])$/;
const SENT_AFTER = /^(?:$|[吗呢么?,。!]|[能可]|要|行|怎么|多少)/;
const WORD = /[\p{Script=Latin}\p{N}]/u;

/** Finds the names of all gazetteers, the longest first at every place, whatever script they are listed in. */
export function createNameFinder(gazetteers: ReadonlyMap<string, Gazetteer>): (text: string) => Candidate[] {
  const names = new Map<string, Name[]>();
  const add = (name: string, entry: Name): void => {
    const known = names.get(name);
    if (!known) names.set(name, [entry]);
    else if (!known.some((other) => other.type === entry.type)) known.push(entry);
  };
  const entries = [...gazetteers].flatMap(([type, gazetteer]) =>
    gazetteer.flatMap(({ value, names: written }) =>
      [value, ...written].map((name) => ({ name: keyOf(name), entry: { type, value } })),
    ),
  );
  for (const { name, entry } of entries) if (name !== '') add(name, entry);
  // Short forms come second: a name that is listed in full belongs to its own entry.
  for (const { name, entry } of entries) if (SUFFIX.test(name)) add(name.replace(SUFFIX, ''), entry);
  const lengths = [...new Set([...names.keys()].map((name) => name.length))].sort((a, b) => b - a);
  return (text) => findNames(text, names, lengths);
}

function findNames(text: string, names: ReadonlyMap<string, readonly Name[]>, lengths: readonly number[]): Candidate[] {
  const lower = keepLength(text);
  const found: Candidate[] = [];
  for (let start = 0; start < lower.length; start++) {
    for (const length of lengths) {
      if (start + length > lower.length) continue;
      const entries = names.get(lower.slice(start, start + length));
      if (!entries || !standsAlone(lower, start, start + length)) continue;
      for (const { type, value } of entries) found.push(candidate(type, value, RANK.name, text, start, start + length));
      break;
    }
  }
  return found;
}

function keyOf(name: string): string {
  return toSimplified(name.normalize('NFKC').trim()).toLowerCase();
}

/** Lower case with every character in its place (İ becomes two units elsewhere). */
function keepLength(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function standsAlone(text: string, start: number, end: number): boolean {
  const [first, last] = [text[start] ?? '', text[end - 1] ?? ''];
  if (WORD.test(first) && WORD.test(text[start - 1] ?? '')) return false;
  if (WORD.test(last) && WORD.test(text[end] ?? '')) return false;
  return end - start > 1 || (SENT.test(text.slice(Math.max(0, start - 1), start)) && SENT_AFTER.test(text.slice(end)));
}
