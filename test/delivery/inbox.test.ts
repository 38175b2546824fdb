import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationId } from '../../src/core/message.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { Store } from '../../src/core/store.ts';
import type { Inbox } from '../../src/delivery/inbox.ts';
import { memoryStore } from '../store/memory-store.ts';
import { alice, bob, message, turn } from '../store/samples.ts';
import { echo, echoing, gate, inboxOf, recordedLog, words } from './parts.ts';

describe('the inbox', () => {
  let store: Store;
  let inbox: Inbox | undefined;
  beforeEach(async () => void (store = await memoryStore()));
  afterEach(async () => {
    await inbox?.stop();
    inbox = undefined;
    await store.close();
  });

  const now = () => new Date().toISOString();
  const receive = (id: string, conversation = alice) => store.receive(message(id, { conversation }), now());
  const accounts = () => store.ledger(now(), 0);

  it('answers what came before it started, and what comes after', async () => {
    await receive('before');
    inbox = await inboxOf(store, echoing());
    await receive('after', bob);
    await inbox.idle();
    expect(await words(store, alice)).toEqual(['text of before', 'echo before']);
    expect(await words(store, bob)).toEqual(['text of after', 'echo after']);
  });

  it('does not let who writes now stand behind all that waited before the start', async () => {
    const before = Array.from({ length: 100 }, (_, n): ConversationId => `webchat:early-${n}`);
    for (const id of before) await receive(`of ${id}`, id);
    const answered: string[] = [];
    const begun = gate();
    const replier = echoing({
      async reply(conversation, at) {
        answered.push(conversation.id);
        begun.open();
        await setTimeout(1);
        return echo(conversation, at);
      },
    });
    inbox = await inboxOf(store, replier);
    await begun.opened;
    await receive('late', bob);
    await inbox.idle();
    expect(answered).toHaveLength(101);
    expect(answered.indexOf(bob)).toBeLessThan(40);
    // The longest waiting first, give or take those that are decided at once.
    expect(answered.filter((id) => id !== bob)).toEqual(before);
  });

  it('takes what comes while a turn is decided as the next turn', async () => {
    const deciding = gate();
    const go = gate();
    const turns: string[][] = [];
    const replier = echoing({
      async reply(conversation, at) {
        turns.push(conversation.waiting.map((one) => one.id));
        deciding.open();
        await go.opened;
        return echo(conversation, at);
      },
    });
    inbox = await inboxOf(store, replier);
    await receive('m-1');
    await deciding.opened;
    await receive('m-2');
    await receive('m-3');
    go.open();
    await inbox.idle();
    expect(turns).toEqual([['m-1'], ['m-2', 'm-3']]);
  });

  it('listens until the customer has finished, and answers all of it in one turn', async () => {
    const turns: string[][] = [];
    const replier = echoing({
      patience: () => 150,
      reply(conversation, at) {
        turns.push(conversation.waiting.map((one) => one.id));
        return Promise.resolve(echo(conversation, at));
      },
    });
    inbox = await inboxOf(store, replier);
    for (const id of ['m-1', 'm-2', 'm-3']) {
      await receive(id);
      await setTimeout(20);
    }
    await inbox.idle();
    expect(turns).toEqual([['m-1', 'm-2', 'm-3']]);
  });

  it('does not listen for ever to somebody who never pauses, and stops listening when patience ends', async () => {
    const answered = gate();
    const replier = echoing({
      patience: (conversation) => (conversation.id === bob && conversation.waiting.length > 1 ? 0 : 100),
      reply(conversation, at) {
        answered.open();
        return Promise.resolve(echo(conversation, at));
      },
    });
    inbox = await inboxOf(store, replier);
    let talking = true;
    void answered.opened.then(() => (talking = false));
    for (let n = 0; talking && n < 200; n++) {
      await receive(`m-${n}`);
      await setTimeout(10);
    }
    expect(talking).toBe(false);
    await inbox.idle();
    await receive('b-1', bob);
    await receive('b-2', bob);
    await inbox.idle();
    expect(await accounts()).toMatchObject({ waiting: 0, unaccounted: [] });
  });

  it('decides again when an agent was first', async () => {
    let decisions = 0;
    const replier = echoing({
      async reply(conversation, at) {
        if (decisions++ === 0) await store.commitTurn(turn(conversation));
        return echo(conversation, at);
      },
    });
    inbox = await inboxOf(store, replier);
    await receive('m-1');
    await inbox.idle();
    expect(decisions).toBe(2);
    expect(await words(store, alice)).toEqual(['text of m-1', 'echo m-1']);
  });

  it('tries three times, then hands over to a human, while others are answered', async () => {
    let tries = 0;
    const { lines, log } = recordedLog();
    const replier = echoing({
      reply(conversation, at) {
        if (conversation.id === bob) return Promise.resolve(echo(conversation, at));
        tries++;
        throw new TypeError(`cannot read 13800138000 in ${conversation.waiting[0]?.text}`);
      },
    });
    inbox = await inboxOf(store, replier, { log });
    await receive('m-1');
    await receive('m-2', bob);
    await inbox.idle();
    expect(tries).toBe(3);
    expect(await words(store, alice)).toEqual(['text of m-1', 'a human is coming']);
    expect(await words(store, bob)).toEqual(['text of m-2', 'echo m-2']);
    expect(lines.filter((line) => line.includes('TypeError'))).toHaveLength(3);
    expect(lines.join()).not.toMatch(/13800138000|text of/);
  });

  it('takes a decision that never ends, or settles nothing, for a failure', async () => {
    const replier = echoing({
      reply: (conversation) =>
        conversation.id === alice
          ? new Promise(() => {})
          : Promise.resolve(turn(conversation, { state: 'nothing settled' })),
    });
    inbox = await inboxOf(store, replier, { timeLimit: 20 });
    await receive('m-1');
    await receive('m-2', bob);
    await inbox.idle();
    expect(await words(store, alice)).toContain('a human is coming');
    expect(await words(store, bob)).toContain('a human is coming');
    expect((await store.conversation(bob))?.state).toBeNull();
  });

  it('accounts for a message even when handing over fails', async () => {
    const fail = () => Promise.reject(new Error('no'));
    inbox = await inboxOf(store, echoing({ reply: fail, surrender: fail }));
    await receive('m-1');
    await inbox.idle();
    expect(await accounts()).toMatchObject({ left_alone: { undecidable: 1 }, unaccounted: [] });
  });

  it('tries again when the store has trouble', async () => {
    let trouble = 1;
    const shaky: Store = {
      ...store,
      commitTurn: (one) => (trouble-- > 0 ? Promise.reject(new Error('disk full')) : store.commitTurn(one)),
    };
    inbox = await inboxOf(shaky, echoing());
    await receive('m-1');
    await inbox.idle();
    expect(await words(store, alice)).toEqual(['text of m-1', 'echo m-1']);
  });

  it('answers what was kept though nobody was told', async () => {
    const deaf: Store = { ...store, subscribe: () => () => {} };
    const alarms: (() => void)[] = [];
    const clock = { ...systemClock, after: (_: number, run: () => void) => (alarms.push(run), () => {}) };
    inbox = await inboxOf(deaf, echoing(), { clock });
    await receive('m-1');
    alarms[0]?.();
    await expect.poll(() => words(store, alice)).toEqual(['text of m-1', 'echo m-1']);
    await inbox.idle();
    expect(alarms.length).toBeGreaterThan(1);
  });

  it('ends a turn that runs before it stops, and starts none after', async () => {
    const deciding = gate();
    const go = gate();
    const replier = echoing({
      async reply(conversation, at) {
        deciding.open();
        await go.opened;
        return echo(conversation, at);
      },
    });
    inbox = await inboxOf(store, replier);
    await receive('m-1');
    await deciding.opened;
    const stopped = inbox.stop();
    await receive('m-2');
    go.open();
    await stopped;
    expect(await words(store, alice)).toEqual(['text of m-1', 'text of m-2', 'echo m-1']);
    expect(await store.waiting()).toEqual([alice]);
  });
});
