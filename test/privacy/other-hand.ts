import { maskText } from '../../src/core/privacy/mask.ts';
import { createDice } from './other-hand/dice.ts';
import type { Dice } from './other-hand/dice.ts';
import { FOR_NUMBERS, FOR_PHONES } from './other-hand/disguises.ts';
import { CLEAN, FRAMES } from './other-hand/frames.ts';
import { KEPT } from './other-hand/harmless.ts';
import { address, card, englishName, fullName, identity, phone, titled } from './other-hand/people.ts';
import type { Half, Part } from './other-hand/people.ts';

/**
 * A second corpus for the masker, by a hand that had not read the masker nor the first corpus: frames, lists and disguises of its own.
 */
export interface Secret {
  readonly kind: string;
  readonly disguise: string;
  /** Places in the text, [start, end) in UTF-16 units, that must not be readable; a number may keep four of its digits. */
  readonly marks: readonly (readonly [number, number])[];
}
export interface Letter {
  readonly text: string;
  readonly secrets: readonly Secret[];
  readonly kept: readonly { readonly kind: string; readonly start: number; readonly end: number }[];
}

export const OTHER_DISGUISES: ReadonlySet<string> = new Set([...Object.keys(FOR_NUMBERS), ...Object.keys(FOR_PHONES)]);
const NUMBERS: Readonly<Record<string, readonly [string, (dice: Dice) => string[]]>> = {
  P: ['phone', phone],
  I: ['id', identity],
  C: ['card', card],
};
const READABLE_DIGITS = 4;
/** The word behind the last number of an address: no sign is written before it. */
const ENDING = /^(?:号|楼|室|房|户|号库|号店铺|档|栋|幢|座|号楼|组)$/u;

interface Written {
  readonly kind: string;
  readonly disguise: string;
  readonly parts: readonly Part[];
}

function number(letter: string, dice: Dice): Written | null {
  const found = NUMBERS[letter];
  if (found === undefined) return null;
  const [kind, create] = found;
  const ways = letter === 'P' ? { ...FOR_NUMBERS, ...FOR_PHONES } : FOR_NUMBERS;
  const disguise = dice.one(Object.keys(ways));
  const pieces = ways[disguise]?.(create(dice), dice) ?? [];
  return { kind, disguise, parts: pieces.map(({ text, digit }) => ({ text, secret: digit })) };
}

const between = (parts: readonly Part[], text: string): Part[] =>
  parts.flatMap((part, at) => (at === 0 || ENDING.test(part.text) ? [part] : [{ text, secret: false }, part]));
const letters = (parts: readonly Part[]): Part[] =>
  parts.flatMap(({ text, secret }) => [...text].map((one) => ({ text: one, secret })));
const wrapped = (parts: readonly Part[], open: string, close: string): Part[] => [
  { text: open, secret: false },
  ...parts,
  { text: close, secret: false },
];
const respelt = (parts: readonly Part[], digits: string): Part[] =>
  parts.map(({ text, secret }) => ({
    text: secret ? text.replace(/\d/gu, (digit) => [...digits][Number(digit)] ?? digit) : text,
    secret,
  }));

const NAME_WAYS: Readonly<Record<string, (parts: readonly Part[]) => Part[]>> = {
  'quoted name': (parts) => wrapped(parts, '“', '”'),
  'bracketed name': (parts) => wrapped(parts, '【', '】'),
  'bold name': (parts) => wrapped(parts, '**', '**'),
  'spaced name': (parts) => between(letters(parts), ' '),
  'dotted name': (parts) => between(letters(parts), '·'),
  'zero width name': (parts) => between(letters(parts), '\u200b'),
};
const PLACE_WAYS: Readonly<Record<string, (parts: readonly Part[]) => Part[]>> = {
  'spaced address': (parts) => between(parts, ' '),
  'comma address': (parts) => between(parts, '，'),
  'address in lines': (parts) => between(parts, '\n'),
  'dashed address': (parts) => between(parts, '-'),
  'slashed address': (parts) => between(parts, '/'),
  'full-width address': (parts) => respelt(parts, '０１２３４５６７８９'),
  'Chinese numbers in an address': (parts) => respelt(parts, '零一二三四五六七八九'),
  'zero width address': (parts) => between(letters(parts), '\u200b'),
  'pinned address': (parts) => wrapped(parts, '📍', ''),
  'bracketed address': (parts) => wrapped(parts, '【', '】'),
  'quoted address': (parts) => wrapped(parts, '“', '”'),
};

function dressed(kind: string, parts: readonly Part[], ways: typeof NAME_WAYS, dice: Dice): Written {
  const disguise = dice.often(0.6) ? `plain ${kind}` : dice.one(Object.keys(ways));
  return { kind, disguise, parts: ways[disguise]?.(parts) ?? parts };
}

function written(letter: string, dice: Dice, half: Half): Written | null {
  if (letter === 'N') return dressed('name after a cue', fullName(dice, half), NAME_WAYS, dice);
  if (letter === 'S') return dressed('name beside a number', fullName(dice, half), NAME_WAYS, dice);
  if (letter === 'T') return { kind: 'name with a title', disguise: 'plain name', parts: titled(dice, half) };
  if (letter === 'E') return { kind: 'English name', disguise: 'plain name', parts: englishName(dice, half) };
  if (letter === 'B') return { kind: 'name alone', disguise: 'plain name', parts: fullName(dice, half) };
  if (letter === 'A') return dressed('address', address(dice, half), PLACE_WAYS, dice);
  return number(letter, dice);
}

function letter(dice: Dice, half: Half): Letter {
  const frame = dice.often(0.2) ? dice.one(CLEAN) : dice.one(FRAMES);
  let text = '';
  const secrets: Secret[] = [];
  const kept: { kind: string; start: number; end: number }[] = [];
  for (const bit of frame.split(/(\{[A-Z]\})/u)) {
    const sign = /^\{([A-Z])\}$/u.exec(bit)?.[1] ?? '';
    const harmless = KEPT[sign];
    const secret = written(sign, dice, half);
    const start = text.length;
    if (harmless !== undefined) {
      text += harmless.write(dice);
      kept.push({ kind: harmless.kind, start, end: text.length });
    } else if (secret === null) text += bit;
    else {
      const marks: [number, number][] = [];
      for (const part of secret.parts) {
        if (part.secret) marks.push([text.length, text.length + part.text.length]);
        text += part.text;
      }
      secrets.push({ kind: secret.kind, disguise: secret.disguise, marks });
    }
  }
  return { text, secrets, kept };
}

/** `count` letters of one seed, from all words for people and places or from one half of them. */
export function* otherHand(count: number, seed: number, half: Half = 'all'): Generator<Letter> {
  const dice = createDice(seed * 7919 + 17);
  for (let at = 0; at < count; at++) yield letter(dice, half);
}

/** Which units of the text can still be read once it is masked: what stands between the covers, laid over the text again. */
function readable(text: string): boolean[] {
  const COVER = '\u{f0000}';
  const seen = Array.from({ length: text.length }, () => false);
  const pieces = maskText(text, undefined, () => COVER).text.split(COVER);
  let from = 0;
  for (const [at, piece] of pieces.entries()) {
    const start = at === 0 ? 0 : at === pieces.length - 1 ? text.length - piece.length : text.indexOf(piece, from);
    if (start < 0 || !text.startsWith(piece, start))
      throw new Error(`The masker changed what it did not cover: ${JSON.stringify(text)}`);
    seen.fill(true, start, start + piece.length);
    from = start + piece.length + 1;
  }
  return seen;
}

export interface Judged {
  readonly secrets: readonly {
    readonly kind: string;
    readonly disguise: string;
    readonly hidden: boolean;
    readonly text: string;
  }[];
  readonly kept: readonly { readonly kind: string; readonly whole: boolean; readonly text: string }[];
}

/** What of a letter's secrets is hidden, and what of the rest is still whole. */
export function judgeLetter({ text, secrets, kept }: Letter): Judged {
  const seen = readable(text);
  const shown = (start: number, end: number): boolean => seen.slice(start, end).includes(true);
  return {
    secrets: secrets.map(({ kind, disguise, marks }) => {
      const open = marks.filter(([start, end]) => shown(start, end)).length;
      const most = kind in { phone: 1, id: 1, card: 1 } ? READABLE_DIGITS : 0;
      return { kind, disguise, hidden: open <= most, text: text.slice(marks[0]?.[0], marks.at(-1)?.[1]) };
    }),
    kept: kept.map(({ kind, start, end }) => ({
      kind,
      whole: !seen.slice(start, end).includes(false),
      text: text.slice(start, end),
    })),
  };
}
