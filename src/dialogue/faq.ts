import { dayOf } from '../core/day.ts';
import { isValidOn } from '../knowledge/faq-search.ts';
import type { FaqHit } from '../knowledge/knowledge.ts';
import type { Request } from '../understanding/understanding.ts';
import { isNod, isSmall } from './requests.ts';
import type { Session } from './session.ts';
import { commonValues, inScript, type Piece } from './speak.ts';

/** So near to a question of the FAQ that it is that question, whatever intent it also resembles. */
const SAME_QUESTION = 0.9;

/** At most so many. */
const HITS = 3;

/** `least`: where no score can be as high, nothing is found. */
export function faqHits(session: Session, least = 0): readonly FaqHit[] {
  const { answer, understood } = session.turn;
  const { faq, policies } = session.knowledge;
  const hits = session.knowledge.searchFaq(understood.text, session.now, HITS, least);
  const entry = answer === undefined ? undefined : faq.find(({ id }) => id === answer);
  if (entry === undefined || !isValidOn(entry, dayOf(session.now))) return hits;
  const others = hits.filter((hit) => hit.entry !== entry);
  return [{ entry, score: policies.dialogue.faq_floor }, ...others].slice(0, HITS);
}

export function faqPiece(session: Session, { entry, score }: FaqHit): Piece {
  session.trace(`faq ${entry.question} (${score.toFixed(2)})`, entry.place);
  const english = session.current().language === 'en' ? entry.words.en : null;
  const scope = { values: commonValues(session), now: session.now, language: english === null ? 'zh' : 'en' } as const;
  const text = (english ?? entry.words.zh).render(scope).trim();
  return { phrase: `faq:${entry.id}`, text: english === null ? inScript(session, text) : text, suggestions: [] };
}

/** The FAQ's answer where it fits better than the intents do; null where it does not. */
export function faqInstead(session: Session, requests: readonly Request[], answered: boolean): Piece | null {
  const real = requests.filter((request) => !isSmall(session, request.intent));
  if (answered || real.length > 1 || isNod(session)) return null;
  const [request] = real.length > 0 ? real : requests;
  // Beside a request only the question itself counts.
  const [best] = faqHits(session, request === undefined ? 0 : SAME_QUESTION);
  if (best === undefined) return null;
  const { faq_floor } = session.knowledge.policies.dialogue;
  const better =
    request === undefined ? best.score >= faq_floor : best.score >= SAME_QUESTION && best.score > request.confidence;
  return better ? faqPiece(session, best) : null;
}
