import { describe, expect, it } from 'vitest';
import { readMessage } from '../../src/channels/wechat/reading.ts';
import type { RawMessage } from '../../src/channels/wechat/wire.ts';
import { wordsOf } from '../desks/slack/far-side.ts';
import { openSlackDesk } from '../desks/slack/setup.ts';
import { POSTED } from './posted.ts';
import { VECTORS } from './vectors.ts';

const LIMIT = 2000;
const texts = [
  ...VECTORS,
  ...POSTED.flatMap(({ body }) => {
    const { text } = (typeof body === 'object' && body !== null ? body : {}) as { text?: unknown };
    return typeof text === 'string' ? [text] : [];
  }),
];
const self = { id: 'wxid_us', name: '应声' };
const known = { self, names: ['小应'], isColleague: () => false };
const said = (text: string, more: Partial<RawMessage> = {}): RawMessage => ({
  id: 'm',
  at: 1,
  talker: { id: 'wxid_a', name: text.slice(0, 100), service: false },
  room: { id: 'r@chatroom', topic: text.slice(0, 100), self },
  text,
  mentions: [],
  named: [{ id: 'wxid_b', name: text.slice(0, 10), alias: '$&(.*' }],
  ...more,
});

describe('absurd words in WeChat', () => {
  it('are read as words that fit, whoever they call or quote', () => {
    expect(texts.length).toBeGreaterThan(500);
    for (const text of texts) {
      for (const raw of [
        said(text),
        said(`@应声 ${text}`),
        said(`「${text}：${text}」\n- - - - - -\n${text}`),
        said(text, { room: null }),
      ]) {
        const { text: words, context } = readMessage(raw, known, LIMIT);
        for (const kept of [words, context.quoted ?? '']) {
          expect(kept.normalize('NFKC').length).toBeLessThanOrEqual(LIMIT);
          expect(kept.isWellFormed()).toBe(true);
        }
      }
    }
  });
});

describe('edited cards in Slack, from somebody who is no agent', () => {
  const ACTS = ['claim', 'reply', 'transfer', 'note', 'nudge', 'resolve', 'reopen', 'takeback', 'reveal', 'open'];
  it('read nothing of the ticket and change nothing', async () => {
    const desk = await openSlackDesk();
    const { id } = await desk.floor.open({
      summary: '货款超期，金额86,420.00元，请回电13977778888',
      form: { goods: '翠鸟标本', phone: '13977779999' },
    });
    await desk.settle();
    const before = await desk.store.ticket(id);
    const views = desk.far.views.length;
    const answers: string[] = [];
    for (const act of ACTS)
      for (const value of [
        id,
        `${id}|summary`,
        `${id}|form.goods`,
        `${id}|customer.name`,
        `${id}|transcript.1`,
        '__proto__',
        '',
        `${id}|`,
        'T-99',
      ])
        await desk.far.press('USTRANGER', `ticket.${act}`, value);
    for (const words of [id, '查 12345678', '查 货款', '查 86', '我的', '新建 x', '查 翠鸟'])
      for (const one of await desk.far.command('USTRANGER', '/ticket', words)) answers.push(wordsOf(one));
    await desk.far.home('USTRANGER');
    await desk.settle();
    answers.push(...desk.far.toldTo('USTRANGER'), wordsOf({ blocks: desk.far.views.slice(views) }));
    expect(answers.length).toBeGreaterThan(50);
    expect(answers.join('\n')).not.toMatch(/86,?420|翠鸟标本|139|韩梅梅/);
    expect(await desk.store.ticket(id)).toEqual(before);
  });
});
