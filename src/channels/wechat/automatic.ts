import { remember } from '../../core/bounded-map.ts';

/** In a row, before a writer is taken for a program; the answer to the next one is silence. */
const SUSPICIOUS = 3;
/** Nobody types this much in this time. */
const LONG = 20;
const FAST_MS = 2000;
/** All in ms. */
const FORGOTTEN = 10 * 60_000;
const MOST_WRITERS = 5000;

interface Writer {
  texts: string[];
  suspicions: number;
  at: number;
}

/** Tells programs from people: long answers faster than anybody types, or the same words again and again. In memory: a restart only costs a few turns. */
export interface LoopGuard {
  /** We have said something there. */
  said(conversation: string, at: number): void;
  /** Somebody wrote; true where a program seems to. */
  heard(conversation: string, text: string, at: number): boolean;
}

export function createLoopGuard(): LoopGuard {
  const writers = new Map<string, Writer>();
  const saidAt = new Map<string, number>();
  return {
    said(conversation, at) {
      remember(saidAt, conversation, at, MOST_WRITERS);
    },
    heard(conversation, text, at) {
      const known = writers.get(conversation);
      const writer: Writer =
        known !== undefined && at - known.at < FORGOTTEN ? known : { texts: [], suspicions: 0, at };
      const answered = at - (saidAt.get(conversation) ?? -Infinity);
      const plain = text.replace(/[\d\s\p{P}]/gu, '');
      const typedTooFast = text.length >= LONG && answered < FAST_MS;
      const again = plain.length >= 4 && answered < FORGOTTEN && writer.texts.includes(plain);
      writer.suspicions = typedTooFast || again ? writer.suspicions + 1 : 0;
      writer.texts = [...writer.texts, plain].slice(-4);
      writer.at = at;
      remember(writers, conversation, writer, MOST_WRITERS);
      return writer.suspicions >= SUSPICIOUS;
    },
  };
}
