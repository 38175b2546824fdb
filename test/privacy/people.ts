import type { Chance } from './chance.ts';
import { open, secret, type Piece } from './disguises.ts';
import * as words from './words.ts';

export function personName(chance: Chance): string {
  return chance.of(words.SURNAMES) + chance.of(words.GIVEN);
}

type Say = (chance: Chance) => Piece[];

const WARM = ['，麻烦快点', '。', '，谢谢', '', '，单号稍后发您'];
const TRADITIONAL: Readonly<Record<string, string>> = {
  陈: '陳',
  刘: '劉',
  张: '張',
  杨: '楊',
  赵: '趙',
  黄: '黃',
  吴: '吳',
  孙: '孫',
  马: '馬',
  罗: '羅',
  郑: '鄭',
  谢: '謝',
  韩: '韓',
  冯: '馮',
  许: '許',
  邓: '鄧',
  蒋: '蔣',
  叶: '葉',
  卢: '盧',
  钟: '鍾',
};

/** 15 ways in which people are named. */
export const NAME_DISGUISES: Readonly<Record<string, Say>> = {
  '收件人:': (c) => [
    open(c.of(['收件人：', '收货人:', '寄件人 ', '联系人：', '姓名:', '户名：', '发货人是'])),
    secret(personName(c)),
    open(c.of(WARM)),
  ],
  叫: (c) => [
    open(c.of(['我叫', '收货的人叫', '他叫', '名字叫'])),
    secret(personName(c)),
    open(c.of(['，帮查一下', '的那票', '', '。'])),
  ],
  '先生 女士': (c) => [
    open(c.of(['请联系', '我是', '转给', '收货的是'])),
    secret(c.of([personName(c), c.of(words.SURNAMES)])),
    open(c.of(['先生', '女士', '小姐', '老师', '经理']) + c.of(WARM)),
  ],
  '姐 哥 老板': (c) => [
    open(c.of(['请联系', '交给', '，', '麻烦通知'])),
    secret(c.of(words.SURNAMES)),
    open(c.of(['姐', '老板', '哥', '总', '师傅']) + c.of(['收', '，谢谢', '。'])),
  ],
  'beside a phone': (c) => [
    secret(personName(c)),
    open(c.of([' ', '，', '\n', '  '])),
    secret(`1${c.of('3589')}${c.digits(9)}`),
  ],
  'behind a phone': (c) => [
    secret(`1${c.of('3589')}${c.digits(9)}`),
    open(c.of([' ', '，', '\n'])),
    secret(personName(c)),
    open(c.of(['', '，麻烦了'])),
  ],
  'letter by letter': (c) => [
    open(c.of(['收件人：', '我叫', '联系人 '])),
    secret([...personName(c)].join(c.of([' ', '.', '-', '*']))),
    open(c.of(['，谢谢', ''])),
  ],
  'zero-width in names': (c) => [open('收件人：'), secret([...personName(c)].join('\u200b')), open(c.of(WARM))],
  'names in Traditional': (c) => [
    open(c.of(['收件人：', '我叫', '聯絡人：'])),
    secret(c.of(Object.values(TRADITIONAL)) + c.of(words.GIVEN)),
    open(c.of(['，謝謝', ''])),
  ],
  'names of minorities': (c) => [
    open(c.of(['收件人：', '我叫', '联系人:'])),
    secret(c.of(words.MINORITY)),
    open(c.of(WARM)),
  ],
  'double surnames': (c) => [
    open(c.of(['收件人：', '我叫', '请找'])),
    secret(c.of(words.DOUBLE_SURNAMES) + c.of(words.GIVEN)),
    open(c.of(['，谢谢', '先生', ''])),
  ],
  我是: (c) => [
    open(c.of(['我是', '您好我是', '我这边是本人，我是'])),
    secret(personName(c)),
    open(c.of(['，货到了吗', '。', ''])),
  ],
  'names run on': (c) => [
    open(c.of(['收件人', '收货人是', '联系人'])),
    secret(personName(c)),
    open(c.of(['电话', '手机', '地址'])),
    open('改了'),
  ],
  免贵姓: (c) => [
    open(c.of(['我姓', '免贵姓', '姓'])),
    secret(c.of(words.SURNAMES)),
    open(c.of(['，帮我看看', '。', ''])),
  ],
  'English names': (c) => [
    open(c.of(['My name is ', 'Receiver: ', 'Attn: ', 'This is ', 'Mr. ', 'please contact Ms '])),
    secret(`${c.of(words.ENGLISH_FIRST)} ${c.of(words.ENGLISH_LAST)}`),
    open(c.of([', thanks', '.', ', where is my parcel'])),
  ],
};

const HAN_NUMBERS = ['一', '三', '六', '八', '十', '十二', '十八', '二十三', '三十六'];
const area = (c: Chance): string => c.of(words.AREAS).join('');
const door = (c: Chance): string =>
  c.of([
    `${c.below(300) + 1}号`,
    `${c.below(200) + 1}号${c.below(30) + 1}栋${c.below(5) + 1}单元${c.below(900) + 101}室`,
    `${c.below(99) + 1}号院${c.below(20) + 1}号楼${c.below(2000) + 101}`,
    `${c.below(99) + 1}号${c.below(30) + 1}幢${c.below(900) + 101}`,
  ]);
const block = (c: Chance): string =>
  c.of([
    `${c.below(30) + 1}栋${c.below(4) + 1}单元${c.below(900) + 101}`,
    `${c.below(30) + 1}号楼${c.below(900) + 101}室`,
    `${c.of('ABCD')}座${c.below(2000) + 101}`,
    `${c.below(30) + 1}幢${c.below(4) + 1}单元${c.below(900) + 101}室`,
  ]);
const TO = ['收货地址：', '送到', '地址改成', '寄到', '我住', '地址是', '请派送到'];
const place = (text: string, c: Chance): Piece[] => [
  open(c.of(TO)),
  secret(text),
  open(c.of(['，谢谢', '。', '', '，到了打电话'])),
];

/** 14 ways in which people write where they are. */
export const ADDRESS_DISGUISES: Readonly<Record<string, Say>> = {
  'with 省市区': (c) => place(area(c) + c.of(words.ROADS) + door(c), c),
  'without 省市区': (c) => place(c.of(words.ROADS) + door(c), c),
  'district only': (c) => place(c.of(words.AREAS)[2] + c.of(words.ROADS) + door(c), c),
  '弄 号 室': (c) =>
    place(
      `${c.of(['', '上海市'])}${c.of(words.ROADS)}${c.below(900) + 1}弄${c.below(90) + 1}号${c.below(900) + 101}室`,
      c,
    ),
  estate: (c) => place(c.of(words.ESTATES) + block(c), c),
  'road and estate': (c) =>
    place(area(c) + c.of(words.ROADS) + `${c.below(300) + 1}号` + c.of(words.ESTATES) + block(c), c),
  village: (c) =>
    place(area(c) + c.of(words.TOWNS) + c.of(words.VILLAGES) + `${c.below(12) + 1}组${c.below(90) + 1}号`, c),
  'district and town without number': (c) => place(area(c) + c.of(words.TOWNS) + c.of(words.VILLAGES), c),
  'spaces in addresses': (c) =>
    place(`${area(c)} ${c.of(words.ROADS)} ${c.below(300) + 1}号 ${c.below(30) + 1}栋 ${c.below(900) + 101}室`, c),
  'full-width numbers': (c) =>
    place(
      (c.of(words.ROADS) + door(c)).replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0)),
      c,
    ),
  'Chinese numbers': (c) =>
    place(`${c.of(words.ROADS)}${c.of(HAN_NUMBERS)}号${c.of(['', `${c.of(HAN_NUMBERS)}单元`])}`, c),
  'addresses in Traditional': (c) =>
    place(`${c.of(words.ROADS)}${c.below(300) + 1}號${c.below(20) + 1}樓${c.below(900) + 101}室`, c),
  'dashes for units': (c) =>
    place(`${c.of(words.ESTATES)}${c.below(30) + 1}栋-${c.below(4) + 1}-${c.below(900) + 101}`, c),
  'zero-width in addresses': (c) => place([...(c.of(words.ROADS) + door(c))].join('\u200b'), c),
  'English addresses': (c) => [
    open(c.of(['My address is ', 'Deliver to ', 'Address: '])),
    secret(
      `${c.of([`Room ${c.below(900) + 101}, `, '', `Building ${c.below(20) + 1}, `])}${c.of(['No. ', ''])}${c.below(900) + 1} ${c.of(words.ENGLISH_ROADS)}`,
    ),
    open(c.of([', thanks', '.', `, ${c.of(words.ENGLISH_DISTRICTS)}`])),
  ],
};
