import { describe, expect, it } from 'vitest';
import { parseDigits, parseNumber } from '../../src/understanding/numerals.ts';

describe('parseNumber', () => {
  it.each([
    ['一百二十三', 123],
    ['两千五', 2500],
    ['三万二', 32_000],
    ['一万零五十', 10_050],
    ['三千零五', 3005],
    ['十五', 15],
    ['百八十', 180],
    ['十万', 100_000],
    ['三亿零五万', 300_050_000],
    ['半', 0.5],
    ['三点五', 3.5],
    ['一点二万', 12_000],
    ['零', 0],
    ['1,234.50', 1234.5],
    ['1.5万', 15_000],
    ['3千5', 3500],
    ['1万2', 12_000],
  ])('reads %s as %d', (text, value) => expect(parseNumber(text)).toBe(value));

  it.each(['万一', '一二三', '十十', '', '三点', '你好'])('finds no number in "%s"', (text) =>
    expect(parseNumber(text)).toBeNull(),
  );
});

describe('parseDigits', () => {
  it('reads digits one by one, 幺 as 1', () => expect(parseDigits('幺零〇八两')).toBe('10082'));
  it('refuses units', () => expect(parseDigits('一百')).toBeNull());
});
