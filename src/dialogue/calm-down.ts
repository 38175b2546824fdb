import { callHuman } from './call-human.ts';
import type { Replies } from './replies.ts';
import type { Session } from './session.ts';
import { button, wordEngine } from './speak.ts';

/** Angry this many turns in a row, a human takes over. */
const PATIENCE = 2;

/** The ladder of CASES B: an apology first when the mood rises, a human offered when it is bad, and brought in when it gets no better. */
export function calmDown(session: Session, replies: Replies, moodRose: boolean): void {
  const { mood, angryTurns } = session.current();
  if (mood === 'calm') return;
  if (moodRose) replies.opening.push(wordEngine(session, `mood.${mood}`));
  if (mood === 'annoyed' || session.tickets.length > 0) return;
  const withHuman = session.context.tickets.length > 0;
  if (!withHuman && (mood === 'threatening' || angryTurns >= PATIENCE))
    callHuman(session, replies, 'handover.done', 'high', 'complaint');
  else if (moodRose) replies.add('calmer', [wordEngine(session, 'calmer.offer', {}, [button(session, 'human')])]);
}
