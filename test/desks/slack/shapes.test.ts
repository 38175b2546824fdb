import { describe, expect, it } from 'vitest';
import { cardOf } from '../../../src/desks/slack/card.ts';
import { readDeskCommand, readTicketCommand } from '../../../src/desks/slack/command.ts';
import { countdown } from '../../../src/desks/slack/countdown.ts';
import { figuresOf } from '../../../src/desks/slack/figures.ts';
import { escape, pieces } from '../../../src/desks/slack/text.ts';
import { opened, LI } from '../../tickets/sample.ts';
import { titles } from './setup.ts';

const now = new Date('2026-11-23T02:00:00.000Z');
const view = { titles, now, deskTitle: (id: string) => (id === 'payments' ? '代收货款部' : id) };

describe('a card', () => {
  it.each([
    ['open', opened({ form: { phone: '13800138000', goods: '瓷砖 20 箱' } })],
    ['urgent', opened({ priority: 'urgent', status: 'claimed', owner: LI, waybill: null })],
    ['resolved', opened({ status: 'resolved', owner: LI, resolved_at: '2026-11-23T01:30:00.000Z' })],
  ])('that is %s', (_name, ticket) => {
    expect(cardOf(ticket, view)).toMatchSnapshot();
  });

  it('fits into Slack however much it holds', () => {
    const long = '长'.repeat(5000);
    const form = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`phone_${index}`, '13800138000']));
    const open = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`field_${index}`, long]));
    const shape = cardOf(
      opened({ summary: long, form: { ...form, ...open }, customer: { id: 'u', name: long } }),
      view,
    );
    const blocks = shape.attachments![0]!.blocks;
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const block of blocks) {
      if (block.type !== 'section') continue;
      expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(3000);
      expect(block.fields?.length ?? 0).toBeLessThanOrEqual(10);
      for (const field of block.fields ?? []) expect(field.text.length).toBeLessThanOrEqual(2000);
    }
  });
});

describe('small things', () => {
  it.each([
    ['2026-11-23T02:01:00Z', '还剩 5 分钟'],
    ['2026-11-23T02:29:00Z', '还剩 30 分钟'],
    ['2026-11-23T02:40:00Z', '还剩 1 小时'],
    ['2026-11-23T03:20:00Z', '还剩 1.5 小时'],
    ['2026-11-23T06:30:00Z', '还剩 5 小时'],
    ['2026-11-26T02:00:00Z', '还剩 3 天'],
    ['2026-11-23T01:58:00Z', '已超时不到 5 分钟'],
    ['2026-11-23T00:50:00Z', '已超时 1 小时'],
  ])('a promise of %s reads %s', (promised, words) => {
    expect(countdown(promised, now)).toBe(words);
  });

  it.each([
    ['', { kind: 'help', unknown: null }],
    ['新建', { kind: 'new', summary: '' }],
    ['新建 客户来电，要改地址', { kind: 'new', summary: '客户来电，要改地址' }],
    ['查 12345678', { kind: 'find', query: '12345678' }],
    ['查１２３４５６７８', { kind: 'find', query: '12345678' }],
    ['12345678', { kind: 'find', query: '12345678' }],
    ['T-1024', { kind: 'show', id: 'T-1024' }],
    ['t1024', { kind: 'show', id: 'T-1024' }],
    ['查 T-1024', { kind: 'show', id: 'T-1024' }],
    ['我的', { kind: 'mine' }],
    ['讲个笑话', { kind: 'help', unknown: '讲个笑话' }],
  ])('/ticket %j is understood', (typed, command) => {
    expect(readTicketCommand(typed)).toEqual(command);
  });

  it('/kf is understood', () => {
    expect(['状态', ' 帮助 ', 'x'].map(readDeskCommand)).toEqual([
      { kind: 'status' },
      { kind: 'help', unknown: null },
      { kind: 'help', unknown: 'x' },
    ]);
  });

  it('words are cut at lines where they can be, and nothing is lost', () => {
    const text = `${'甲'.repeat(70)}\n${'乙'.repeat(70)}\n😀${'丙'.repeat(300)}`;
    const cut = pieces(text, 100);
    expect(cut.join('')).toBe(text);
    expect(cut[0]).toBe(`${'甲'.repeat(70)}\n`);
    for (const piece of cut) expect([...piece].length).toBeLessThanOrEqual(100);
  });

  it('words are escaped so that they read the same', () => {
    expect(escape('a<b>&amp; \u202e<!here>')).toBe('a&lt;b&gt;&amp;amp; &lt;!here&gt;');
  });

  it('figures count the day', () => {
    const yesterday = '2026-11-21T02:00:00.000Z';
    const at = now.toISOString();
    const tickets = [
      opened({ promised_at: yesterday }),
      opened({ opened_at: yesterday, status: 'waiting', owner: LI, promised_at: yesterday }),
      opened({ opened_at: yesterday, status: 'resolved', resolved_at: at }),
    ];
    expect(figuresOf(tickets, now)).toEqual({ openedToday: 1, resolvedToday: 1, unclaimed: 1, inHand: 1, late: 1 });
  });
});
