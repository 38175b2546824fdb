import { describe, expect, it } from 'vitest';
import type { ThreadMessage } from '../../../src/desks/slack/connection.ts';
import { rules, openSlackDesk } from './setup.ts';
import type { SlackDeskUnderTest } from './setup.ts';
import { wordsOf } from './far-side.ts';

/** A ticket with its card, and words written in its thread. */
async function opened(takeBackMs = 0) {
  const desk = await openSlackDesk({ rules: () => ({ ...rules, takeBackMs }) });
  const { id } = await desk.floor.open();
  await desk.settle();
  const card = desk.card(id);
  const say = (user: string, text: string, more: Partial<ThreadMessage> = {}) =>
    desk.far.say({ channel: card.channel, thread: card.ts, user, text, ...more });
  return { desk, id, card, say };
}
const answersTo = async (desk: SlackDeskUnderTest): Promise<string[]> =>
  (await desk.floor.said()).filter((line) => line.startsWith('agent'));
const thread = (desk: SlackDeskUnderTest, id: string): string => desk.far.thread(desk.card(id)).map(wordsOf).join('\n');

describe('the two lanes of a thread', () => {
  it.each([
    ['您好', null],
    ['我觉得 > 这个不对', null],
    ['> 您好', '您好'],
    ['>您好\n> 明天到账', '您好\n明天到账'],
    ['回复:明天到账', '明天到账'],
    ['回复：明天到账', '明天到账'],
    ['  回复： 明天到账', '明天到账'],
    ['已回复：明天到账', null],
  ])('carry %j to the customer as %j', async (written, sent) => {
    const { desk, say } = await opened();
    expect(await say('U8001', written)).toBe(true);
    await desk.settle();
    expect(await answersTo(desk)).toEqual(sent === null ? [] : [`agent: ${sent}`]);
  });

  it('send a message that Slack delivers again once, over a restart, too', async () => {
    const { desk, say } = await opened();
    const ts = '1.5';
    await Promise.all([say('U8001', '> 您好', { ts }), say('U8001', '> 您好', { ts })]);
    await desk.settle();
    await desk.restart();
    await say('U8001', '> 您好', { ts });
    await desk.settle();
    expect(await answersTo(desk)).toEqual(['agent: 您好']);
  });

  it('send an answer though the store failed at every step on its way', async () => {
    const failed = new Set<string>();
    const failOnce = (name: string): void => {
      if (failed.has(name)) return;
      failed.add(name);
      throw new Error('the disk is busy');
    };
    // Kept, though the store says it was not: Slack delivers the message again.
    const desk = await openSlackDesk({}, (store) => ({
      ...store,
      async holdAnswer(answer) {
        const kept = await store.holdAnswer(answer);
        failOnce('holdAnswer');
        return kept;
      },
      moveHeldAnswer: async (...args) => (failOnce('moveHeldAnswer'), store.moveHeldAnswer(...args)),
      async heldAnswer(id) {
        const answer = await store.heldAnswer(id);
        if (failed.has('moveHeldAnswer')) failOnce('heldAnswer');
        return answer;
      },
    }));
    const { id } = await desk.floor.open();
    await desk.settle();
    const { channel, ts: thread } = desk.card(id);
    const again = { channel, thread, user: 'U8001', text: '> 您好', ts: '1.5' };
    await expect(desk.far.say(again)).rejects.toThrow('busy');
    expect(await desk.far.say(again)).toBe(true);
    await expect.poll(() => answersTo(desk), { timeout: 10_000 }).toEqual(['agent: 您好']);
    expect(failed).toContain('moveHeldAnswer');
  });

  it('send files with the words, and nothing where there is nothing to send', async () => {
    const { desk, id, say } = await opened();
    const files = [{ id: 'F1', name: '回单.png', size: 3, url: 'https://files.example/F1' }];
    await say('U8001', '> 回单在这里', { files });
    await say('U8001', '回复：');
    await desk.settle();
    expect(await answersTo(desk)).toEqual(['agent: 回单在这里']);
    const [sent] = (await desk.store.ticket(id))!.transcript.slice(-1);
    expect(sent!.attachments).toMatchObject([{ name: '回单.png', kind: 'image' }]);
    expect([...((await desk.store.attachment(sent!.attachments[0]!.id))?.bytes ?? [])]).toEqual([1, 2, 3]);
    expect(desk.far.toldTo('U8001')).toEqual([expect.stringContaining('没有内容')]);
  });

  it('let a stranger talk, but not answer, and say why', async () => {
    const { desk, say } = await opened();
    await say('USTRANGER', '我来看看');
    expect(desk.far.toldTo('USTRANGER')).toEqual([]);
    await say('USTRANGER', '> 您好');
    await desk.settle();
    expect(await answersTo(desk)).toEqual([]);
    expect(desk.far.toldTo('USTRANGER')).toEqual([expect.stringMatching(/slack: USTRANGER/)]);
  });

  it('never send later what was refused, though Slack delivers it again when it would be allowed', async () => {
    const { desk, id, say } = await opened();
    await desk.far.press('U8002', 'ticket.claim', id);
    await desk.settle();
    await say('U8001', '> 我来', { ts: '1.7' });
    await desk.settle();
    expect(thread(desk, id)).toMatch(/我来.*没有发给客户.*小王/s);
    await desk.far.press('U8002', 'ticket.transfer', id);
    await desk.far.submit('U8002', { to: 'payments|8001', text: '你来吧' });
    await desk.settle();
    await say('U8001', '> 我来', { ts: '1.7' });
    await desk.settle();
    expect(await answersTo(desk)).toEqual([]);
  });

  it('leave other channels to customers, and take a desk’s channel for the team', async () => {
    const { desk } = await opened();
    expect(await desk.far.say({ channel: 'CPAY', user: 'U8001', text: '> 您好' })).toBe(true);
    expect(await desk.far.say({ channel: 'COTHER', user: 'U8001', text: '> 您好' })).toBe(false);
    await desk.settle();
    expect(await answersTo(desk)).toEqual([]);
  });
});

describe('an answer on its way', () => {
  const LONG = 60_000;

  it('can be taken back as long as it is held, by its writer alone', async () => {
    const { desk, id, say } = await opened(LONG);
    await say('U8001', '> 写错了');
    await desk.settle();
    expect(thread(desk, id)).toMatch(/写错了.*还可以撤回/s);
    const shown = desk.far.thread(desk.card(id)).at(-1)!;
    await desk.far.click('U8002', 'ticket.takeback', shown);
    await desk.settle();
    expect(desk.far.toldTo('U8002')).toEqual([expect.stringContaining('只有本人')]);
    await desk.far.click('U8001', 'ticket.takeback', shown);
    await desk.settle();
    expect(wordsOf(shown)).toContain('已撤回，客户没有收到');
    expect(wordsOf(shown)).not.toContain('ticket.takeback');
    await desk.restart();
    await desk.settle();
    expect(await answersTo(desk)).toEqual([]);
  });

  it('is sent by the next process where this one ends', async () => {
    const { desk, say } = await opened(LONG);
    await say('U8001', '> 马上就来');
    desk.floor.clock.advance(LONG);
    await desk.restart();
    await desk.settle();
    expect(await answersTo(desk)).toEqual(['agent: 马上就来']);
  });

  it('takes edits along while it is held, goes when its message is deleted, and says when it is too late', async () => {
    const { desk, id, say } = await opened(LONG);
    await say('U8001', '> 明天到帐', { ts: '1.1' });
    await say('U8001', '> 明天到账', { ts: '1.1', kind: 'edited' });
    await say('U8001', '> 不该说的', { ts: '1.2' });
    await say('U8001', '', { ts: '1.2', kind: 'deleted' });
    desk.floor.clock.advance(LONG);
    await desk.restart();
    await desk.settle();
    expect(await answersTo(desk)).toEqual(['agent: 明天到账']);
    await say('U8001', '> 后天到账', { ts: '1.1', kind: 'edited' });
    await say('U8001', '', { ts: '1.1', kind: 'deleted' });
    await desk.settle();
    expect(await answersTo(desk)).toEqual(['agent: 明天到账']);
    expect(desk.far.toldTo('U8001')).toEqual([
      expect.stringContaining('不能修改已发出的消息'),
      expect.stringContaining('不能再撤回'),
    ]);
    expect(thread(desk, id)).toContain('已撤回，客户没有收到');
  });

  it('shows as sent, then delivered, or as failed with the reason', async () => {
    const { desk, id, say } = await opened();
    await say('U8001', '> 一');
    await desk.settle();
    const shown = desk.far.thread(desk.card(id)).find(({ text }) => text.includes('回复客户：一'))!;
    expect(wordsOf(shown)).toContain('等待送达');
    const { seq } = (await desk.store.ticket(id))!.transcript.at(-1)!;
    await desk.store.markSent(seq, '2026-11-23T02:00:05.000Z');
    await desk.settle();
    expect(wordsOf(shown)).toContain('已送达');
    await say('U8001', '> 二');
    await desk.settle();
    const next = (await desk.store.ticket(id))!.transcript.at(-1)!;
    await desk.store.markUnsent(next.seq, 'blocked: 客户已拉黑', { givenUpAt: desk.floor.clock.now().toISOString() });
    await desk.settle();
    expect(wordsOf(desk.far.thread(desk.card(id)).at(-1)!)).toContain('未送达：blocked: 客户已拉黑');
  });

  it('is refused with a reason where somebody else took the ticket meanwhile', async () => {
    const { desk, id, say } = await opened(LONG);
    await say('U8001', '> 我来');
    await desk.far.click('U8002', 'ticket.claim', desk.card(id));
    desk.floor.clock.advance(LONG);
    await desk.restart();
    await desk.settle();
    expect(await answersTo(desk)).toEqual([]);
    expect(thread(desk, id)).toMatch(/没有发给客户.*小王/s);
  });
});
