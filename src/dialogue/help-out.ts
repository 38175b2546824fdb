import { begin } from './begin.ts';
import { callHuman } from './call-human.ts';
import { slotsFrom, slotsRemembered, wordsBeside } from './fill.ts';
import { faqHits } from './faq.ts';
import { isUncalled } from './group.ts';
import { wordForNature } from './nature.ts';
import type { Replies } from './replies.ts';
import { eachOf, isSmall } from './requests.ts';
import { correctedSlots } from './corrected-slots.ts';
import type { Session } from './session.ts';
import { button, inScript, wordEngine } from './speak.ts';
import type { Start } from './start.ts';
import type { Work } from './work.ts';

const TOPICS = 3;
const NEAR_QUESTION = 0.25;

/**
 * The turn asked nothing that is known and answered nothing. Something named alone (a waybill) says enough; a picture is kept;
 * a question that stands is put again; else the nearest topics are offered, and after `misses` in a row a human comes.
 * False: nothing is to be said (chatter in a group).
 */
export function helpOut(session: Session, replies: Replies, work: Work): boolean {
  if (namedAlone(session, replies, work)) return true;
  const { turn, knowledge } = session;
  const [active] = session.current().frames;
  if (turn.understood.text === '') {
    if (turn.context !== undefined && isUncalled(turn) && active === undefined) return false;
    const kind = wordForNature(session);
    if (kind !== null) {
      replies.add('nature', [kind]);
      return true;
    }
    replies.add('attachment', [
      wordEngine(
        session,
        active === undefined ? 'attachment.received' : 'attachment.noted',
        {},
        active === undefined ? [button(session, 'human')] : [],
      ),
    ]);
    return true;
  }
  if (isUncalled(turn) && (active === undefined || turn.context !== undefined)) return false;

  session.emit({ type: 'missed' });
  if (session.current().misses >= knowledge.policies.dialogue.misses) {
    callHuman(session, replies, 'miss.second', 'normal');
    session.emit({ type: 'understood' });
    return true;
  }
  session.missedAnswer = true;
  if (active !== undefined) return true;
  const topics = nearestTopics(session);
  const piece = wordEngine(session, 'miss.first', {}, [...topics, button(session, 'human')]);
  replies.add('miss', [{ ...piece, text: [piece.text, ...topics.map((topic) => `· ${topic}`)].join('\n') }]);
  return true;
}

/** `12345678` and nothing more, or `那3个方呢`: the matter under discussion with what is named now, or what the policies say it means. */
function namedAlone(session: Session, replies: Replies, work: Work): boolean {
  const { understood, text } = session.turn;
  const { last, frames } = session.current();
  if (frames.length > 0) return false;
  const mistyped = understood.entities.some((entity) => entity.type === 'waybill-like');
  const whole = { start: 0, end: understood.text.length };
  const beginEach = (start: Start): true => {
    begin(session, replies, work, eachOf(session, start, whole, true));
    session.emit({ type: 'understood' });
    return true;
  };

  const before = last === null ? undefined : session.knowledge.intents.get(last.intent);
  if (last !== null && before !== undefined && understood.entities.length > 0 && wordsBeside(understood).length <= 5) {
    const named = { ...slotsFrom(before, understood, whole, []), ...correctedSlots(session, before, last.slots) };
    const parcel = mistyped && [...before.slots.values()].some((slot) => slot.fills === 'waybill');
    if (Object.keys(named).length > 0 || parcel) {
      const kept = Object.entries(last.slots).filter(
        ([slot]) => !(parcel && before.slots.get(slot)?.fills === 'waybill'),
      );
      const slots = { ...Object.fromEntries(kept), ...named };
      return beginEach({ intent: before, slots, message: text });
    }
  }
  const { alone } = session.knowledge.policies.dialogue;
  const entity = understood.entities.find(
    ({ type }) => type in alone || (type === 'waybill-like' && 'waybill' in alone),
  );
  const intent =
    entity === undefined ? undefined : session.knowledge.intents.get(alone[entity.type] ?? alone['waybill'] ?? '');
  if (intent === undefined) return false;
  const slots = { ...slotsRemembered(session, intent), ...slotsFrom(intent, understood, whole, []) };
  return beginEach({ intent, slots, message: text });
}

function nearestTopics(session: Session): readonly string[] {
  const { knowledge } = session;
  const english = session.current().language === 'en';
  const questions = faqHits(session)
    .filter((hit) => hit.score >= NEAR_QUESTION)
    .map((hit) => hit.entry.question);
  const guesses = session.turn.understood.guesses
    .filter((guess) => !isSmall(session, guess.intent))
    .map((guess) => knowledge.intents.get(guess.intent))
    .flatMap((intent) => (intent === undefined ? [] : [english ? (intent.titleEn ?? intent.title) : intent.title]));
  return [...new Set([...questions, ...guesses])].slice(0, TOPICS).map((topic) => inScript(session, topic));
}
