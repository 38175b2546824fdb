import { maskText } from '../../src/core/privacy/mask.ts';
import type { PrivateKind } from '../../src/core/privacy/find.ts';
import { chance, type Chance } from './chance.ts';
import { NUMBER_DISGUISES, open, PHONE_DISGUISES, secret, type Disguise, type Piece } from './disguises.ts';
import { ADDRESS_DISGUISES, NAME_DISGUISES } from './people.ts';

/** A message, with what must be hidden in it and the waybill that must not. */
export interface Sample {
  readonly kind: PrivateKind;
  readonly disguise: string;
  readonly pieces: readonly Piece[];
  readonly waybill: string | null;
}

type Make = (chance: Chance) => Piece[];
interface Recipe {
  readonly kind: PrivateKind;
  readonly disguise: string;
  readonly make: Make;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const AREA_NUMBERS = [
  '110101',
  '310104',
  '330782',
  '440306',
  '510107',
  '371302',
  '420111',
  '610113',
  '210106',
  '530111',
];

function phone(c: Chance): string[] {
  return [`1${c.of('3456789')}${c.digits(1)}`, c.digits(4), c.digits(4)];
}
function identity(c: Chance): string[] {
  const two = (n: number): string => String(n).padStart(2, '0');
  const born = `${c.of(['19', '20'])}`;
  const year = born === '19' ? `19${50 + c.below(50)}` : `200${c.below(10)}`;
  const body = `${c.of(AREA_NUMBERS)}${year}${two(1 + c.below(12))}${two(1 + c.below(28))}${c.digits(3)}`;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  const number = body + ('10X98765432'[sum % 11] ?? '');
  return [number.slice(0, 6), number.slice(6, 14), number.slice(14)];
}
function card(c: Chance): string[] {
  const length = c.of(['16', '19']) === '16' ? 16 : 19;
  const body = c.of(['622202', '621700', '622848', '436742', '955880', '625912']) + c.digits(length - 7);
  const sum = [...body].reverse().reduce((total, digit, i) => {
    const value = i % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  const number = body + String((10 - (sum % 10)) % 10);
  return number.match(/.{1,4}/g) ?? [];
}

const LEAD: Readonly<Record<string, readonly string[]>> = {
  phone: ['我电话', '打我', '手机号是', '联系', '加我 ', '号码：', ''],
  id: ['身份证', '我的身份证号是', '证件号：', ''],
  account: ['卡号', '打到我卡上 ', '银行卡：', '账号是', ''],
};
const TAIL = ['', '，谢谢', '。', '，麻烦回电', '，急'];

const numbers = (
  kind: PrivateKind,
  groups: (c: Chance) => string[],
  disguises: Readonly<Record<string, Disguise>>,
): Recipe[] =>
  Object.entries(disguises).map(([disguise, write]) => ({
    kind,
    disguise,
    make: (c) => [open(c.of(LEAD[kind] ?? [])), ...write(groups(c), c), open(c.of(TAIL))],
  }));
const said = (kind: PrivateKind, disguises: Readonly<Record<string, Make>>): Recipe[] =>
  Object.entries(disguises).map(([disguise, make]) => ({ kind, disguise, make }));

export const RECIPES: readonly Recipe[] = [
  ...numbers('phone', phone, { ...NUMBER_DISGUISES, ...PHONE_DISGUISES }),
  ...numbers('id', identity, NUMBER_DISGUISES),
  ...numbers('account', card, NUMBER_DISGUISES),
  ...said('name', NAME_DISGUISES),
  ...said('address', ADDRESS_DISGUISES),
];
export const DISGUISES: ReadonlySet<string> = new Set(RECIPES.map(({ disguise }) => disguise));

/** The shape the shipped policies give. */
const waybillNumber = (c: Chance): string => `${1 + c.below(9)}${c.digits(7)}`;
const WITH_WAYBILL = [
  (w: Piece) => [open('单号'), w, open('，')],
  (w: Piece) => [w, open('这票货到哪了？')],
  (w: Piece) => [open('帮我查下 '), w, open(' ')],
  (w: Piece) => [open('我的'), w, open('单号的货款还没收到，')],
  (w: Piece) => [open('运单号：'), w, open('\n')],
];

/** `count` messages, every recipe equally often; the same for the same seed. */
export function* corpus(count: number, seed: number): Generator<Sample> {
  const c = chance(seed);
  for (let i = 0; i < count; i++) {
    const recipe = RECIPES[i % RECIPES.length]!;
    const pieces = recipe.make(c);
    const waybill = c.below(2) === 0 ? waybillNumber(c) : null;
    if (waybill === null) yield { ...recipe, pieces, waybill };
    else {
      const about = WITH_WAYBILL[c.below(WITH_WAYBILL.length)]!(open(waybill));
      yield {
        ...recipe,
        pieces: c.below(3) === 0 ? [...pieces, open('，'), ...about] : [...about, ...pieces],
        waybill,
      };
    }
  }
}

/** Messages without anything private in them. */
export function* harmless(count: number, seed: number): Generator<{ readonly kind: string; readonly text: string }> {
  const c = chance(seed);
  const two = (n: number): string => String(n).padStart(2, '0');
  const makers: readonly (readonly [string, () => string])[] = [
    [
      'waybill',
      () =>
        c.of(['', '查 ', '单号', '运单号：', '我的', '帮看看']) +
        waybillNumber(c) +
        c.of(['', '到哪了', '的货款', '单号的货', ' 谢谢', '怎么还没到']),
    ],
    [
      'waybills',
      () =>
        Array.from({ length: 2 + c.below(3) }, () => waybillNumber(c)).join(c.of([' ', '、', '，', '\n', ' 和 ', '/'])),
    ],
    [
      'waybill full-width',
      () => `单号${waybillNumber(c).replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0))}`,
    ],
    ['waybill and tail', () => `${waybillNumber(c)} 尾号${c.digits(4)}`],
    ['waybill and date', () => `${waybillNumber(c)} 2026-${two(1 + c.below(12))}-${two(1 + c.below(28))} 发的`],
    [
      'date',
      () =>
        `${c.of(['昨天', '我', ''])}2026${c.of(['-', '/', '.', '年'])}${1 + c.below(12)}${c.of(['-', '/', '.', '月'])}${1 + c.below(28)}${c.of(['发货', ' 到的', '签收'])}`,
    ],
    [
      'time',
      () =>
        `2026-11-${two(1 + c.below(28))} ${two(c.below(24))}:${two(c.below(60))}:${two(c.below(60))} 到货，${1 + c.below(12)}点${c.below(60)}分来提`,
    ],
    [
      'price',
      () =>
        `货款${c.of(['', '¥', '是'])}${c.below(50_000)}.${c.digits(2)}元，运费${c.below(900)}块，${1 + c.below(40)}件${c.below(3000)}公斤`,
    ],
    ['big price', () => `总共${1 + c.below(99)},${c.digits(3)},${c.digits(3)}.00元，代收${c.digits(5)}元`],
    ['ticket', () => `工单 T-${1000 + c.below(90_000)} 处理到哪了，工号${8000 + c.below(99)}`],
    [
      'goods',
      () =>
        `${1 + c.below(50)}件 ${c.below(3000)}kg ${1 + c.below(9)}.${c.digits(1)}方 ${100 + c.below(900)}*${100 + c.below(900)}*${100 + c.below(900)}mm`,
    ],
    [
      'talk',
      () =>
        c.of([
          '您好，请问几点下班',
          '到成都200公斤多少钱',
          '叫车的话要多久',
          '师傅几点来提货',
          '我是老客户了，能便宜点吗',
          '收件人不在家怎么办',
          '收货人电话可以改吗',
          '能送到村里吗',
          '3号楼那边能送上门吗',
          '网点在人民南路哪里',
        ]),
    ],
  ];
  for (let i = 0; i < count; i++) {
    const [kind, make] = makers[i % makers.length]!;
    yield { kind, text: make() };
  }
}

/** Whether everything secret is covered, and whether the waybill stands as it was. Signs inside a secret do not tell anything. */
export function judge({ pieces, waybill }: Sample): {
  readonly hidden: boolean;
  readonly waybillKept: boolean;
  readonly shown: string;
} {
  const text = pieces.map((piece) => piece.text).join('');
  const masked = maskText(text);
  const covered = new Uint8Array(text.length);
  let [from, to] = [0, 0];
  for (const { start, end, value } of masked.hidden) {
    from += start - to;
    covered.fill(1, from, from + value.length);
    from += value.length;
    to = end;
  }
  let at = 0;
  let hidden = true;
  let kept = true;
  for (const piece of pieces) {
    for (let i = 0; i < piece.text.length; i++) {
      const tells = /[\p{L}\p{N}]/u.test(String.fromCodePoint(piece.text.codePointAt(i) ?? 0));
      if (piece.secret && tells && covered[at + i] === 0) hidden = false;
    }
    if (piece.text === waybill && covered.subarray(at, at + piece.text.length).some((one) => one === 1)) kept = false;
    at += piece.text.length;
  }
  return { hidden, waybillKept: kept, shown: masked.text };
}

export { secret };
