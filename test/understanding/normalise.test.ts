import { describe, expect, it } from 'vitest';
import { normalise, toTraditional } from '../../src/understanding/normalise.ts';

const textOf = (raw: string): string => normalise(raw, 200).text;

describe('normalise', () => {
  it.each([
    ['１２３４５６７８到哪了？', '12345678到哪了?'],
    ['  \u3000查货\t ', '查货'],
    ['@小应\u2005查货', '@小应 查货'],
    ['1\u200b2\u202e3\u00ad4\u0007', '1234'],
    ['查\ud800货\udfff', '查货'],
    ['第一行\r\n第二行', '第一行\n第二行'],
    ['㎏ m³', 'kg m3'],
    ['請問我的貨款什麼時候到賬', '请问我的货款什么时候到账'],
    ['倉庫著火了', '仓库着火了'],
  ])('makes %j into %j', (raw, text) => expect(textOf(raw)).toBe(text));

  it('keeps astral characters whole at the cap', () => expect(normalise('货😀', 2).text).toBe('货'));

  it('reads at most so many characters, also where NFKC makes one into eighteen', () => {
    expect(normalise('ﷺ'.repeat(100_000), 200).text.length).toBeLessThanOrEqual(200);
    expect(normalise(' '.repeat(100_000), 200).text).toBe('');
    expect(normalise(`${' '.repeat(100_000)}查货`, 200_000).text).toBe('查货');
  });

  it.each([
    ['where is my parcel', 'en'],
    ['hello', 'en'],
    ['我要 COD', 'zh'],
    ['12345678', 'zh'],
    ['200 kg', 'zh'],
    ['ok', 'zh'],
    ['', 'zh'],
  ])('hears that %j is %s', (raw, language) => expect(normalise(raw, 200).language).toBe(language));

  it.each([
    ['貨款什麼時候返', 'hant'],
    ['我的包裹到哪裡了', 'hant'],
    ['货款什么时候返', 'hans'],
    ['12345678', 'hans'],
    ['查一下我發的货到了没有,单号稍后给你们,谢谢', 'hans'],
  ])('sees that %j is %s', (raw, script) => expect(normalise(raw, 200).script).toBe(script));
});

describe('toTraditional', () => {
  it('writes an answer in Traditional characters and leaves the rest', () => {
    expect(toTraditional('您的货款12,000元后天到账,请放心')).toBe('您的貨款12,000元後天到賬,請放心');
    expect(toTraditional('Hello 123')).toBe('Hello 123');
  });
});
