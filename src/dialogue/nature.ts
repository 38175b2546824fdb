import type { Session } from './session.ts';
import { button, wordEngine, type Piece } from './speak.ts';

const PHRASES = {
  voice: 'nature.voice',
  money: 'nature.money',
  unreadable: 'nature.unreadable',
  history: 'nature.other',
  video: 'nature.other',
  location: 'nature.other',
} as const;

/** A word for what cannot be read: a voice message, money, a forwarded chat. Null where silence is the better answer, or there is nothing to say of its kind. */
export function wordForNature(session: Session): Piece | null {
  const nature = session.turn.context?.nature ?? null;
  if (nature === null || nature === 'sticker' || nature === 'recalled') return null;
  // A video that arrived is a file like any other.
  if (nature === 'video' && session.turn.attachments > 0) return null;
  return wordEngine(session, PHRASES[nature], {}, nature === 'voice' ? [button(session, 'human')] : []);
}
