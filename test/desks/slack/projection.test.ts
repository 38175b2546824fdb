import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../../src/core/errors.ts';
import type { Attachment } from '../../../src/core/message.ts';
import { createActions } from '../../../src/desks/actions/actions.ts';
import { silentLog } from '../../../src/core/log.ts';
import { announce, directory, HERE } from '../floor.ts';
import { wordsOf } from './far-side.ts';
import { openSlackDesk } from './setup.ts';
import type { SlackDeskUnderTest } from './setup.ts';

const parts = ({ far }: SlackDeskUnderTest): unknown[] =>
  far.messages.map(({ metadata, files }) => metadata?.event_payload['part'] ?? files.map(({ name }) => name).join());
const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 10));
};
const picture = (id: string): Attachment => ({
  id,
  kind: 'image',
  contentType: 'image/png',
  name: '箱子.png',
  size: 3,
  url: '/x',
});

describe('a ticket in Slack', () => {
  it('is one card in the channel of its desk, edited in place, with what was said before below it', async () => {
    const desk = await openSlackDesk();
    const { id } = await desk.floor.open();
    await desk.settle();
    const card = desk.card(id);
    expect(card).toMatchObject({ channel: 'CPAY', thread: null, edits: 0 });
    await desk.far.click('U8001', 'ticket.claim', card);
    await desk.settle();
    expect(desk.far.messages.filter(({ thread }) => thread === null)).toEqual([card]);
    expect(card.edits).toBe(1);
    expect(wordsOf(card)).toContain('小李（工号 8001）');
    const [, summary, before] = desk.far.thread(card);
    expect(wordsOf(summary!)).toContain('货款超过15天未到账');
    expect(wordsOf(before!)).toMatch(/半个月了还没有收到.*已为您转人工/s);
  });

  it('shows the customer’s next words in order, with pictures, in the thread of each ticket they are about', async () => {
    const desk = await openSlackDesk();
    const { id } = await desk.floor.open();
    await desk.settle();
    const card = desk.card(id);
    const before = desk.far.thread(card).length;
    await desk.store.putAttachment(HERE, picture('p1'), Uint8Array.of(1, 2, 3));
    await desk.floor.write('第一句');
    await desk.floor.write('看图', [picture('p1')]);
    for (const text of ['第三句', '第四句']) await desk.floor.write(text);
    await desk.settle();
    const later = desk.far.thread(card).slice(before);
    expect(later.map((message) => /第.句|看图|箱子/.exec(wordsOf(message) + message.files[0]?.name)?.[0])).toEqual([
      '第一句',
      '看图',
      '箱子',
      '第三句',
      '第四句',
    ]);
  });

  it('moves with its card to the desk it is passed to, and says so where it was', async () => {
    const desk = await openSlackDesk();
    const { id } = await desk.floor.open();
    await desk.settle();
    const actions = createActions({ store: desk.store, directory, announce, clock: desk.floor.clock, log: silentLog });
    await actions.transfer(id, { agent: '8001' }, { desk: 'claims', agent: '8002' }, '有理赔');
    await desk.settle();
    expect(wordsOf(desk.card(id, 'CPAY'))).toMatch(/已转交理赔部/);
    expect(wordsOf(desk.card(id, 'CPAY'))).not.toContain('ticket.claim');
    const there = desk.far.thread(desk.card(id, 'CCLAIMS')).map(wordsOf).join();
    expect(there).toContain('半个月了还没有收到');
    expect(there).toMatch(/小李（工号 8001） 转交给理赔部：有理赔/);
    expect(there).toContain('<@U8002>');
    await actions.transfer(id, { agent: '8002' }, { desk: 'payments' }, '还是货款');
    await desk.settle();
    const roots = desk.far.messages.filter(({ thread }) => thread === null).map(({ channel }) => channel);
    expect(roots).toEqual(['CPAY', 'CCLAIMS']);
    expect(wordsOf(desk.card(id, 'CPAY'))).toContain('ticket.claim');
  });

  it('shows what the web desk did, too', async () => {
    const desk = await openSlackDesk();
    const { id } = await desk.floor.open();
    await desk.settle();
    const actions = createActions({ store: desk.store, directory, announce, clock: desk.floor.clock, log: silentLog });
    await actions.reply(id, { agent: '8002' }, '您好，正在核实', 'web-1');
    await actions.note(id, { agent: '8002' }, '财务周一回复');
    await desk.settle();
    const thread = desk.far.thread(desk.card(id)).map(wordsOf).join('\n');
    expect(thread).toMatch(/小王（工号 8002） → 客户.*您好，正在核实.*等待送达/s);
    expect(thread).toContain('备注：财务周一回复');
  });

  it('keeps quiet about what a customer says after all is resolved, and catches up when it is reopened', async () => {
    const desk = await openSlackDesk();
    const { id } = await desk.floor.open();
    await desk.settle();
    const actions = createActions({ store: desk.store, directory, announce, clock: desk.floor.clock, log: silentLog });
    await actions.resolve(id, { agent: '8001' }, '已到账', '货款结算');
    desk.floor.clock.advance(60_000);
    await desk.floor.write('另外问一下营业时间');
    await desk.settle();
    const words = (): string => desk.far.thread(desk.card(id)).map(wordsOf).join('\n');
    expect(words()).toContain('已到账（原因：货款结算）');
    expect(words()).not.toContain('营业时间');
    await actions.reopen(id, { agent: '8001' }, '仍未收到');
    await desk.settle();
    expect(words()).toContain('营业时间');
  });
});

describe('whatever Slack does', () => {
  it('a card whose answer was lost is found again, never posted twice, over every kind of message', async () => {
    const desk = await openSlackDesk();
    const lost = new Set<string>();
    desk.far.trouble = (method, args) => {
      const part = (args['metadata'] as { event_payload: { part: string } } | undefined)?.event_payload.part ?? method;
      if (!/postMessage|upload/.test(method) || lost.has(part)) return null;
      lost.add(part);
      return 'lost';
    };
    await desk.store.openConversation(HERE, { id: 'u-1' }, false, '2026-11-23T02:00:00.000Z');
    await desk.store.putAttachment(HERE, picture('p1'), Uint8Array.of(1, 2, 3));
    const { id } = await desk.floor.open({}, '看图', [picture('p1')]);
    await until(() => lost.size >= 4 && parts(desk).length >= 4);
    desk.far.trouble = () => null;
    await desk.restart();
    await desk.settle();
    expect(parts(desk)).toEqual([...new Set(parts(desk))]);
    expect(desk.far.messages.filter(({ thread }) => thread === null)).toHaveLength(1);
    expect((await desk.store.deskPosts(id)).every(({ ts }) => ts !== null)).toBe(true);
  }, 30_000);

  it('after it was down, all that was missed is shown once and in order, also by a new process', async () => {
    const desk = await openSlackDesk();
    desk.far.trouble = () => 'down';
    const { id } = await desk.floor.open();
    await desk.floor.write('还没好吗');
    await desk.settle();
    expect(desk.far.messages).toEqual([]);
    desk.far.trouble = () => null;
    await desk.restart();
    await desk.settle();
    expect(desk.far.messages.filter(({ thread }) => thread === null)).toEqual([desk.card(id)]);
    expect(parts(desk)).toEqual([...new Set(parts(desk))]);
    const count = desk.far.messages.length;
    await desk.restart();
    await desk.settle();
    expect(desk.far.messages).toHaveLength(count);
    expect(desk.card(id).edits).toBe(0);
  });

  it('a card that somebody deleted comes back with all that belongs to it', async () => {
    const desk = await openSlackDesk();
    const { id } = await desk.floor.open();
    await desk.settle();
    desk.far.messages.length = 0;
    await desk.far.press('U8001', 'ticket.claim', id);
    await desk.settle();
    expect(parts(desk).slice(0, 2)).toEqual(['card', expect.stringMatching(/^opening-/)]);
    expect(wordsOf(desk.card(id))).toContain('小李');
  });

  it('a channel that is missing, or that we were not invited to, is told once; the rest goes on', async () => {
    const desk = await openSlackDesk();
    desk.far.channels.delete('#claims');
    desk.far.channels.set('#payments', { id: 'CPAY', member: false });
    await desk.restart();
    await desk.floor.open();
    const { id } = await desk.floor.open({ desk: 'claims', waybill: '2' });
    await desk.settle();
    await desk.floor.write('在吗');
    await desk.settle();
    expect(desk.far.told.sort()).toEqual(['#claims: channel_not_found', '#payments: not_in_channel']);
    desk.far.channels.set('#claims', { id: 'CCLAIMS', member: true });
    desk.floor.clock.advance(30_000);
    await desk.far.press('U8002', 'ticket.claim', id);
    await desk.settle();
    expect(wordsOf(desk.card(id))).toContain('小王');
  });

  it('a message that Slack does not take as it is, is told of in plain words', async () => {
    const desk = await openSlackDesk();
    const { id } = await desk.floor.open();
    await desk.settle();
    desk.far.trouble = (_method, args) =>
      JSON.stringify(args['blocks'] ?? '').includes('怪') ? new RefusedError('invalid_blocks', 'invalid_blocks') : null;
    await desk.floor.write('怪');
    await desk.floor.write('好');
    await desk.settle();
    const [odd, next] = desk.far.thread(desk.card(id)).slice(-2);
    expect(odd!.text).toContain('请到网页坐席台查看');
    expect(wordsOf(next!)).toContain('好');
  });
});
