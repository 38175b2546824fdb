import type { Channel } from '../../src/core/channel.ts';
import type { Store } from '../../src/core/store.ts';

/** Mistakes put into the program on purpose, to prove that the simulation would see them. */
export interface Faults {
  store(store: Store): Store;
  channel(channel: Channel): Channel;
}

const none: Faults = {
  store: (store) => store,
  channel: (channel) => channel,
};

/** Every third time, beginning with the third. */
function thirds(): () => boolean {
  let count = 0;
  return () => (count += 1) % 3 === 0;
}

const faulty = (faults: Partial<Faults>): Faults => ({ ...none, ...faults });

/** With the same mistake whether messages are kept alone or together. */
function oneByOne(store: Store, receive: Store['receive']): Store {
  return { ...store, receive, receiveAll: (messages, at) => Promise.all(messages.map((one) => receive(one, at))) };
}

/** A fault of each kind, each as a whole program might have it. */
export const FAULTS: Readonly<Record<string, Faults>> = {
  'acknowledges what it does not keep': faulty({
    store(store) {
      const drops = thirds();
      return oneByOne(store, (message, at) =>
        drops() ? Promise.resolve({ kind: 'new', seq: 1 }) : store.receive(message, at),
      );
    },
  }),
  'forgets what it has seen': faulty({
    store(store) {
      let count = 0;
      return oneByOne(store, (message, at) => store.receive({ ...message, id: `${message.id}#${++count}` }, at));
    },
  }),
  'keeps the words, and the outcomes in another step': faulty({
    store: (store) => ({
      ...store,
      async commitTurn(turn) {
        const first = await store.commitTurn({ ...turn, outcomes: new Map() });
        if (first === 'stale') return first;
        const { conversation, at, outcomes, version } = turn;
        const rest = { state: null, events: [], outgoing: [], tickets: [], ticketEvents: [], timers: [] };
        return store.commitTurn({
          ...{ conversation, at, outcomes, version: version + 1, ...rest },
          ...{ cancelTimers: [], wrongProofs: [] },
        });
      },
    }),
  }),
  'marks as sent before it sends': faulty({
    channel: (channel) => ({ ...channel, send: (message) => channel.send(message).catch(() => {}) }),
  }),
  'sends twice': faulty({
    channel(channel) {
      const doubles = thirds();
      return {
        ...channel,
        async send(message) {
          await channel.send(message);
          if (doubles()) await channel.send({ ...message, attempts: 0 });
        },
      };
    },
  }),
  'sends the newest first': faulty({
    store: (store) => ({
      ...store,
      async unsent(at, limit) {
        const heads = await store.unsent(at, limit);
        const newest = heads.map(async (head) => {
          const log = await store.log(head.conversation, head.seq, 100);
          const last = log.findLast(({ delivery }) => delivery?.state === 'queued');
          return last === undefined ? head : { ...head, ...last };
        });
        return Promise.all(newest);
      },
    }),
  }),
  'keeps no history of what moves its state': faulty({
    store: (store) => ({ ...store, commitTurn: (turn) => store.commitTurn({ ...turn, events: turn.events.slice(1) }) }),
  }),
  'does not see who holds a ticket': faulty({
    store: (store) => ({
      ...store,
      async conversation(id) {
        const found = await store.conversation(id);
        return found && { ...found, tickets: found.tickets.map((ticket) => ({ ...ticket, owner: null })) };
      },
    }),
  }),
  'answers an agent before it is kept': faulty({
    store: (store) => ({ ...store, commitTicket: (change) => store.commitTicket(change).catch(() => 'done' as const) }),
  }),
  'lets a timer go off again': faulty({
    store: (store) => ({
      ...store,
      commitTurn(turn) {
        const { firedTimer: key, at } = turn;
        if (key === undefined || turn.timers.length > 0) return store.commitTurn(turn);
        const again = { key, at: new Date(Date.parse(at) + 1000).toISOString(), kind: 'follow-up', payload: '{}' };
        return store.commitTurn({ ...turn, timers: [again] });
      },
    }),
  }),
  'does not see that others read along': faulty({
    store: (store) => ({
      ...store,
      async conversation(id) {
        const found = await store.conversation(id);
        return found && { ...found, group: false };
      },
    }),
  }),
};

export const noFaults = none;
