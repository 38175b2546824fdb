import type { Dice } from './dice.ts';
import * as lists from './lists.ts';

/** Which part of the lists of people and places may be used; `odd` and `even` share no word. */
export type Half = 'all' | 'odd' | 'even';
export interface Part {
  readonly text: string;
  /** Must not be readable afterwards. */
  readonly secret: boolean;
}

const cut = <T>(words: readonly T[], half: Half): T[] =>
  words.filter((_, at) => half === 'all' || (at % 2 === 1) === (half === 'odd'));

/** A Chinese full name: the family name may stay readable, the given name not. */
export function fullName(dice: Dice, half: Half): Part[] {
  const family = dice.one(cut(dice.often(0.75) ? lists.SURNAMES : lists.RARER_SURNAMES, half));
  return [
    { text: family, secret: false },
    { text: dice.one(cut(lists.GIVEN, half)), secret: true },
  ];
}

export const titled = (dice: Dice, half: Half): Part[] => {
  const name = fullName(dice, half);
  const family = name[0]?.text ?? '';
  const call = dice.one([
    '先生',
    '女士',
    '师傅',
    '经理',
    '老板',
    '小姐',
    '大姐',
    '主管',
    `（${family}姐）`,
    `（老${family}）`,
    `，${family}总`,
    `(${family}师傅)`,
  ]);
  return [...name, { text: call, secret: false }];
};

export const englishName = (dice: Dice, half: Half): Part[] => [
  { text: dice.one(cut(lists.ENGLISH, half)).replace('_', ' '), secret: true },
];

/** Its last word (楼, 室, 号库) says nothing without what stands before it. */
const secret = (...texts: readonly string[]): Part[] =>
  texts.flatMap((text, at) => {
    const unit = at === texts.length - 1 ? (/\D*$/u.exec(text)?.[0] ?? '') : '';
    const parts = [{ text: text.slice(0, text.length - unit.length), secret: true }];
    return unit === '' ? parts : [...parts, { text: unit, secret: false }];
  });

/** An address: province, city and district may stay readable, what leads to a door not. */
export function address(dice: Dice, half: Half): Part[] {
  const of = (words: readonly string[]): string => dice.one(cut(words, half));
  const to = (limit: number): string => String(1 + dice.below(limit));
  const city = of(lists.CITIES);
  const district = of(lists.DISTRICTS);
  const region = dice.one([
    `${lists.PROVINCE[city] ?? ''}${city}${district}`,
    `${city}${district}`,
    `${city.slice(0, -1)}${district}`,
    district,
    '',
  ]);
  const room = `${to(33)}${dice.one(['01', '02', '03', '05', '12'])}`;
  const road = (): string[] => [of(lists.STREETS), `${to(900)}号`];
  const flat = (): string[] => [
    of(lists.ESTATES),
    `${to(40)}${dice.one(['栋', '幢', '号楼', '座'])}`,
    ...(dice.often(0.5) ? [`${to(4)}单元`] : []),
    `${room}${dice.one(['室', '', '房', '户'])}`,
  ];
  const detail = dice.one<() => string[]>([
    () => [...road(), ...flat()],
    flat,
    road,
    () => [...road(), `${to(9)}楼`],
    () => [of(lists.VILLAGES), `${to(20)}组`, `${to(200)}号`],
    () => [`${of(lists.STREETS)}与${of(lists.STREETS)}交叉口`, of(lists.ESTATES), `${to(30)}栋`, `${room}`],
    () => [of(lists.PARKS), `${dice.one(['A', 'B', 'C', 'D'])}区`, `${to(12)}号库`],
    () => [of(lists.PARKS), `${to(20)}栋`, `${to(6)}楼`],
    () => [of(lists.MARKETS), `${to(5)}区`, `${to(6)}楼`, `${to(9000)}号店铺`],
    () => [of(lists.MARKETS), `${dice.one(['A', 'B', 'C'])}${to(300)}档`],
  ])();
  return [...(region === '' ? [] : [{ text: region, secret: false }]), ...secret(...detail)];
}

/** A phone's groups of digits as people read them out. */
export const phone = (dice: Dice): string[] =>
  dice.often(0.8)
    ? [
        dice.one('131 135 138 139 147 150 152 158 159 166 173 176 177 180 185 186 189 191 198 199'.split(' ')),
        dice.digits(4),
        dice.digits(4),
      ]
    : dice.one([
        () => [
          dice.one(['010', '020', '021', '028', '0755', '0571', '0579']),
          `${dice.one(['2', '5', '6', '8'])}${dice.digits(3)}`,
          dice.digits(4),
        ],
        () => ['400', dice.digits(3), dice.digits(4)],
      ])();

/** An identity number with its right check character, as groups. */
export function identity(dice: Dice): string[] {
  const two = (most: number): string => String(1 + dice.below(most)).padStart(2, '0');
  const place = `${dice.one(['44', '33', '32', '51', '42', '35', '37', '41'])}${two(18)}${two(25)}`;
  const born = `${String(1950 + dice.below(56))}${two(12)}${two(28)}`;
  const body = `${place}${born}${dice.digits(3)}`;
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (2 ** (17 - at) % 11), 0);
  return [place, born, `${body.slice(14)}${'10X98765432'[sum % 11] ?? ''}`];
}

/** A bank card of 16 to 19 digits with its right check digit (Luhn), as groups of four. */
export function card(dice: Dice): string[] {
  const size = dice.one([16, 16, 18, 19, 19]);
  const body = `${dice.one(['621700', '622848', '622202', '625912', '436742', '623058'])}${dice.digits(size - 7)}`;
  const sum = [...body].reverse().reduce((total, digit, at) => {
    const worth = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (worth > 9 ? worth - 9 : worth);
  }, 0);
  return `${body}${String((10 - (sum % 10)) % 10)}`.match(/.{1,4}/gu) ?? [];
}
