import { describe, expect, it } from 'vitest';
import { isPrivate } from '../../../src/channels/wechat/private-words.ts';

describe('words of an agent that belong in the own chat', () => {
  it.each([
    '收件人是张伟，电话13812345678',
    '货款3860元，昨天打到尾号8642的卡上',
    '￥1,980.50 已经返了',
    '送到3号楼2单元501室了',
    '请打 0571-87654321',
    '电话１３８１２３４５６７８',
  ])('%s', (text) => expect(isPrivate(text)).toBe(true));
  it.each([
    '12345678这票明天到，请您留意',
    '好的，我来查，稍等',
    '明天10:00之前给您答复',
    '西安未央网点8点半上班',
    '这票一共3件',
  ])('not: %s', (text) => expect(isPrivate(text)).toBe(false));
});
