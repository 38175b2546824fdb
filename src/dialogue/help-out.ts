import { callHuman } from './call-human.ts';
import { slotsFrom, slotsRemembered } from './fill.ts';
import { faqHits } from './faq.ts';
import type { Replies } from './replies.ts';
import { isSmall } from './requests.ts';
import type { Session } from './session.ts';
import { button, inScript, wordEngine } from './speak.ts';
import type { Work } from './work.ts';

const TOPICS = 3;
const NEAR_QUESTION = 0.25;

/**
 * The turn asked nothing that is known and answered nothing. Something named alone (a waybill) says enough; a picture is kept;
 * a question that stands is put again; else the nearest topics are offered, and after `misses` in a row a human comes.
 * False: nothing is to be said (chatter in a group).
 */
export function helpOut(session: Session, replies: Replies, work: Work): boolean {
  if (namedAlone(session, work)) return true;
  const { turn, knowledge } = session;
  const [active] = session.current().frames;
  if (turn.understood.text === '') {
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
  if (turn.group && active === undefined) return false;

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

/** `12345678` and nothing more: the matter under discussion, or what the policies say it means. */
function namedAlone(session: Session, work: Work): boolean {
  const { understood, text } = session.turn;
  const { last, frames } = session.current();
  if (frames.length > 0) return false;
  const { alone } = session.knowledge.policies.dialogue;
  const entity = understood.entities.find(
    ({ type }) => type in alone || (type === 'waybill-like' && 'waybill' in alone),
  );
  if (entity === undefined) return false;
  const type = entity.type === 'waybill-like' ? 'waybill' : entity.type;
  const lastIntent = last === null ? undefined : session.knowledge.intents.get(last.intent);
  const follows = lastIntent !== undefined && [...lastIntent.slots.values()].some((slot) => slot.fills === type);
  const intent = follows ? lastIntent : session.knowledge.intents.get(alone[type] ?? '');
  if (intent === undefined) return false;
  const remembered = entity.type === 'waybill-like' ? {} : slotsRemembered(session, intent);
  const slots = { ...remembered, ...slotsFrom(intent, understood, { start: 0, end: understood.text.length }, []) };
  work.start([{ intent, slots, message: text }]);
  session.emit({ type: 'understood' });
  return true;
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
