import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createInProcessCoordination } from '../../src/coordination/in-process.ts';
import { fixedClock, systemClock, type Clock } from '../../src/core/clock.ts';
import { NotKeptError } from '../../src/core/errors.ts';
import type { Replier } from '../../src/core/reply.ts';
import type { Store } from '../../src/core/store.ts';
import { startTimers, type Timers } from '../../src/delivery/timers.ts';
import { memoryStore } from '../store/memory-store.ts';
import { after, alice, noon, says, turn } from '../store/samples.ts';
import { echoing, recordedLog, words } from './parts.ts';

describe('timers', () => {
  let store: Store;
  const started: Timers[] = [];
  beforeEach(async () => {
    store = await memoryStore();
    await store.openConversation(alice, { id: 'c-1' }, false, noon);
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((one) => one.stop()));
    await store.close();
  });

  function start(replier: Replier, clock: Clock): Timers {
    const coordination = createInProcessCoordination({ clock, concurrency: 4 });
    const timers = startTimers({ store, replier, coordination, clock, log: recordedLog().log });
    started.push(timers);
    return timers;
  }

  async function set(key: string, at: string): Promise<void> {
    const version = (await store.conversation(alice))?.version ?? 0;
    await store.commitTurn(turn({ id: alice, version }, { timers: [{ key, at, kind: 'follow-up', payload: '{}' }] }));
  }

  it('have one effect, though two processes see them', async () => {
    await set('k', noon);
    const clock = fixedClock(after(3600));
    const both = [start(echoing(), clock), start(echoing(), clock)];
    await Promise.all(both.map((one) => one.idle()));
    expect(await words(store, alice)).toEqual(['timer k']);
    expect(await store.nextDue('timers')).toBeNull();
  });

  it('wait for their time, and are heard of when they are set', async () => {
    const timers = start(echoing(), systemClock);
    await set('late', new Date(Date.now() + 3_600_000).toISOString());
    await set('soon', new Date(Date.now() + 50).toISOString());
    await expect.poll(() => words(store, alice)).toEqual(['timer soon']);
    await timers.idle();
    expect(await words(store, alice)).toEqual(['timer soon']);
  });

  it('are decided again when the conversation moved on, and not at all when it took them off', async () => {
    await set('k', noon);
    let decisions = 0;
    const replier = echoing({
      async onTimer(conversation, timer) {
        decisions++;
        const seen = turn(conversation, { at: noon, outgoing: [says(`timer ${timer.key}`)] });
        await store.commitTurn(turn(conversation, decisions === 1 ? {} : { cancelTimers: ['k'] }));
        return seen;
      },
    });
    await start(replier, fixedClock(noon)).idle();
    expect(decisions).toBe(2);
    expect(await words(store, alice)).toEqual([]);
  });

  it('are not put off by a disk that keeps nothing for a while', async () => {
    await set('k', noon);
    const sound = store;
    let refused = 0;
    store = Object.create(sound, {
      commitTurn: {
        value: (commit: Parameters<Store['commitTurn']>[0]) =>
          refused++ < 3 ? Promise.reject(new NotKeptError('the disk is full')) : sound.commitTurn(commit),
      },
    }) as Store;
    const hasty: Clock = { ...fixedClock(noon), after: (_, run) => systemClock.after(1, run) };
    await start(echoing(), hasty).idle();
    expect(await words(sound, alice)).toEqual(['timer k']);
  });

  it('are put off when they keep failing, and hold up no other', async () => {
    await set('bad', noon);
    await set('good', noon);
    let tries = 0;
    const failing = echoing({
      onTimer(conversation, timer) {
        if (timer.key === 'good') return Promise.resolve(turn(conversation, { outgoing: [says('good')] }));
        tries++;
        return Promise.reject(new Error('no'));
      },
    });
    await start(failing, fixedClock(noon)).idle();
    expect(tries).toBe(3);
    expect(await words(store, alice)).toEqual(['good']);
    expect(await store.dueTimers(after(300), 9)).toEqual([
      { conversation: alice, key: 'bad', at: after(300), kind: 'follow-up', payload: '{}' },
    ]);
  });
});
