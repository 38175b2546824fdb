import { describe, expect, it } from 'vitest';
import { kindsIn } from '../../src/understanding/kindred.ts';
import { learn } from '../../src/understanding/learn.ts';
import { createRecogniser } from '../../src/understanding/recogniser.ts';

describe('kindsIn', () => {
  it.each([
    ['赔钱', ['赔']],
    ['怎么索赔', ['赔']],
    ['明天会下雨吗', ['明天', '天气']],
    ['the weather', []],
    ['', []],
  ])('of %j are %j', (text, kinds) => expect([...kindsIn(text)]).toEqual(kinds));

  it('reads the longest word, and nothing twice', () => {
    expect([...kindsIn('开会')]).toEqual(['会议']);
    expect([...kindsIn('打开')]).toEqual(['打开']);
  });
});

it('lets a few examples stand for words that none of them has', () => {
  const examples = new Map([
    ['weather', ['今天天气好吗', '外面冷不冷', '要不要带雨伞']],
    ['music', ['来一首周杰伦', '我想听歌', '换个歌单']],
  ]);
  const { recognise } = createRecogniser(learn(examples, [], false));
  const best = (text: string): string | undefined => recognise(text)[0]?.intent;
  expect(best('台风几级')).toBe('weather');
  expect(best('有没有爵士')).toBe('music');
});
