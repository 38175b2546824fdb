/** Chinese and Arabic numerals as customers write them. Input is half-width and simplified. */

const DIGITS: Readonly<Record<string, number>> = {
  ...Object.fromEntries([...'零一二三四五六七八九'].map((digit, value) => [digit, value])),
  ...Object.fromEntries([...'〇壹贰叁肆伍陆柒捌玖'].map((digit, value) => [digit, value])),
  ...{ 幺: 1, 两: 2, 俩: 2, 仨: 3, '○': 0 },
};
const UNITS: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 };
const MYRIADS: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000 };

/** The characters of a run of Chinese digits read one by one, for a character class. */
export const DIGIT_CHARACTERS = '〇○零幺一二两三四五六七八九';
const NUMERAL_CHARACTERS = `${DIGIT_CHARACTERS}俩仨壹贰叁肆伍陆柒捌玖十拾百佰千仟万亿`;

/** Source of a pattern for a number: `1,234.50`, `1.5万`, `3千5`, `三万二`, `十五`, `三点五`, `半`. No groups. */
export const NUMBER =
  `(?:(?<![\\d.])(?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d+)(?:\\.\\d+)?(?:[百千万](?:\\d(?![\\d.]))?)?` +
  `|(?<![${NUMERAL_CHARACTERS}])[${NUMERAL_CHARACTERS}]+(?:点[${DIGIT_CHARACTERS}]+)?[百千万]?|半)`;

/** The value of what NUMBER matched; null where the characters make no number (`百万千`, `一二十`). */
export function parseNumber(text: string): number | null {
  if (text === '半') return 0.5;
  const arabic = /^([\d,]+(?:\.\d+)?)([百千万]?)(\d?)$/.exec(text);
  if (arabic) {
    const [, digits = '', unit = '', rest = ''] = arabic;
    const factor = UNITS[unit] ?? MYRIADS[unit] ?? 1;
    return round(Number(digits.replaceAll(',', '')) * factor + (Number(rest) * factor) / 10);
  }
  const [whole = '', fraction, more] = text.split('点');
  if (more !== undefined) return null;
  if (fraction === undefined) return parseWhole(whole);
  const scaled = /^(.+?)([百千万]?)$/.exec(fraction);
  const digits = parseDigits(scaled?.[1] ?? '');
  const before = parseWhole(whole);
  if (digits === null || before === null) return null;
  return round(Number(`${before}.${digits}`) * (UNITS[scaled?.[2] ?? ''] ?? MYRIADS[scaled?.[2] ?? ''] ?? 1));
}

/** `幺二三〇` -> `1230`; null where a character is no digit. */
export function parseDigits(text: string): string | null {
  let digits = '';
  for (const character of text) {
    const digit = DIGITS[character] ?? (/^\d$/.test(character) ? Number(character) : undefined);
    if (digit === undefined) return null;
    digits += digit;
  }
  return digits === '' ? null : digits;
}

/** `一万零五十`, `两千五` (2500), `三万二` (32000), `百八十` (180), `十五`. */
function parseWhole(text: string): number | null {
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  let lastUnit = 1;
  let zero = false;
  for (const character of text) {
    const value = DIGITS[character];
    const unit = UNITS[character];
    const myriad = MYRIADS[character];
    if (value !== undefined) {
      if (value === 0) {
        if (digit !== null) return null;
        zero = true;
        lastUnit = 1;
      } else if (digit !== null) return null;
      else digit = value;
    } else if (unit !== undefined) {
      if (digit === null && section > 0 && !zero) return null;
      section += (digit ?? 1) * unit;
      digit = null;
      zero = false;
      lastUnit = unit;
    } else if (myriad !== undefined) {
      const value = section + (digit ?? 0);
      if (value === 0 && total === 0) return null;
      total = myriad > total ? (total + value) * myriad : total + value * myriad;
      section = 0;
      digit = null;
      zero = false;
      lastUnit = myriad;
    } else return null;
  }
  if (digit !== null) section += lastUnit >= 100 ? (digit * lastUnit) / 10 : digit;
  else if (text === '' || (total === 0 && section === 0 && !/^[零〇○]$/.test(text))) return null;
  return total + section;
}

/** Floats without the dust of binary fractions. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
