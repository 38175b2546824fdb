import { findAddresses } from './find-addresses.ts';
import { findEmails } from './find-emails.ts';
import { findNames } from './find-names.ts';
import { findNumbers } from './find-numbers.ts';
import type { Find, PrivateKind } from './find.ts';
import { closeUp, read, type Reading } from './reading.ts';

export type { PrivateKind } from './find.ts';

/** Words that are known to be private, or known to be harmless, whatever they look like. */
export interface Privacy {
  readonly hide: readonly { readonly kind: PrivateKind; readonly value: string }[];
  /** Shown even where they look like a phone or an account: waybills. */
  readonly show: readonly string[];
}

/** A hidden piece: its place in the masked text, in UTF-16 units, and what stands behind it. */
export interface Hidden {
  readonly kind: PrivateKind;
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

export interface Masked {
  readonly text: string;
  readonly hidden: readonly Hidden[];
}

const NOTHING_KNOWN: Privacy = { hide: [], show: [] };

/**
 * The one masker: hides phones, identity numbers, cards, e-mail addresses, addresses, names and the known private words of
 * a text, however they are disguised. Linear in the length of the text. `cover` words what stands in their place.
 */
export function maskText(text: string, privacy: Privacy = NOTHING_KNOWN, cover = coverUp): Masked {
  let masked = '';
  let read = 0;
  const hidden: Hidden[] = [];
  for (const { kind, start, end, digits } of findPrivate(text, privacy)) {
    const value = text.slice(start, end);
    masked += text.slice(read, start);
    const words = cover(kind, value, digits);
    hidden.push({ kind, start: masked.length, end: masked.length + words.length, value });
    masked += words;
    read = end;
  }
  return { text: masked + text.slice(read), hidden };
}

/** A whole value of a known kind, e.g. a field of a form. */
export function maskValue(kind: PrivateKind, value: string): Masked {
  if (value === '') return { text: '', hidden: [] };
  const text = coverUp(kind, value);
  return { text, hidden: [{ kind, start: 0, end: text.length, value }] };
}

/** Places in the original, in order and apart: two that overlap are one, of the kind of the first. */
function findPrivate(text: string, { hide, show }: Privacy): Find[] {
  const seen = show.reduce(blank, read(text));
  const close = closeUp(seen);
  const numbers = inOriginal(findNumbers(seen), seen);
  const addresses = inOriginal(findAddresses(close), close);
  const names = [seen, close].flatMap((reading) =>
    inOriginal(findNames(reading, within([...numbers, ...addresses], reading)), reading),
  );
  const found = [...numbers, ...addresses, ...names, ...inOriginal(findEmails(seen), seen), ...known(text, hide, show)];
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: Find[] = [];
  for (const find of found) {
    const last = apart.at(-1);
    if (last === undefined || find.start >= last.end) apart.push(find);
    else if (find.end > last.end) apart[apart.length - 1] = { kind: last.kind, start: last.start, end: find.end };
  }
  return apart;
}

/** What is known to be private, letter by letter. */
function known(text: string, hide: Privacy['hide'], show: Privacy['show']): Find[] {
  const found: Find[] = [];
  for (const { kind, value } of hide) {
    // One character alone is as likely a word as a name, a few digits are as likely an amount as the tail of a phone.
    if ([...value].length < 2 || /^\d{1,6}$/.test(value) || show.includes(value)) continue;
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      found.push({ kind, start: at, end: at + value.length });
    }
  }
  return found;
}

function inOriginal(finds: readonly Find[], { starts, ends }: Reading): Find[] {
  return finds.flatMap((find) => {
    const start = starts[find.start];
    const end = ends[find.end - 1];
    return start === undefined || end === undefined || end <= start ? [] : [{ ...find, start, end }];
  });
}

/** The other way round; both are in order, so one walk finds all places. */
function within(finds: readonly Find[], { starts }: Reading): Find[] {
  const at = (place: number): number => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return finds.map((find) => ({ ...find, start: at(find.start), end: at(find.end) }));
}

/** Takes a word out of sight without moving anything; only where it is not part of a longer number. */
function blank(reading: Reading, word: string): Reading {
  const { text } = read(word);
  if (text.trim() === '') return reading;
  let open = '';
  let done = 0;
  for (let at = reading.text.indexOf(text); at >= 0; at = reading.text.indexOf(text, at + text.length)) {
    const edges = [reading.text.charAt(at - 1), reading.text.charAt(at + text.length)];
    if (edges.some((edge) => /[0-9A-Za-z]/.test(edge))) continue;
    open += reading.text.slice(done, at) + '\0'.repeat(text.length);
    done = at + text.length;
  }
  return done === 0 ? reading : { ...reading, text: open + reading.text.slice(done) };
}

/** What stands for a private piece: enough of it for whoever knows it to recognise it. */
function coverUp(kind: PrivateKind, value: string, found?: string): string {
  const letters = [...value];
  const digits = (found ?? read(value).text).replace(/[^\dXx]/g, '');
  switch (kind) {
    case 'phone':
    case 'id': {
      const own = digits.replace(/^(?:00)?86(?=1\d{10}$)/, '');
      return own.length < 9 ? '****' : `${own.slice(0, 3)}****${own.slice(-4)}`;
    }
    case 'account':
      return digits.length < 8 ? '****' : `****${digits.slice(-4)}`;
    case 'email': {
      const at = read(value).text.indexOf('@');
      return at < 0 ? '****' : `${letters[0] ?? ''}***${value.slice(at)}`;
    }
    case 'name':
      return letters.length < 2 ? '*' : `${letters[0] ?? ''}${'*'.repeat(Math.min(2, letters.length - 1))}`;
    case 'address': {
      // A district is told of many; a street and a number are told of one.
      const district = /^[^\d]{1,16}[省市区县]/.exec(value.slice(0, -2))?.[0];
      return `${district ?? letters.slice(0, 2).join('')}****`;
    }
  }
}
