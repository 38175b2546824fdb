import { NUMBER, parseNumber } from '../numerals.ts';
import { RANK, matches } from './candidate.ts';
import type { Candidate } from './candidate.ts';

/** 多, 来 and 余 after a number: about. */
const ABOUT = '[多来余]?';
const pattern = (source: string): RegExp => new RegExp(source, 'giu');

/** In kilograms. */
const WEIGHTS: readonly (readonly [RegExp, number])[] = [
  [/^(?:kgs?|kilos?|kilograms?|公斤|千克)$/i, 1],
  [/^(?:市?斤)$/, 0.5],
  [/^(?:吨|t|tons?|tonnes?)$/i, 1000],
  [/^(?:克|g|grams?)$/i, 0.001],
  [/^(?:磅|lbs?|pounds?)$/i, 0.45359237],
];
const WEIGHT = pattern(
  `(${NUMBER})个?${ABOUT} ?(公斤|千克|市?斤|吨|克|磅|(?:kgs?|kilos?|kilograms?|tons?|tonnes?|t|g|grams?|lbs?|pounds?)(?![a-z]))(半)?`,
);

const VOLUME = pattern(
  `(?<!第)(${NUMBER})个?${ABOUT} ?(?:立方米?|方(?![面案式向便法位言针块程])|m3|m\\^3|cbm|cubic met(?:er|re)s?)(半)?(?![a-z\\d])`,
);

/** In metres. */
const LENGTHS: Readonly<Record<string, number>> = {
  mm: 0.001,
  毫米: 0.001,
  cm: 0.01,
  厘米: 0.01,
  公分: 0.01,
  m: 1,
  米: 1,
  公尺: 1,
};
const LENGTH = '(毫米|厘米|公分|米|公尺|mm|cm|m)?';
const SIDE = `(${NUMBER}) ?${LENGTH}`;
const DIMENSIONS = pattern(`${SIDE} ?[x×*乘✕] ?${SIDE} ?[x×*乘✕] ?${SIDE}(?![a-z\\d])`);
const NAMED_DIMENSIONS = pattern(
  `长[度是约:]{0,2} ?${SIDE}[, 、]?宽[度是约:]{0,2} ?${SIDE}[, 、]?高[度是约:]{0,2} ?${SIDE}(?![a-z\\d])`,
);

export function findWeights(text: string): Candidate[] {
  return matches('weight', RANK.measure, text, WEIGHT, ([, number = '', unit = '', half]) => {
    const kilograms = WEIGHTS.find(([name]) => name.test(unit))?.[1] ?? 1;
    const count = parseNumber(number);
    return count === null ? null : exact((count + (half ? 0.5 : 0)) * kilograms);
  });
}

export function findVolumes(text: string): Candidate[] {
  const sides = (match: RegExpExecArray): number | null => boxOf(match.slice(1));
  return [
    ...matches('volume', RANK.measure, text, VOLUME, ([, number = '', half]) => {
      const count = parseNumber(number);
      return count === null ? null : exact(count + (half ? 0.5 : 0));
    }),
    ...matches('volume', RANK.measure, text, DIMENSIONS, sides),
    ...matches('volume', RANK.measure, text, NAMED_DIMENSIONS, sides),
  ];
}

/** `[60, '', 40, '', 50, 'cm']`: a side without a unit has that of the next one that has; none at all is centimetres. */
function boxOf(sides: readonly (string | undefined)[]): number | null {
  let volume = 1;
  let unit: string | undefined;
  for (let i = 4; i >= 0; i -= 2) {
    const length = parseNumber(sides[i] ?? '');
    unit = sides[i + 1]?.toLowerCase() || unit;
    if (length === null || length === 0) return null;
    volume *= length * (LENGTHS[unit ?? 'cm'] ?? 0.01);
  }
  return exact(volume);
}

const ENGLISH_NUMBERS = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
/** 个 counts months, hours and people as well. */
const COUNTERS =
  '个(?!多?(?:月|小时|钟|星期|礼拜|周|工作日|人|电话|问题|单号|地方|城市|字|位|意思|半))|件(?!事)|箱|托盘?|票(?!据|号|价)|包(?!裹单|装|含|括|赔|邮)|' +
  '袋|桶|台(?!湾|风|州)|套|只(?!是|有|要|能|会|好|想|收|发)|条(?!消息|信息|短信|路)|卷|捆|板(?!子)|瓶|' +
  '(?:pcs?|pieces?|box(?:es)?|cartons?|packages?|pallets?|parcels?|items?|bags?)(?![a-z])';
const QUANTITY = pattern(`(?<!第)(${NUMBER}) ?(?:大|小|整)?(?:${COUNTERS})`);
const ENGLISH_QUANTITY = pattern(
  `(?<![a-z])(${ENGLISH_NUMBERS.join('|')}) (?:pcs?|pieces?|box(?:es)?|cartons?|packages?|pallets?|parcels?|items?|bags?)(?![a-z])`,
);

export function findQuantities(text: string): Candidate[] {
  return [
    ...matches('quantity', RANK.measure, text, QUANTITY, ([, number = '']) => {
      const count = parseNumber(number);
      return count !== null && Number.isInteger(count) ? count : null;
    }),
    ...matches(
      'quantity',
      RANK.measure,
      text,
      ENGLISH_QUANTITY,
      ([, word = '']) => ENGLISH_NUMBERS.indexOf(word.toLowerCase()) + 1,
    ),
  ];
}

function exact(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
