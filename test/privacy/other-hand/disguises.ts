import type { Dice } from './dice.ts';

/** A written piece of a number; `digit` where it is one of the secret's digits. */
export interface Piece {
  readonly text: string;
  readonly digit: boolean;
}
type Disguise = (groups: readonly string[], dice: Dice) => Piece[];

const show = (text: string): Piece => ({ text, digit: false });
const spell =
  (alphabet: readonly string[]) =>
  (group: string): Piece[] =>
    [...group].map((digit) => ({ text: /\d/.test(digit) ? (alphabet[Number(digit)] ?? digit) : digit, digit: true }));
const plain = spell([...'0123456789']);
const join = (rows: readonly Piece[][], between: string): Piece[] =>
  rows.flatMap((row, at) => (at === 0 || between === '' ? row : [show(between), ...row]));
const singles = (groups: readonly string[]): string[] => [...groups.join('')];

const grouped =
  (between: string, alphabet = plain): Disguise =>
  (groups) =>
    join(groups.map(alphabet), between);
const each =
  (between: string, alphabet = plain): Disguise =>
  (groups) =>
    join(singles(groups).map(alphabet), between);
const around =
  (open: string, close: string): Disguise =>
  (groups) =>
    groups.flatMap((group) => [show(open), ...plain(group), show(close)]);
const whole =
  (open: string, close: string): Disguise =>
  (groups) => [show(open), ...plain(groups.join('')), show(close)];
const words =
  (...between: readonly string[]): Disguise =>
  (groups) =>
    groups.flatMap((group, at) => [
      ...(at === 0 ? [] : [show(between[(at - 1) % between.length] ?? '')]),
      ...plain(group),
    ]);
const row = (first: number, zero = first - 1): string[] =>
  Array.from({ length: 10 }, (_, digit) => String.fromCodePoint(digit === 0 ? zero : first + digit - 1));

const HAN = [...'零一二三四五六七八九'];
const SCRIPTS = {
  wide: row(0xff11, 0xff10),
  han: HAN,
  ring: [...'〇一二三四五六七八九'],
  upper: [...'零壹贰叁肆伍陆柒捌玖'],
  radio: [...'洞幺两三四五六拐八勾'],
  circled: row(0x2460, 0x24ea),
  black: row(0x2776, 0x24ff),
  bracketed: ['0', ...row(0x2474).slice(1)],
  full: ['0', ...row(0x2488).slice(1)],
  keycap: [...'0123456789'].map((digit) => `${digit}\ufe0f\u20e3`),
  above: [...'⁰¹²³⁴⁵⁶⁷⁸⁹'],
  below: row(0x2081, 0x2080),
  bold: row(0x1d7cf, 0x1d7ce),
  arabic: row(0x661, 0x660),
  letters: ['O', 'l', '2', '3', '4', '5', '6', '7', '8', '9'],
  shapes: ['o', 'I', 'Z', '3', '4', 'S', '6', '7', 'B', '9'],
  pinyin: ['ling', 'yao', 'er', 'san', 'si', 'wu', 'liu', 'qi', 'ba', 'jiu'],
  english: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  entity: [...'0123456789'].map((digit) => `&#${String(48 + Number(digit))};`),
  hex: [...'0123456789'].map((digit) => `&#x3${digit};`),
  percent: [...'0123456789'].map((digit) => `%3${digit}`),
  struck: [...'0123456789'].map((digit) => `${digit}\u0336`),
} satisfies Record<string, string[]>;

const patchwork: Disguise = (groups, dice) =>
  groups.flatMap((group) =>
    spell(dice.one([SCRIPTS.wide, SCRIPTS.han, SCRIPTS.upper, SCRIPTS.circled, [...'0123456789']]))(group),
  );
const confetti: Disguise = (groups, dice) =>
  singles(groups).flatMap((digit) =>
    spell(dice.one([SCRIPTS.wide, SCRIPTS.han, SCRIPTS.circled, [...'0123456789']]))(digit),
  );
const pairs: Disguise = (groups) => join((groups.join('').match(/..?/gu) ?? []).map(plain), ' ');

/** Disguises that any number may wear. */
export const FOR_NUMBERS: Readonly<Record<string, Disguise>> = {
  nothing: grouped(''),
  spaces: grouped(' '),
  'a space after each': each(' '),
  pairs: pairs,
  'wide spaces': grouped('\u3000'),
  'thin spaces': each('\u2009'),
  dots: grouped('.'),
  'middle dots after each': each('·'),
  dashes: grouped('-'),
  'long dashes': grouped('——'),
  'dashes after each': each('-'),
  slashes: grouped('/'),
  backslashes: grouped('\\'),
  pipes: grouped('|'),
  underlines: grouped('_'),
  commas: grouped('，'),
  'enumeration commas after each': each('、'),
  'full stops': grouped('。'),
  ellipses: grouped('...'),
  tildes: grouped('~'),
  stars: grouped('*'),
  'plus signs': grouped('+'),
  'equals signs': grouped('='),
  hashes: grouped('#'),
  colons: grouped('：'),
  'round brackets': around('(', ')'),
  'wide brackets': around('（', '）'),
  'lenticular brackets': around('【', '】'),
  'square brackets': around('[', ']'),
  quotes: around('“', '”'),
  'corner quotes': around('「', '」'),
  'Markdown bold': around('**', '**'),
  'Markdown code': around('`', '`'),
  'Markdown struck': around('~~', '~~'),
  'HTML tags': around('<b>', '</b>'),
  'full width': grouped('', spell(SCRIPTS.wide)),
  'full width, spaced': each(' ', spell(SCRIPTS.wide)),
  Chinese: grouped('', spell(SCRIPTS.han)),
  'Chinese with a ring': grouped(' ', spell(SCRIPTS.ring)),
  'Chinese, commas': each('，', spell(SCRIPTS.han)),
  'upper case': grouped('', spell(SCRIPTS.upper)),
  radio: grouped('', spell(SCRIPTS.radio)),
  'radio, spaced': grouped(' ', spell(SCRIPTS.radio)),
  circled: grouped('', spell(SCRIPTS.circled)),
  'black circles': grouped('', spell(SCRIPTS.black)),
  'bracketed digits': grouped('', spell(SCRIPTS.bracketed)),
  'digits with a stop': grouped('', spell(SCRIPTS.full)),
  keycaps: grouped('', spell(SCRIPTS.keycap)),
  superscript: grouped('', spell(SCRIPTS.above)),
  subscript: grouped('', spell(SCRIPTS.below)),
  mathematical: grouped('', spell(SCRIPTS.bold)),
  'Arabic-Indic': grouped('', spell(SCRIPTS.arabic)),
  'letters O and l': grouped('', spell(SCRIPTS.letters)),
  'letters by shape': grouped('', spell(SCRIPTS.shapes)),
  pinyin: each(' ', spell(SCRIPTS.pinyin)),
  'English words': each(' ', spell(SCRIPTS.english)),
  entities: grouped('', spell(SCRIPTS.entity)),
  'hexadecimal entities': grouped('', spell(SCRIPTS.hex)),
  'hard space entities': grouped('&nbsp;'),
  'percent signs': grouped('', spell(SCRIPTS.percent)),
  'struck through': grouped('', spell(SCRIPTS.struck)),
  'zero width': each('\u200b'),
  'word joiners': each('\u2060'),
  'bidi marks': grouped('\u202d'),
  'soft hyphens': each('\u00ad'),
  'line breaks': grouped('\n'),
  'a line each': each('\n'),
  'emoji between': grouped('📞'),
  'emoji after each': each('👉'),
  'a script a group': patchwork,
  'a script a digit': confetti,
  'words: then': words('然后', '再', '最后'),
  'words: followed by': words(' 后面是 ', ' 接着 '),
  'words: particles': words('啊', '呢', '哦'),
};

/** Disguises that only a telephone number wears. */
export const FOR_PHONES: Readonly<Record<string, Disguise>> = {
  '+86': whole('+86', ''),
  '+86, spaced': (groups) => [show('+86 '), ...join(groups.map(plain), ' ')],
  '0086': whole('0086', ''),
  '(86)': whole('(86)', ''),
  '86-': (groups) => [show('86-'), ...join(groups.map(plain), '-')],
  'tel:': whole('tel:', ''),
  'a link': whole('https://wa.me/86', ''),
  'a query': whole('https://m.example.com/call?phone=', '&from=im'),
  'Markdown link': whole('[打给我](tel:', ')'),
  'beginning, then the rest': (groups) => [
    show('前面是'),
    ...plain(groups[0] ?? ''),
    show('后面'),
    ...plain(groups.slice(1).join('')),
  ],
  'three digits, then eight': (groups) => [
    show('前几位'),
    ...plain(groups[0] ?? ''),
    show('，后几位'),
    ...plain(groups.slice(1).join('')),
  ],
  'starts, middle, ends': (groups) => [
    ...plain(groups[0] ?? ''),
    show('开头，中间'),
    ...plain(groups[1] ?? ''),
    show('，尾号'),
    ...plain(groups.slice(2).join('')),
  ],
  JSON: whole('{"tel":"', '"}'),
};
