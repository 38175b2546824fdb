import { describe, expect, it } from 'vitest';
import { createVigil } from '../../../src/channels/wechat/vigil.ts';
import { wordDue, type Seen } from '../../../src/channels/wechat/word-due.ts';
import { fixedClock } from '../../../src/core/clock.ts';
import { silentLog } from '../../../src/core/log.ts';
import type { NoticeKind } from '../../../src/core/notice.ts';
import type { Store } from '../../../src/core/store.ts';
import { memoryStore } from '../../store/memory-store.ts';

const TIMES = { lost: 15_000, steady: 60_000 };

/** A day of the connection: `[second, state]`, each until the next; gives what the desk is told, `second kind`. */
function told(course: readonly (readonly [number, Seen['state']])[], seconds: number): string[] {
  const said: string[] = [];
  const since = new Set<NoticeKind>();
  let seen: Seen = { state: 'off', since: 0, heardUntil: 0 };
  for (let second = 0; second <= seconds; second++) {
    const now = second * 1000;
    const state = course.findLast(([from]) => from <= second)?.[1] ?? 'off';
    if ((state === 'online') !== (seen.state === 'online')) seen = { ...seen, since: now };
    seen = { ...seen, state };
    const well = state === 'online' && since.size === 0 && now - seen.since > TIMES.steady;
    if (well) seen = { ...seen, heardUntil: now };
    const due = wordDue(seen, since, now, TIMES);
    if ('in' in due) continue;
    said.push(`${second} ${due.kind}`);
    if (due.kind === 'back') {
      since.clear();
      seen = { ...seen, heardUntil: now };
    } else since.add(due.kind);
  }
  return said;
}

describe('what the desk is told of the connection', () => {
  it.each<[string, readonly (readonly [number, Seen['state']])[], string[]]>([
    [
      'a short loss is told to nobody',
      [
        [0, 'online'],
        [100, 'off'],
        [110, 'starting'],
        [114, 'online'],
      ],
      [],
    ],
    [
      'a loss, however often it was tried meanwhile, and that it is over',
      [
        [0, 'online'],
        [100, 'off'],
        [105, 'starting'],
        [110, 'off'],
        [130, 'starting'],
        [140, 'online'],
      ],
      ['115 lost', '200 back'],
    ],
    [
      'logged out and wanted back: both at once, then that it is over',
      [
        [0, 'online'],
        [100, 'logged-out'],
        [102, 'scan'],
        [300, 'online'],
      ],
      ['100 logged-out', '102 login', '360 back'],
    ],
    [
      'a loss after the word that we are logged out says nothing new',
      [
        [0, 'logged-out'],
        [10, 'off'],
        [300, 'starting'],
      ],
      ['0 logged-out'],
    ],
  ])('%s', (_, course, said) => {
    expect(told(course, 500)).toEqual(said);
  });

  it('is one word for a storm, not one for each gust', () => {
    const storm = Array.from({ length: 100 }, (_, n) => [n * 20, n % 2 === 0 ? 'online' : 'off'] as const);
    const scans = Array.from({ length: 100 }, (_, n) => [2000 + n * 5, n % 2 === 0 ? 'scan' : 'logged-out'] as const);
    expect(told([...storm, ...scans, [2500, 'online']], 3000)).toEqual([
      '35 lost',
      '2000 login',
      '2005 logged-out',
      '2560 back',
    ]);
  });
});

describe('the vigil', () => {
  const kinds = async (store: Store) =>
    (await store.notices('2000-01-01T00:00:00Z')).map(({ kind, detail }) => [kind, detail]).reverse();
  const clock = fixedClock('2026-11-21T10:00:00+08:00');
  const open = (store: Store) => createVigil({ store, clock, log: silentLog, times: { lost: 20, steady: 20 } });
  const moment = () => new Promise((resolve) => setTimeout(resolve, 60));

  it('tells each thing once, across a restart too, and since when nothing was heard', async () => {
    const store = await memoryStore();
    const first = await open(store);
    first.look({ state: 'online', trouble: '' });
    clock.advance(30);
    await moment();
    first.look({ state: 'logged-out', trouble: 'kicked out' });
    await moment();
    expect(await kinds(store)).toEqual([['logged-out', 'kicked out']]);
    await first.stop();

    const second = await open(store);
    second.look({ state: 'logged-out', trouble: 'kicked out' });
    second.look({ state: 'scan', trouble: '' });
    second.look({ state: 'scan', trouble: '' });
    await moment();
    clock.advance(600_000);
    second.look({ state: 'online', trouble: '' });
    clock.advance(30);
    await moment();
    await second.stop();
    expect(await kinds(store)).toEqual([
      ['logged-out', 'kicked out'],
      ['login', ''],
      ['back', '2026-11-21T02:00:00.030Z'],
    ]);
  });

  it('tries again until the word is kept', async () => {
    const store = await memoryStore();
    let fails = 1;
    const shaky: Store = {
      ...store,
      note: (...given) => (fails-- > 0 ? Promise.reject(new Error('busy')) : store.note(...given)),
    };
    const vigil = await open(shaky);
    vigil.look({ state: 'scan', trouble: '' });
    await moment();
    expect(await kinds(store)).toEqual([]);
    vigil.look({ state: 'scan', trouble: '' });
    await moment();
    expect(await kinds(store)).toEqual([['login', '']]);
    await vigil.stop();
  });
});
