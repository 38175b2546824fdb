import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../../src/core/errors.ts';
import { HERE } from '../floor.ts';
import { openSlackDesk } from './setup.ts';

const minutes = (n: number) => n * 60_000;

describe('words to the desk that belong to no ticket, in Slack', () => {
  const notices = (far: Awaited<ReturnType<typeof openSlackDesk>>['far']) =>
    far.messages.filter(({ metadata }) => String(metadata?.event_payload['ticket']).startsWith('N-'));

  it('are posted once each in the channel of the first desk, and grow while messages join them', async () => {
    const desk = await openSlackDesk();
    const { store, floor, far } = desk;
    const now = () => floor.clock.now().toISOString();
    await store.note({ channel: 'wechat', kind: 'login' }, now());
    await desk.settle();
    for (const text of ['一票货', '两票货']) {
      const seq = await floor.write(text);
      await store.note({ channel: 'wechat', kind: 'ambiguous', about: [{ conversation: HERE, seq }] }, now());
      await desk.settle();
      floor.clock.advance(minutes(1));
    }
    const [login, ambiguous, ...others] = notices(far);
    expect(others).toEqual([]);
    expect(login).toMatchObject({ channel: 'CPAY', thread: null });
    expect(login?.text).toContain('微信需要登录');
    expect(ambiguous?.text).toContain('有 2 句话说不清微信有没有送到');
    expect(JSON.stringify(ambiguous?.blocks)).toMatch(/韩梅梅.*一票货.*两票货/s);
    expect(ambiguous?.edits).toBe(1);

    await desk.restart();
    await desk.settle();
    expect(notices(far)).toHaveLength(2);
  });

  it('are there once where Slack took one and its answer was lost, however often we start again', async () => {
    const desk = await openSlackDesk();
    const { store, floor, far } = desk;
    far.trouble = (method) => (method === 'chat.postMessage' ? 'lost' : null);
    await store.note(
      { channel: 'wechat', kind: 'logged-out', detail: 'kicked <@U1>' },
      floor.clock.now().toISOString(),
    );
    await desk.settle();
    expect(notices(far)).toHaveLength(1);
    far.trouble = () => null;
    await desk.restart();
    await desk.settle();
    await desk.restart();
    await desk.settle();
    expect(notices(far)).toHaveLength(1);
    // What a platform says pings nobody.
    expect(JSON.stringify(notices(far)[0]?.blocks)).not.toContain('<@U1>');
  });

  it('wait where Slack is down or refuses, and are not lost', async () => {
    const desk = await openSlackDesk();
    const { store, floor, far } = desk;
    far.trouble = (method) => (method === 'chat.postMessage' ? new RefusedError('is_archived', '#payments') : null);
    await store.note({ channel: 'wechat', kind: 'lost' }, floor.clock.now().toISOString());
    await desk.settle();
    far.trouble = (method) => (method === 'chat.postMessage' ? 'down' : null);
    await desk.restart();
    await desk.settle();
    expect(notices(far)).toEqual([]);
    far.trouble = () => null;
    await desk.restart();
    await desk.settle();
    expect(notices(far)).toHaveLength(1);
  });
});
