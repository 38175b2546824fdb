import { clausesOf, onlyPoints } from './clauses.ts';
import { maskEntities } from './features.ts';
import type { Recogniser } from './recogniser.ts';
import type { Entity, Guess, Request } from './understanding.ts';

/** A clause must be surer than a message to be a request of its own, and surer still where the whole message is none. */
const CLAUSE_FLOOR = 0.6;
const CLAUSE_ALONE = 0.9;

interface Part {
  readonly start: number;
  readonly end: number;
  readonly guess: Guess | null;
}

/** What a message asks for, in order, and the best guesses for the whole of it. */
export function requestsOf(
  text: string,
  entities: readonly Entity[],
  { recognise, floor }: Pick<Recogniser, 'recognise' | 'floor'>,
): { readonly requests: readonly Request[]; readonly guesses: readonly Guess[] } {
  const guesses = recognise(maskEntities(text, entities));
  const best = guesses[0];
  const whole = best && best.confidence >= floor ? { ...best, text, start: 0, end: text.length } : null;
  const clauses = clausesOf(text, entities);
  if (clauses.length < 2) return { requests: whole ? [whole] : [], guesses };
  const least = whole === null ? CLAUSE_ALONE : CLAUSE_FLOOR;
  const parts = join(clauses.map((clause) => partOf(text, clause, entities, recognise, least)));
  const strong = parts.filter((part) => part.guess !== null);
  if (strong.length < 2) {
    const guess = strong[0]?.guess;
    const one = whole ?? (guess ? { ...guess, text, start: 0, end: text.length } : null);
    return { requests: one ? [one] : [], guesses };
  }
  const requests: Request[] = [];
  for (const { guess, start, end } of strong) {
    if (guess && !asksAgain({ ...guess, start, end }, requests, entities)) {
      requests.push({ ...guess, text: text.slice(start, end), start, end });
    }
  }
  return { requests, guesses };
}

/** The same once more, and of nothing else: A, B and A for another parcel are three requests. */
function asksAgain(
  part: Pick<Request, 'intent' | 'start' | 'end'>,
  before: readonly Request[],
  entities: readonly Entity[],
): boolean {
  const same = before.filter(({ intent }) => intent === part.intent);
  const parcels = (span: Pick<Request, 'start' | 'end'>): readonly Entity['value'][] =>
    entities.flatMap((e) => (e.type === 'waybill' && e.start >= span.start && e.end <= span.end ? [e.value] : []));
  const known = same.flatMap(parcels);
  return same.length > 0 && parcels(part).every((waybill) => known.includes(waybill));
}

function partOf(
  text: string,
  { start, end }: { start: number; end: number },
  entities: readonly Entity[],
  recognise: Recogniser['recognise'],
  least: number,
): Part {
  const masked = maskEntities(text, entities, start, end);
  const guess = onlyPoints(masked) ? undefined : recognise(masked)[0];
  return { start, end, guess: guess && guess.confidence >= least ? guess : null };
}

/** Parts that ask nothing go to the one before them, or else after; neighbours that ask the same become one. */
function join(parts: readonly Part[]): Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last && (part.guess === null || last.guess === null || last.guess.intent === part.guess.intent)) {
      const guess = surer(last.guess, part.guess);
      joined[joined.length - 1] = { start: last.start, end: part.end, guess };
    } else joined.push(part);
  }
  return joined;
}

function surer(one: Guess | null, other: Guess | null): Guess | null {
  if (one === null || other === null) return one ?? other;
  return one.confidence >= other.confidence ? one : other;
}
