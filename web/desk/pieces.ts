import type { Covered } from './model.ts';

/** A text cut where something in it is covered. */
export type Piece = { readonly text: string; readonly field: string | null };

/** The pieces of `text`, which is the field `name` of its ticket, message or event. */
export function piecesOf(text: string, name: string, hidden: readonly Covered[]): readonly Piece[] {
  const covered = hidden
    .filter(({ field, start, end }) => field.startsWith(`${name}#`) && start >= 0 && end <= text.length && start < end)
    .sort((a, b) => a.start - b.start);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { field, start, end } of covered) {
    if (start < at) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), field: null });
    pieces.push({ text: text.slice(start, end), field });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), field: null });
  return pieces;
}
