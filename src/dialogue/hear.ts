import { MOODS, type Understanding } from '../understanding/understanding.ts';
import { toTraditional } from '../understanding/normalise.ts';
import type { Session } from './session.ts';
import type { State } from './state.ts';

const han = /\p{Script=Han}/u;
/** E-mail and web addresses are in no language. */
const addresses = /\S+@\S+|https?:\S+/g;
const words = /[A-Za-z]{2,}\P{L}+[A-Za-z]{2,}/u;

/** Digits say nothing about the language, and a lone Latin word that means nothing to us may be anything. */
function tellsLanguage({ text, requests }: Understanding): boolean {
  return han.test(text) || words.test(text.replace(addresses, '')) || requests.length > 0;
}

/** Which script the customer reads: a text that is the same in both scripts changes nothing. */
function scriptOf({ script }: State, understood: Understanding, written: string): State['script'] {
  if (understood.script === 'hant') return 'hant';
  // Converting takes a while: only for who has written the other script before.
  const simplified = script === 'hant' && han.test(written) && toTraditional(written) !== written;
  return simplified ? 'hans' : script;
}

/** Takes note of the turn: a new visit after a long silence, the language, the mood. Gives whether the mood has risen. */
export function hear(session: Session): { readonly moodRose: boolean } {
  const { turn, now, knowledge } = session;
  const { understood } = turn;
  const before = session.current();
  const idle = before.heardAt === null ? 0 : now.getTime() - Date.parse(before.heardAt);
  const contact = turn.context?.contact ?? null;
  if (contact !== null && contact !== before.contact) session.emit({ type: 'contact-seen', contact });
  if (idle > knowledge.policies.dialogue.visit_hours * 3_600_000) session.emit({ type: 'visit-began' });

  const state = session.current();
  session.emit({
    type: 'heard',
    at: now.toISOString(),
    language: tellsLanguage(understood) ? understood.language : state.language,
    script: scriptOf(state, understood, turn.text),
    mood: understood.mood,
  });
  return { moodRose: MOODS.indexOf(understood.mood) > MOODS.indexOf(state.mood) };
}

/** What is named becomes the topic of the conversation, for slots that remember. */
export function remember(session: Session): void {
  const at = session.now.toISOString();
  for (const { type, value } of session.turn.understood.entities) {
    if (type === 'waybill' || type === 'city' || type === 'outlet')
      session.emit({ type: 'remembered', entity: type, value, at });
  }
}
