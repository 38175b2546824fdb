import { describe, expect, it } from 'vitest';
import { calling, mentionedIn, withoutMentions } from '../../../src/channels/wechat/mention.ts';
import { quotingOf } from '../../../src/channels/wechat/quote.ts';

const bot = { id: 'bot', name: '应声客服', alias: '小应' };
const mei = { id: 'mei', name: '应声客服小梅' };
const odd = { id: 'odd', name: 'A.B(c)+🐟' };

describe('whom a text calls', () => {
  it.each([
    ['@小应\u2005在吗', ['bot']],
    ['@小应 在吗', ['bot']],
    ['@小应在吗', ['bot']],
    ['＠应声客服　在吗', ['bot']],
    ['在吗@小应', ['bot']],
    ['@应声客服小梅 在吗', ['mei']],
    ['@应声客服小梅 @应声客服 在吗', ['mei', 'bot']],
    ['@A.B(c)+🐟\u2005你好', ['odd']],
    ['小应在吗', []],
    ['发到xiaoying@小梅', []],
  ])('%s', (text, ids) => {
    expect(mentionedIn(text, [bot, mei, odd]).map(({ id }) => id)).toEqual(ids);
  });

  it('leaves the words without the names', () => {
    expect(withoutMentions('@小应\u2005查一下 @应声客服小梅 12345678', [bot, mei])).toBe('查一下  12345678');
  });

  it('calls as WeChat does', () => {
    expect(calling('张三')).toBe('@张三\u2005');
  });
});

describe('a quotation', () => {
  it('is told from the new words', () => {
    expect(quotingOf('「张三：我的12345678呢\n急」\n- - - - - - - - - - - - - - -\n在路上了')).toEqual({
      name: '张三',
      quoted: '我的12345678呢\n急',
      text: '在路上了',
    });
  });
  it.each(['「这是引号」不是引用', '「张三：没有横线」\n在路上了', '', '普通的话'])('is not seen in %j', (text) => {
    expect(quotingOf(text)).toBeNull();
  });
});
