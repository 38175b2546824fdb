import { setTimeout as pause } from 'node:timers/promises';
import type { Receipt } from '../../../src/core/channel.ts';
import { emptyTurn } from '../../../src/core/empty-turn.ts';
import type { Store } from '../../../src/core/store.ts';

/** Long enough that some of the kills fall into it, in ms: bugs are usually rarer, and so are lives longer than here. */
const GAP = 60;
const LONG_GAP = 400;

/** Bugs that people really write, each as what it changes of a sound store. */
export const SEEDS = {
  /** The message is told to be kept, and kept a little later. */
  'acknowledged-before-commit': (store) => {
    let last = 1_000_000;
    return {
      receive(message, at) {
        void pause(LONG_GAP).then(() => store.receive(message, at));
        return Promise.resolve<Receipt>({ kind: 'new', seq: (last += 1) });
      },
    };
  },

  /** The mark that says "seen" is written before the work, in a transaction of its own. */
  'dedupe-mark-before-work': (store) => ({
    async receive(message, at) {
      const mark = `seen ${message.channel} ${message.id}`;
      const first = (await store.setting(mark)) === null;
      if (!first) return { kind: 'duplicate', seq: 0 };
      await store.keepSetting(mark, at);
      await pause(LONG_GAP);
      return store.receive(message, at);
    },
  }),

  /** What is delivered again is taken for something new. */
  'dedupe-lost': (store) => {
    let times = 0;
    return {
      receive: (message, at) => store.receive({ ...message, id: `${message.id}#${process.pid}-${(times += 1)}` }, at),
    };
  },

  /** A message counts as sent when it is about to be. */
  'sent-marked-early': (store) => ({
    async unsent(at, limit) {
      const due = await store.unsent(at, limit);
      for (const { seq } of due) await store.markSent(seq, at);
      await pause(LONG_GAP);
      return due;
    },
    markSent: () => Promise.resolve(),
  }),

  /** The newest message is answered first. */
  reordering: (store) => ({
    async conversation(id) {
      const found = await store.conversation(id);
      if (found === null) return null;
      // Time for a second one to come.
      if (found.waiting.length === 1) await pause(GAP);
      const again = (await store.conversation(id)) ?? found;
      return { ...again, waiting: again.waiting.slice(-1) };
    },
  }),

  /** A write that fails is taken for one that was done. */
  'error-swallowed': (store) => ({
    async receive(message, at) {
      try {
        return await store.receive(message, at);
      } catch {
        return { kind: 'duplicate', seq: 0 };
      }
    },
  }),

  /** The timer is taken off after its words are kept, in a transaction of its own. */
  'timer-taken-off-later': (store) => ({
    async commitTurn(turn) {
      const { firedTimer, ...rest } = turn;
      const result = await store.commitTurn(rest);
      if (firedTimer === undefined || result !== 'done') return result;
      await pause(LONG_GAP);
      const conversation = await store.conversation(turn.conversation);
      if (conversation === null) return result;
      return store.commitTurn({ ...emptyTurn(conversation, new Date()), cancelTimers: [firedTimer] });
    },
  }),

  /** Tickets are opened first, and the turn that opened them is kept afterwards. */
  'ticket-outside-transaction': (store) => ({
    async commitTurn(turn) {
      for (const ticket of turn.tickets) {
        const events = turn.ticketEvents.filter((event) => event.ticket === ticket.id);
        await store.commitTicket({ ticket, events, outgoing: [] });
      }
      if (turn.tickets.length === 0) return store.commitTurn(turn);
      await pause(LONG_GAP);
      const { version } = (await store.conversation(turn.conversation)) ?? turn;
      return store.commitTurn({ ...turn, version, tickets: [], ticketEvents: [] });
    },
  }),
} satisfies Record<string, (store: Store) => Partial<Store>>;

export type Seed = keyof typeof SEEDS;
