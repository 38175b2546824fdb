import type { Piece } from './speak.ts';
import type { Say } from './turn.ts';

/** The messages of one turn while they are put together: one group of pieces for each matter, questions last. */
export interface Replies {
  /** What comes before everything else: opening, apology. */
  readonly opening: Piece[];
  readonly groups: { readonly owner: string; readonly pieces: Piece[] }[];
  add(owner: string, pieces: readonly Piece[]): void;
  says(): readonly Say[];
}

const greeting = /^(?:您好|你好|Hello|Hi)[!！,，。~～\s]*/i;

function join(pieces: readonly Piece[]): Say {
  // A greeting is said once, however many pieces begin with one.
  let greeted = false;
  const lines = pieces.map(({ text }) => {
    const plain = greeted ? text.replace(greeting, '') : text;
    greeted ||= greeting.test(text);
    return plain;
  });
  return {
    text: lines.filter((line) => line !== '').join('\n'),
    suggestions: [...new Set(pieces.flatMap((piece) => piece.suggestions))],
    phrases: pieces.map((piece) => piece.phrase),
  };
}

export function createReplies(): Replies {
  const opening: Piece[] = [];
  const groups: { owner: string; pieces: Piece[] }[] = [];
  return {
    opening,
    groups,
    add(owner, pieces) {
      if (pieces.length === 0) return;
      const last = groups.at(-1);
      if (last?.owner === owner) last.pieces.push(...pieces);
      else groups.push({ owner, pieces: [...pieces] });
    },
    says() {
      const [first, ...rest] = groups;
      const all =
        first === undefined
          ? opening.length > 0
            ? [opening]
            : []
          : [[...opening, ...first.pieces], ...rest.map((g) => g.pieces)];
      return all.map(join).filter((say) => say.text !== '');
    },
  };
}
