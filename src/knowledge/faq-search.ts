import { dayOf } from '../core/day.ts';
import type { FaqEntry, FaqHit } from './knowledge.ts';

/** Words of courtesy and particles that say nothing about what is asked. */
const POLITE =
  /请问一下|请问|麻烦问下|麻烦|您好|你好|你们|您们|咱们|我想问下|我想问|想问一下|想问下|想问|问一下|问下|一下|谢谢|的话|呢|吗|嘛|吧|啊|呀|哦|噢|的|了|please|hello|hi\b/g;
/** An answer that shares words with the question is a hint, never a hit by itself. */
const ANSWER_WEIGHT = 0.2;
/** A single character says less than a pair, but keeps 上班 and 上几点班 related. */
const SINGLE_WEIGHT = 0.4;
/** How much of the question is covered matters more than how much of the entry's wording is. */
const QUESTION_SHARE = 0.6;

interface Wording {
  readonly entry: number;
  /** Sum of the weights of its pieces. */
  weight: number;
}

/** Search over questions and their other wordings by characters and pairs of characters, rare ones counting more. Scores are 0..1; the same question word for word is 1. */
export function createFaqSearch(
  entries: readonly FaqEntry[],
): (text: string, at: Date, limit: number) => readonly FaqHit[] {
  const wordings: Wording[] = [];
  const wordingsWith = new Map<string, number[]>();
  const answers = entries.map((entry) => piecesOf(entry.answer));
  const pieces: ReadonlySet<string>[] = [];
  for (const [index, entry] of entries.entries()) {
    for (const text of [entry.question, ...entry.similar]) {
      const found = piecesOf(text);
      for (const piece of found) wordingsWith.set(piece, [...(wordingsWith.get(piece) ?? []), wordings.length]);
      pieces.push(found);
      wordings.push({ entry: index, weight: 0 });
    }
  }
  const weightOf = (piece: string): number => {
    const rarity = Math.log(1 + (wordings.length + 1) / (1 + (wordingsWith.get(piece)?.length ?? 0)));
    return isSingle(piece) ? SINGLE_WEIGHT * rarity : rarity;
  };
  const sum = (found: Iterable<string>): number => [...found].reduce((total, piece) => total + weightOf(piece), 0);
  for (const [index, wording] of wordings.entries()) wording.weight = sum(pieces[index] ?? []);

  return (text, at, limit) => {
    const asked = piecesOf(text);
    const total = sum(asked);
    if (total === 0) return [];
    const shared = new Map<number, number>();
    for (const piece of asked) {
      for (const wording of wordingsWith.get(piece) ?? [])
        shared.set(wording, (shared.get(wording) ?? 0) + weightOf(piece));
    }
    const best = new Map<number, number>();
    for (const [index, weight] of shared) {
      const wording = wordings[index];
      if (!wording) continue;
      const score = QUESTION_SHARE * (weight / total) + (1 - QUESTION_SHARE) * (weight / wording.weight);
      best.set(wording.entry, Math.max(best.get(wording.entry) ?? 0, score));
    }
    const day = dayOf(at);
    return [...best]
      .flatMap(([index, score]) => {
        const entry = entries[index];
        if (!entry || !validOn(entry, day)) return [];
        const inAnswer = [...asked].filter((piece) => answers[index]?.has(piece));
        return [{ entry, score: Math.min(1, score + (1 - score) * ANSWER_WEIGHT * (sum(inAnswer) / total)) }];
      })
      .sort((a, b) => b.score - a.score || (a.entry.id < b.entry.id ? -1 : 1))
      .slice(0, limit);
  };
}

/** Dates are inclusive. */
function validOn({ valid_from: from, valid_until: until }: FaqEntry, day: string): boolean {
  return (from === undefined || from <= day) && (until === undefined || day <= until);
}

/** Chinese characters and pairs of neighbours; whole words in Latin script and digits. */
function piecesOf(text: string): ReadonlySet<string> {
  const plain = text.normalize('NFKC').toLowerCase();
  const short = plain.replace(POLITE, '');
  const pieces = new Set<string>();
  for (const [run] of (/[\p{L}\p{N}]/u.test(short) ? short : plain).matchAll(
    /\p{Script=Han}+|[^\P{L}\p{Script=Han}]+|\p{N}+/gu,
  )) {
    if (!HAN.test(run)) pieces.add(run);
    else {
      const chars = [...run];
      for (const [index, char] of chars.entries()) {
        pieces.add(char);
        if (index > 0) pieces.add(`${chars[index - 1]}${char}`);
      }
    }
  }
  return pieces;
}

const HAN = /\p{Script=Han}/u;

function isSingle(piece: string): boolean {
  return HAN.test(piece) && [...piece].length === 1;
}
