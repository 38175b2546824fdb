/** Digits that stand together, and how they stand to those before them. */
export interface Group {
  /** 0 to 9; an X at the end of an identity number. */
  readonly digits: string;
  /** Place in the reading. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'arabic' | 'han';
  /** How many are digits, and not letters that look like them. */
  readonly real: number;
  /** May be the continuation of the group before it. */
  readonly joins: boolean;
  /** Words, and not only signs, stand between it and the group before it. */
  readonly worded: boolean;
  /** A waybill, an amount, a date or a time: part of nothing else. */
  readonly alone: boolean;
  /** Behind letters, as in a waybill or the number of an order. */
  readonly coded: boolean;
}

/** Ordinary, as said on the telephone, as written on cheques, as said on the radio. */
const HAN_DIGITS: ReadonlyMap<string, string> = new Map(
  ['零〇洞', '一幺壹', '二两贰', '三叁', '四肆', '五伍', '六陆', '七柒拐', '八捌', '九玖勾'].flatMap((signs, digit) =>
    Array.from(signs, (sign) => [sign, String(digit)] as const),
  ),
);
/** Letters that look like digits. */
const LOOKS = new Map([...'oOlIi'].map((letter) => [letter, /[oO]/.test(letter) ? '0' : '1']));
/** Those that look so only among digits, in a run that is as long as a phone. */
const SHAPES = new Map([...LOOKS, ...[...'ZzSsBGgq'].map((letter, at) => [letter, '22558699'.charAt(at)] as const)]);
const SHORTEST_SHAPED = 10;
/** Digits as they sound: yao san ba, one three eight. */
const SOUNDS: ReadonlyMap<string, string> = new Map(
  [
    'ling zero oh',
    'yao yi one',
    'er liang two',
    'san three',
    'si four',
    'wu five',
    'liu six',
    'qi seven',
    'ba eight',
    'jiu nine',
  ].flatMap((words, digit) => words.split(' ').map((word) => [word, String(digit)] as const)),
);
const SOUND = new RegExp([...SOUNDS.keys()].sort((a, b) => b.length - a.length).join('|'), 'gi');

/** Words between the parts of one number: 前三位138，中间0013，后面8000. */
const BETWEEN =
  /(?:(?:前面|前|开头|开始|头|中间|当中|后面|后|最后|末尾|末|尾号?|其次|第[一二三四])(?:的?[2-8二两三四五六七八几][位个](?:数字?|号码?)?)?(?:是|为)?|然后是?|接着是?|再来?是?|加上?|接上?|跟着?|连着?|横杠|杠|横线|横|空格|点|减|和|是|的|[2-8二两三四五六七八]位(?:数字?)?是?|位|数字|号码|嗯|额|啊|呃|呢|哦|噢|喔|哈|吧|嘛|呀|那个)/y;
const SIGN = /[\p{P}\p{S}\p{Z}\n\r\t]/u;
/** Units between two groups of one number. */
const MOST_BETWEEN = 14;
const MOST_SIGNS = 4;
const DATE = /(?:19|20)\d\d ?[-./] ?\d{1,2} ?[-./] ?\d{1,2}(?!\d)/y;
const CLOCK = /\d{1,2}:\d\d(?::\d\d)?(?!\d)/y;
const PRICE = /\d{1,9}(?:,\d{3}){0,3}\.\d{1,2}(?![\d.])/y;
const UNIT = /^ ?(?:元|块|kg|公斤|千克|斤|吨|方|立方|m3|件|箱|个|票|包|袋|托|年|月|日|天|岁|公里|米|cm|mm|%|万)/i;
const CURRENCY = /[¥￥$€]\s?$/;
/** A ticket's number and the like: T-1001. */
const CODE = /[A-Za-z]-?$/;

/** All digits of a text, by what may be one number. Linear. */
export function groupsOf(text: string): Group[][] {
  const sequences: Group[][] = [];
  let sequence: Group[] = [];
  let between = 0;
  let worded = false;
  const put = (group: Omit<Group, 'joins' | 'worded'>): void => {
    const joins = sequence.length > 0 && between <= (worded ? MOST_BETWEEN : MOST_SIGNS);
    if (!joins && sequence.length > 0) {
      sequences.push(sequence);
      sequence = [];
    }
    sequence.push({ ...group, joins, worded: worded && joins });
    between = 0;
    worded = false;
  };
  const cut = (): void => void (between = Number.MAX_SAFE_INTEGER);
  for (let i = 0; i < text.length;) {
    const fixed = lengthOf(text, i, DATE) || lengthOf(text, i, CLOCK) || priceLength(text, i);
    const words = fixed > 0 ? 0 : lengthOf(text, i, BETWEEN);
    if (fixed > 0 && !/\d/.test(text[i - 1] ?? '')) {
      cut();
      i += fixed;
    } else if (words > 0 && !startsNumber(text, i, words)) {
      between += words;
      worded = true;
      i += words;
    } else if (HAN_DIGITS.has(text.charAt(i))) {
      const end = runEnd(text, i, (one) => HAN_DIGITS.has(one));
      const digits = Array.from(text.slice(i, end), (one) => HAN_DIGITS.get(one) ?? '').join('');
      put({ digits, start: i, end, kind: 'han', real: digits.length, alone: false, coded: false });
      i = end;
    } else if (/[0-9A-Za-z]/.test(text.charAt(i))) {
      const end = runEnd(text, i, (one) => /[0-9A-Za-z]/.test(one));
      const said = spoken(text.slice(i, end));
      const groups: Omit<Group, 'joins' | 'worded'>[] =
        said === ''
          ? arabic(text, i, end, sequence.at(-1))
          : [{ digits: said, start: i, end, kind: 'han', real: said.length, alone: false, coded: false }];
      if (groups.length === 0) cut();
      for (const group of groups) {
        if (group.start > i && group !== groups[0]) cut();
        put(group);
      }
      if (groups.length > 0 && groups.at(-1)!.end < end) cut();
      i = end;
    } else {
      if (SIGN.test(text.charAt(i))) between += 1;
      else cut();
      i++;
    }
  }
  if (sequence.length > 0) sequences.push(sequence);
  return sequences;
}

/** The digits of a run that is nothing but digits as they sound, '' for any other. */
function spoken(run: string): string {
  if (!/^[a-z]{2,80}$/i.test(run) || run.replace(SOUND, '') !== '') return '';
  return Array.from(run.matchAll(SOUND), ([sound]) => SOUNDS.get(sound.toLowerCase()) ?? '').join('');
}

/** 三八零 is no word between, though 三位 is. */
function startsNumber(text: string, at: number, length: number): boolean {
  return length === 1 && HAN_DIGITS.has(text.charAt(at));
}

function lengthOf(text: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** 1800.50, but not the beginning of 138.00.13.80.00. */
function priceLength(text: string, at: number): number {
  if (text[at - 1] === '.') return 0;
  return lengthOf(text, at, PRICE);
}

function runEnd(text: string, at: number, belongs: (one: string) => boolean): number {
  let end = at;
  while (end < text.length && belongs(text.charAt(end))) end++;
  return end;
}

/** The digits of a run of letters and digits: the run itself where its letters only look like letters. */
function arabic(
  text: string,
  start: number,
  end: number,
  before: Group | undefined,
): Omit<Group, 'joins' | 'worded'>[] {
  const run = text.slice(start, end);
  const ending = run.length === 18 && /[xX]$/.test(run) ? 'X' : '';
  const body = ending === '' ? run : run.slice(0, -1);
  // SB1234567890 and 1234567890B are codes.
  const shaped = run.length >= SHORTEST_SHAPED && !/^(?:[A-Za-z]{2,}\d+|\d+[A-Za-z]+)$/.test(run);
  const looks = shaped ? SHAPES : LOOKS;
  const digits = Array.from(body, (one) => (/\d/.test(one) ? one : (looks.get(one) ?? '?'))).join('') + ending;
  const real = run.replace(/\D/g, '').length;
  if (!digits.includes('?') && (real > 0 || before !== undefined)) {
    return [
      {
        digits,
        start,
        end,
        kind: 'arabic',
        real,
        alone: real === run.length && isAlone(text, start, end, before),
        coded: false,
      },
    ];
  }
  // An X alone, or behind 17 digits, ends an identity number.
  if (/^[xX]$/.test(run) && before !== undefined) {
    return [{ digits: 'X', start, end, kind: 'arabic', real: 1, alone: false, coded: false }];
  }
  return [...run.matchAll(/\d+[xX]?/g)].flatMap((match) => {
    const from = start + match.index;
    const ended = /[xX]$/.test(match[0]) && from + match[0].length === end && match[0].length <= 18;
    const own = ended ? match[0].toUpperCase() : match[0].replace(/[xX]$/, '');
    const lettered = match.index > 0;
    return [
      {
        digits: own,
        start: from,
        end: from + own.length,
        kind: 'arabic' as const,
        real: own.length,
        alone: lettered || isAlone(text, from, from + own.length, before),
        coded: lettered && !/(?:tel|phone|mobile|call|no)$/i.test(run.slice(0, match.index)),
      },
    ];
  });
}

const AREA_CODE = /^(?:1[3-9]\d|0\d{2,3}|(?:00)?86)$/;

function isAlone(text: string, start: number, end: number, before: Group | undefined): boolean {
  const length = end - start;
  if (length === 8 && /[1-9]/.test(text.charAt(start))) {
    // 13812345六七八: a number that goes on.
    if (/^[零〇一二三四五六七八九幺两]{1,3}[\d零〇一二三四五六七八九幺两]/.test(text.slice(end, end + 4))) return false;
    if (before === undefined || start - before.end > MOST_BETWEEN) return true;
    const born = before.digits.length === 6 && /^(?:19|20)/.test(text.slice(start, start + 2));
    return !(before.end === start || born || AREA_CODE.test(before.digits));
  }
  const front = text.slice(Math.max(0, start - 2), start);
  return UNIT.test(text.slice(end, end + 5)) || CURRENCY.test(front) || CODE.test(front);
}
