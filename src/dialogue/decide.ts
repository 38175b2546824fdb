import type { Ticket } from '../core/ticket.ts';
import { answerQuestion } from './answer.ts';
import { begin } from './begin.ts';
import { calmDown } from './calm-down.ts';
import { correct } from './correct.ts';
import { askedAgain } from './ellipsis.ts';
import { hear, remember } from './hear.ts';
import { hearingOf, isLate, isUncalled } from './group.ts';
import { helpOut } from './help-out.ts';
import { wordForNature } from './nature.ts';
import { createReplies, type Replies } from './replies.ts';
import { isSmall, newRequests, startsOf } from './requests.ts';
import { callHuman } from './call-human.ts';
import { faqInstead } from './faq.ts';
import { createSession, type Session } from './session.ts';
import { wordEngine } from './speak.ts';
import { createWork, type Work } from './work.ts';
import type { Signal } from '../understanding/understanding.ts';
import type { Decision, Input } from './turn.ts';

/** The intent of the outside contract that asks who is speaking. */
const STAFF_NUMBER = 'staff-number';

/** Up to this length a small word is the whole message, whatever intent it also resembles. */
const SMALL_WORD = 5;

/**
 * What to do about one turn: a pure function of its input. Where something must be looked up first, only
 * `needs` counts; decide again with the facts.
 */
export function decide(input: Input): Decision {
  const session = createSession(input);
  const replies = createReplies();
  const { moodRose } = hear(session);
  const intents = answerTurn(session, replies, createWork(session, replies), moodRose);
  return conclude(session, replies, intents);
}

/** Gives the names of the intents acted on. */
function answerTurn(session: Session, replies: Replies, work: Work, moodRose: boolean): readonly string[] {
  const { turn, context } = session;
  const { understood } = turn;
  const held = context.tickets.find((ticket) => ticket.owner !== null);
  const hearing = hearingOf(session.current(), turn, session.knowledge, session.now);
  // Who is talking with an agent is not chattering, unless to somebody else.
  if (
    hearing.kind === 'leave' &&
    (held === undefined || hearing.reason !== 'chatter' || turn.context?.addressed === 'member')
  ) {
    session.leftAlone = hearing.reason;
    return [];
  }
  if (held !== undefined) {
    session.emit({ type: 'relayed', ticket: held.id });
    tellNumber(session, replies, held);
    return [...new Set(understood.requests.map((request) => request.intent))];
  }
  if (understood.text === '' && turn.attachments === 0) {
    wordless(session, replies);
    return [];
  }
  if (understood.emergency) {
    callHuman(session, replies, 'emergency', 'urgent');
    return [...new Set(understood.requests.map((request) => request.intent))];
  }
  remember(session);
  if (smallWords(session, replies)) return [];
  unread(session, replies);

  const corrected = correct(session, work);
  const again = corrected ? null : askedAgain(session);
  const answered = corrected || answerQuestion(session) === 'answered';
  const requests = corrected || again !== null ? [] : newRequests(session);
  if (session.answered !== null) work.run(session.answered.frame);
  const faq = corrected || again !== null ? null : faqInstead(session, requests, answered);
  if (again !== null) work.start([again]);
  else if (faq !== null) replies.add('faq', [faq]);
  else if (requests.length > 0)
    begin(
      session,
      replies,
      work,
      requests.flatMap((request) => startsOf(session, request, requests)),
    );
  else if (!answered && !helpOut(session, replies, work)) return [];

  if (again !== null || faq !== null || requests.length > 0 || answered) session.emit({ type: 'understood' });
  greet(
    session,
    replies,
    faq === null && requests.length > 0 && requests.every((request) => isSmall(session, request.intent)),
  );
  calmDown(session, replies, moodRose);
  work.finish();
  return [...session.acted];
}

/** Answers to a question; where none is open they only close the talk. */
const CLOSING: readonly Signal[] = ['yes', 'no', 'skip'];

/** Who asks for the 工号 is told at once, also while an agent has the conversation: then it is the agent's. */
function tellNumber(session: Session, replies: Replies, { owner }: Ticket): void {
  const asked = session.turn.understood.requests.some((request) => request.intent === STAFF_NUMBER);
  if (!asked || owner === null) return;
  replies.add('number', [wordEngine(session, 'agent.number', { agent: { name: owner.name, number: owner.agent } })]);
}

/** 取消 and 重复一遍, wherever they are said and nothing else is. */
function smallWords(session: Session, replies: Replies): boolean {
  const { turn } = session;
  const { signals, requests, text } = turn.understood;
  const alone = text.length <= SMALL_WORD;
  if (!alone && requests.some((request) => !isSmall(session, request.intent))) return false;
  if (signals.includes('cancel')) {
    const { frames } = session.current();
    for (const frame of frames) session.emit({ type: 'flow-ended', frame: frame.id, how: 'cancelled' });
    replies.add('cancel', [wordEngine(session, frames.length > 0 ? 'cancelled' : 'cancel.nothing')]);
    return true;
  }
  const idle = alone && !turn.group && requests.length === 0 && session.current().frames.length === 0;
  if (idle && signals.some((signal) => CLOSING.includes(signal))) {
    replies.add('noted', [wordEngine(session, 'noted')]);
    return true;
  }
  if (signals.includes('repeat')) {
    const { said } = session.current();
    const again = { phrase: 'repeat', text: said.join('\n'), suggestions: [] };
    replies.add(
      'repeat',
      said.length > 0 ? [wordEngine(session, 'repeat'), again] : [wordEngine(session, 'repeat.nothing')],
    );
    return true;
  }
  return false;
}

/** Nothing to read: a name called and nothing more, or something that is not words. */
function wordless(session: Session, replies: Replies): void {
  const { turn } = session;
  const waited = !isUncalled(turn) || session.current().frames.length > 0;
  const piece = waited ? wordForNature(session) : null;
  if (piece !== null) replies.add('nature', [piece]);
  else if (turn.context?.addressed === 'us' && turn.context.nature === null)
    replies.add('called', [wordEngine(session, 'group.called')]);
}

/** Beside the words came something that we cannot read: who sent it must not think that we have it. */
function unread(session: Session, replies: Replies): void {
  const { context } = session.turn;
  if (context?.nature !== 'unreadable' && context?.nature !== 'voice') return;
  if (isUncalled(session.turn) && session.current().frames.length === 0) return;
  const piece = wordForNature(session);
  if (piece !== null) replies.add('nature', [piece]);
}

/** The opening of a visit, once; a customer who only says hello is greeted by the answer itself. */
function greet(session: Session, replies: Replies, onlySmall: boolean): void {
  const { context } = session.turn;
  if (context?.carried === true) replies.opening.push(wordEngine(session, 'group.carried'));
  else if (isLate(session.current(), session.turn, session.now)) replies.opening.push(wordEngine(session, 'late'));
  if (context?.carried === true) session.emit({ type: 'greeted' });
  if (session.current().greeted) return;
  if (!onlySmall) replies.opening.push(wordEngine(session, 'opening'));
  session.emit({ type: 'greeted' });
}

function conclude(session: Session, replies: Replies, intents: readonly string[]): Decision {
  const says = session.needs.size > 0 ? [] : replies.says();
  const spoken = says.map((say) => say.text);
  const phrases = says.flatMap((say) => say.phrases);
  // A repetition is not itself repeated.
  if (spoken.length > 0 && !phrases.includes('repeat')) session.emit({ type: 'said', texts: spoken, phrases });
  const relayed = session.events.find((event) => event.type === 'relayed');
  const ticket = relayed?.ticket ?? session.tickets[0]?.id;
  return {
    needs: [...session.needs.values()],
    events: session.events,
    state: session.current(),
    says,
    tickets: session.tickets,
    followUps: session.followUps,
    wrongProofs: session.wrongProofs,
    judged: session.judged,
    disclosed: [...session.disclosed],
    intents,
    outcome:
      ticket !== undefined
        ? { kind: 'handed', ticket }
        : says.length > 0
          ? { kind: 'answered' }
          : {
              kind: 'left_alone',
              reason:
                session.leftAlone ??
                (session.turn.understood.text === '' && session.turn.attachments === 0 ? 'empty' : 'chatter'),
            },
    trace: session.traces,
  };
}
