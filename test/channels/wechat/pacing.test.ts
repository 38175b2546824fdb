import { describe, expect, it } from 'vitest';
import { createSending } from '../../../src/channels/wechat/sending.ts';
import {
  nextSlot,
  noPace,
  noted,
  quietUntil,
  readPace,
  type Pace,
  type PacePolicy,
} from '../../../src/channels/wechat/pacing.ts';
import type { SendFailure } from '../../../src/channels/wechat/wire.ts';
import { fixedClock } from '../../../src/core/clock.ts';
import { RefusedError, UnreachableError } from '../../../src/core/errors.ts';
import { silentLog } from '../../../src/core/log.ts';
import { memoryStore } from '../../store/memory-store.ts';

const policy: PacePolicy = { person_ms: 1000, between_ms: 1500, a_minute: 20, a_day: 1500, quiet: '23:00-07:00' };

describe('24 hours of more to say than may be said, with 20 restarts', () => {
  it('keeps every limit', () => {
    let now = new Date('2026-11-21T00:00:00+08:00');
    const end = now.getTime() + 24 * 3_600_000;
    let pace: Pace = noPace;
    const sent: { to: string; at: number }[] = [];
    for (let n = 0; now.getTime() < end; n++) {
      const to = `p${Math.floor(n / 2) % 7}`;
      const slot = nextSlot(pace, to, now, policy);
      if (slot.getTime() >= end) break;
      now = slot;
      pace = noted(pace, to, now);
      sent.push({ to, at: now.getTime() });
      // A restart: only what was kept is known.
      if (n % 75 === 74) pace = readPace(JSON.stringify(pace));
    }
    expect(sent).toHaveLength(policy.a_day);
    for (const [n, { to, at }] of sent.entries()) {
      expect(quietUntil(new Date(at), policy.quiet)).toBe(0);
      const before = sent[n - 1];
      if (before !== undefined) expect(at - before.at).toBeGreaterThanOrEqual(before.to === to ? 1000 : 1500);
      const twentieth = sent[n - policy.a_minute];
      if (twentieth !== undefined) expect(at - twentieth.at).toBeGreaterThanOrEqual(60_000);
    }
  });

  it('begins anew where what was kept cannot be read', () => {
    expect(readPace('{"recent":')).toEqual(noPace);
    expect(readPace(null)).toEqual(noPace);
  });

  it.each([
    ['2026-11-21T23:30:00+08:00', '2026-11-22T07:00:00+08:00'],
    ['2026-11-22T06:59:00+08:00', '2026-11-22T07:00:00+08:00'],
  ])('is quiet at %s until %s', (at, until) => {
    expect(quietUntil(new Date(at), '23:00-07:00')).toBe(Date.parse(until));
  });
  it('is not quiet at the end of the quiet hours, nor where there are none', () => {
    expect(quietUntil(new Date('2026-11-22T07:00:00+08:00'), '23:00-07:00')).toBe(0);
    expect(quietUntil(new Date('2026-11-22T03:00:00+08:00'), '')).toBe(0);
  });
});

describe('sending', () => {
  async function open(answers: (SendFailure | null)[] = []) {
    const store = await memoryStore();
    const clock = fixedClock('2026-11-21T10:00:00+08:00');
    const said: { text: string; at: number }[] = [];
    const make = (state: 'online' | 'off' = 'online') =>
      createSending({
        store,
        clock,
        log: silentLog,
        pace: () => policy,
        sleep: (ms) => Promise.resolve(clock.advance(ms)),
        onPause: () => Promise.resolve(),
        connection: {
          status: () => ({ state, qrcode: null, self: null, trouble: '', builds: 1 }),
          say: ({ text }) => {
            said.push({ text, at: clock.now().getTime() });
            return Promise.resolve(answers.shift() ?? null);
          },
        },
      });
    return { make, clock, said };
  }
  const zhang = { person: 'zhang', room: null };

  it('leaves a second between two messages to one person, also across a restart', async () => {
    const { make, said } = await open();
    await (await make()).send(zhang, '一', '');
    await (await make()).send(zhang, '二', '');
    expect(said.map(({ text }) => text)).toEqual(['一', '二']);
    expect(said[1]!.at - said[0]!.at).toBeGreaterThanOrEqual(1000);
  });

  it('comes again later for what must wait longer', async () => {
    const { make, clock, said } = await open();
    clock.set('2026-11-21T23:30:00+08:00');
    const late = (await make()).send(zhang, '一', '');
    await expect(late).rejects.toMatchObject({ retryAfter: 7.5 * 3_600_000 });
    await expect(late).rejects.toBeInstanceOf(UnreachableError);
    expect(said).toEqual([]);
  });

  it('is silent for 10 minutes when WeChat says 操作过于频繁, also across a restart', async () => {
    const { make, clock, said } = await open([{ how: 'too-often', what: '操作过于频繁' }]);
    await expect((await make()).send(zhang, '一', '')).rejects.toMatchObject({ retryAfter: 600_000 });
    clock.advance(300_000);
    const again = await make();
    await expect(again.send({ person: 'li', room: null }, '二', '')).rejects.toMatchObject({ retryAfter: 300_000 });
    clock.advance(300_000);
    await again.send(zhang, '一', '');
    expect(said.map(({ text }) => text)).toEqual(['一', '一']);
  });

  it('repeats what surely did not go out, never what may have', async () => {
    const { make } = await open([
      { how: 'unsent', what: 'not logged in' },
      { how: 'unknown', what: 'timeout' },
      { how: 'refused', what: '不是好友' },
    ]);
    const sending = await make();
    await expect(sending.send(zhang, '一', '')).rejects.toBeInstanceOf(UnreachableError);
    await expect(sending.send(zhang, '一', '')).rejects.toMatchObject({ code: 'ambiguous' });
    await expect(sending.send(zhang, '一', '')).rejects.toBeInstanceOf(RefusedError);
    await expect((await make('off')).send(zhang, '一', '')).rejects.toBeInstanceOf(UnreachableError);
  });
});
