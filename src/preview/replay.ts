import { messageOf } from '../core/errors.ts';
import type { Records } from '../core/records.ts';
import type { ConversationRecord, WaitingMessage } from '../core/store.ts';
import { decide } from '../dialogue/decide.ts';
import type { DraftedTicket } from '../dialogue/turn.ts';
import { initialState } from '../dialogue/state.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { lookUpFacts, type FactStore } from '../replying/facts.ts';
import { sayings } from '../replying/group-turn.ts';
import { promiseOf } from '../replying/promise.ts';
import { turnOf } from '../replying/turn-of.ts';

/** What one question comes to: all that a customer or an agent would notice. */
export interface Reply {
  readonly intents: readonly string[];
  /** Keys of the phrases said; an FAQ entry is `faq`, for its number changes with its neighbours. */
  readonly phrases: readonly string[];
  /** Everything said, buttons included. */
  readonly text: string;
  /** Drafts of the tickets opened. */
  readonly tickets: readonly DraftedTicket[];
  /** True where the text tells what is private to a customer. */
  readonly private: boolean;
}

export interface Desk {
  readonly knowledge: Knowledge;
  readonly records: Records;
}

/** More turns than any phrase has wordings. */
const VARIETY = 60;

/** Nobody has proved anything wrongly, and a ticket's number says nothing about the knowledge. */
const FRESH: FactStore = { wrongProofs: () => Promise.resolve(0), nextTicketId: () => Promise.resolve('T-0000') };

/** Wordings vary from turn to turn: different questions see different ones, the same question always the same. */
function turnFor(text: string): number {
  let sum = 0;
  for (const char of text) sum = (sum + char.charCodeAt(0)) % VARIETY;
  return sum;
}

/** Asks one question on a fresh conversation, without a database and without writing to any system. A failure is a reply too. */
export async function replyTo(desk: Desk, question: WaitingMessage, now: Date): Promise<Reply> {
  const { knowledge, records } = desk;
  const { conversation: id, customer, group } = question;
  const conversation: ConversationRecord = {
    id,
    group,
    customer,
    state: null,
    version: 0,
    waiting: [question],
    tickets: [],
  };
  try {
    const turn = turnOf(conversation, knowledge, now);
    const decision = await lookUpFacts({ store: FRESH, records }, now, (facts) =>
      decide({
        state: { ...initialState, turns: turnFor(question.text) },
        turn,
        knowledge,
        facts,
        now,
        context: {
          conversation: id,
          customer,
          tickets: [],
          promise: (name, clock, from) => promiseOf(knowledge, name, clock, from).toISOString(),
        },
      }),
    );
    const said = sayings(decision, turn).map(({ text, suggestions }) => [text, ...suggestions].join(' ⏎ '));
    return {
      intents: decision.intents,
      phrases: decision.says.flatMap((say) => say.phrases.map((key) => key.replace(/^faq:.*/s, 'faq'))),
      text: said.join(' ⏎ '),
      tickets: decision.tickets,
      private: decision.disclosed.length > 0,
    };
  } catch (error) {
    return { intents: ['error'], phrases: [], text: messageOf(error), tickets: [], private: true };
  }
}
