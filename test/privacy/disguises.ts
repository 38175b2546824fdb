import type { Chance } from './chance.ts';

/** A piece of a message: what must be hidden is `secret`. */
export interface Piece {
  readonly text: string;
  readonly secret: boolean;
}
export const secret = (text: string): Piece => ({ text, secret: true });
export const open = (text: string): Piece => ({ text, secret: false });

/** A number of groups of digits -> how somebody writes it. */
export type Disguise = (groups: readonly string[], chance: Chance) => Piece[];

const mapped =
  (signs: string): Disguise =>
  (groups) => [secret(groups.join('').replace(/\d/g, (digit) => [...signs][Number(digit)] ?? digit))];
const joined =
  (...signs: string[]): Disguise =>
  (groups, chance) => [secret(groups.join(chance.of(signs)))];
const each =
  (sign: string): Disguise =>
  (groups) => [secret([...groups.join('')].join(sign))];
const HAN = '零一二三四五六七八九';

/** 28 ways to write a number so that a simple pattern does not see it. */
export const NUMBER_DISGUISES: Readonly<Record<string, Disguise>> = {
  plain: joined(''),
  spaces: joined(' ', '  ', '\u2005', '\u3000'),
  dashes: joined('-', '–', '—', '－'),
  dots: joined('.', '·', '。', '．'),
  'full-width': mapped('０１２３４５６７８９'),
  'Chinese numerals': mapped(HAN),
  '幺 for one': mapped('零幺二三四五六七八九'),
  '〇 for zero': mapped('〇一二三四五六七八九'),
  'numerals of cheques': mapped('零壹贰叁肆伍陆柒捌玖'),
  'Traditional numerals of cheques': mapped('零壹貳參肆伍陸柒捌玖'),
  'numerals of the radio': mapped('洞幺两三四五六拐八勾'),
  mixed: (groups) => [
    secret(groups.map((group, i) => (i % 2 === 0 ? group : group.replace(/\d/g, (d) => HAN[Number(d)] ?? d))).join('')),
  ],
  'mixed digit by digit': (groups, chance) => [
    secret(groups.join('').replace(/\d/g, (d) => (chance.below(3) === 0 ? (HAN[Number(d)] ?? d) : d))),
  ],
  brackets: ([first = '', ...rest], chance) => [
    secret(chance.of([`(${first})`, `（${first}）`, `【${first}】`]) + rest.join('')),
  ],
  'emoji digits': (groups) => [secret(groups.join('').replace(/\d/g, (digit) => `${digit}\ufe0f\u20e3`))],
  'circled digits': mapped('⓪①②③④⑤⑥⑦⑧⑨'),
  'mathematical digits': mapped('𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗'),
  'Arabic-Indic digits': mapped('٠١٢٣٤٥٦٧٨٩'),
  superscripts: mapped('⁰¹²³⁴⁵⁶⁷⁸⁹'),
  'zero-width between': each('\u200b'),
  'bidi marks between': each('\u202d'),
  'soft hyphens': joined('\u00ad'),
  'digit by digit, spaces': each(' '),
  'digit by digit, dashes': each('-'),
  'stars and strokes': joined('*', '/', '|', '_', '~'),
  commas: joined(',', '，', '、'),
  'line breaks': joined('\n'),
  'letters o and l': (groups) => [secret(groups.join('').replace(/0/g, 'o').replace(/1/g, 'l'))],
  'split by words': (groups, chance) => {
    const [first = '', ...rest] = groups;
    const opening = chance.of(['前三位', '开头', '前面是', '']);
    const between = chance.of(['，中间', '然后', '，接着', '再', '，后面是', '杠']);
    const last = chance.of(['，最后四位', '，后面', '，后四位是', '再']);
    return [
      open(groups.length === 3 ? opening : ''),
      secret(first),
      ...rest.flatMap((group, i) => [open(i === rest.length - 1 ? last : between), secret(group)]),
    ];
  },
};
/** Of phones alone. */
export const PHONE_DISGUISES: Readonly<Record<string, Disguise>> = {
  '+86': (groups, chance) => [secret(chance.of(['+86', '+86 ', '86-', '0086', '(+86)', '＋８６ ']) + groups.join(''))],
  'glued to words': (groups) => [open('打我'), secret(groups.join('')), open('一下')],
};
