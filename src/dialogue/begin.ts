import { callHuman } from './call-human.ts';
import type { Replies } from './replies.ts';
import type { Session } from './session.ts';
import type { Start } from './start.ts';
import type { Work } from './work.ts';

/** Looked up at once: more than anybody types, few enough to bound the work of a turn. */
const MOST_AT_ONCE = 20;

/** Begins the flows that a turn asks for; a longer list is a human's work, as a whole and in one ticket. */
export function begin(session: Session, replies: Replies, work: Work, starts: readonly Start[]): void {
  const [first] = starts;
  if (first === undefined || starts.length <= MOST_AT_ONCE) {
    work.start(starts);
    return;
  }
  for (const { intent } of starts) session.acted.add(intent.name);
  callHuman(session, replies, 'handover.done', 'normal', first.intent.name);
}
