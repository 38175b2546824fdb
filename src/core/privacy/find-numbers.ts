import type { Find } from './find.ts';
import type { Reading } from './reading.ts';
import { groupsOf, type Group } from './digit-groups.ts';

/** Digits of the longest number that is looked for: a card of 19. */
const LONGEST = 21;
const MOBILE = /^(?:0086|86)?1[3-9]\d{9}$/;
const LANDLINE = /^(?:(?:00)?86)?(?:010|02\d|0[3-9]\d\d)\d{7,8}$/;
/** 400 and 800 belong to companies; a waybill may begin so too. */
const SERVICE = /^(?:(?:00)?86)?[48]00\d{7}$/;
const WAYBILL_LABEL = /(?:运单|单号|订单|快递|编号|waybill|order|parcel|tracking)(?:号码?|no\.?)?[\s:是为]{0,4}$/i;
const PHONE_LABEL =
  /(?:电话|手机|座机|联系方式|号码|微信|tel|phone|mobile|cell)(?:号码?|number|no\.?)?[\s:是为填打(]{0,4}$/i;
const ACCOUNT_LABEL =
  /(?:账号|帐号|账户|帐户|卡号|银行卡|account|card)(?:号码?|number|no\.?)?[\s:(是为改成换到]{0,6}$/i;
/** Characters in front of a number in which its label is looked for. */
const LABEL = 18;

/**
 * Phones, identity numbers and cards, however their digits are written or taken apart. A number of the length of a
 * waybill, a date, a price or a time is none, unless it is called one.
 */
export function findNumbers(reading: Reading): Find[] {
  const found: Find[] = [];
  for (const groups of groupsOf(reading.text)) findInSequence(reading.text, groups, found);
  findInternational(reading.text, found);
  return found;
}

function findInSequence(text: string, groups: readonly Group[], found: Find[]): void {
  let i = 0;
  while (i < groups.length) {
    const whole = wholeNumber(text, groups, i) ?? joinedNumber(text, groups, i);
    if (whole === null) {
      i++;
      continue;
    }
    const [kind, count] = whole;
    const first = groups[i]!;
    const last = groups[i + count - 1]!;
    const digits = groups
      .slice(i, i + count)
      .map((group) => group.digits)
      .join('');
    found.push({ kind, start: countryCode(text, groups, i, digits) ?? first.start, end: last.end, digits });
    i += count;
  }
}

type Number = readonly [kind: 'phone' | 'id' | 'account', groups: number];

/** One group that is a number by itself: it is not joined with its neighbours. */
function wholeNumber(text: string, groups: readonly Group[], i: number): Number | null {
  const { digits, kind, coded, start } = groups[i]!;
  if (MOBILE.test(digits) && (!coded || digits.length === 11)) return ['phone', 1];
  if (isIdentity(digits)) return ['id', 1];
  const next = groups[i + 1];
  if (next?.joins === true && next.digits === 'X' && isIdentity(`${digits}X`)) return ['id', 2];
  if (!coded && LANDLINE.test(digits)) return ['phone', 1];
  if (!coded && SERVICE.test(digits) && !WAYBILL_LABEL.test(text.slice(Math.max(0, start - LABEL), start)))
    return ['phone', 1];
  if (kind === 'han' && digits.length < 11) return null;
  if (digits.length >= 16 && (!coded || isCard(digits))) return ['account', 1];
  return null;
}

function joinedNumber(text: string, groups: readonly Group[], i: number): Number | null {
  const first = groups[i]!;
  const label = text.slice(Math.max(0, first.start - LABEL), first.start);
  let digits = '';
  let phone: Number | null = null;
  let luhn: Number | null = null;
  let listed: Number | null = null;
  let labelled: Number | null = null;
  const account = ACCOUNT_LABEL.test(label);
  const called = PHONE_LABEL.test(label);
  for (let j = i; j < groups.length && digits.length < LONGEST; j++) {
    const group = groups[j]!;
    if (j > i && !group.joins) break;
    // What is whole by itself belongs to nothing else.
    if (group.alone && !(j === i && (called || account))) break;
    if (j > i && wholeNumber(text, groups, j) !== null && !(account && group.digits.length < 11)) break;
    digits += group.digits;
    const count = j - i + 1;
    if (real(groups, i, j) * 2 < digits.length) continue;
    if (digits.length >= 18 && isIdentity(digits)) return ['id', count];
    if (phone === null && MOBILE.test(digits)) phone = ['phone', count];
    const short = group.digits.length <= 4 && first.digits.length <= 4;
    if (phone === null && count > 1 && (short || count <= 3) && (LANDLINE.test(digits) || SERVICE.test(digits))) {
      phone = ['phone', count];
    }
    if (digits.length >= 15 && digits.length <= 19 && isCard(digits)) luhn = ['account', count];
    if (digits.length >= 15 && digits.length <= 19 && inFours(groups, i, j)) listed = ['account', count];
    if (account && digits.length >= 6) labelled = ['account', count];
    if (called && !group.worded && phone === null && digits.length >= 7 && digits.length <= 12)
      labelled ??= ['phone', count];
  }
  return listed ?? (account ? labelled : null) ?? phone ?? luhn ?? labelled;
}

/** Letters that look like digits are believed where most of a number is digits. */
function real(groups: readonly Group[], from: number, to: number): number {
  let count = 0;
  for (let i = from; i <= to; i++) count += groups[i]!.real;
  return count;
}

/** A number of 18 with a day of birth in it. */
function isIdentity(digits: string): boolean {
  return /^[1-8]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/.test(digits);
}

function isCard(digits: string): boolean {
  if (!/^[3-69]/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** 6222 0212 3456 7890 123 */
function inFours(groups: readonly Group[], from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (groups[i]!.digits.length !== 4) return false;
  return to - from >= 3 && /^[3-69]/.test(groups[from]!.digits);
}

/** Where `+86` or `(86)` in front of a mobile begins. */
function countryCode(text: string, groups: readonly Group[], i: number, digits: string): number | null {
  const before = groups[i - 1];
  const joined = groups[i]!.joins && before !== undefined && /^(?:00)?86$/.test(before.digits);
  const at = joined ? before.start : groups[i]!.start;
  if (!MOBILE.test(digits)) return null;
  return /[+]$/.test(text.slice(Math.max(0, at - 1), at)) ? at - 1 : joined ? at : null;
}

const INTERNATIONAL = /\+[1-9](?:[\s()-]{0,2}\d){7,14}(?!\d)/g;

function findInternational(text: string, found: Find[]): void {
  for (const match of text.matchAll(INTERNATIONAL)) {
    const digits = match[0].replace(/\D/g, '');
    found.push({ kind: 'phone', start: match.index, end: match.index + match[0].length, digits });
  }
}
