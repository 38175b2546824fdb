import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { DIGIT_CHARACTERS, parseDigits } from '../numerals.ts';
import { RANK, candidate, matches } from './candidate.ts';
import type { Candidate } from './candidate.ts';
import type { Entity } from '../understanding.ts';

const MOBILE = /(?<![\dA-Za-z+])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?![\dA-Za-z])/g;
const SPOKEN_MOBILE = new RegExp(
  `(?<![${DIGIT_CHARACTERS}])[幺一][${DIGIT_CHARACTERS}]{10}(?![${DIGIT_CHARACTERS}十百千万])`,
  'g',
);
const LANDLINE =
  /(?<![\dA-Za-z+-])(?:0\d{2,3}[- ]?\d{7,8}|\(0\d{2,3}\) ?\d{7,8}|400[- ]?\d{3}[- ]?\d{4})(?![\dA-Za-z])/g;
const INTERNATIONAL = /\+\d(?:[ -]?\d){6,14}(?!\d)/g;
const CALLED_PHONE = /(?:电话|手机|号码|座机|联系|拨打|phone|mobile|tel|call)[^\d]{0,6}$/i;

/** Telephone numbers: 11 digits for a Chinese mobile, E.164 for any other. */
export function findPhones(text: string): Candidate[] {
  return [
    ...matches('phone', RANK.phone, text, MOBILE, ([number]) => number.replace(/\D/g, '').slice(-11)),
    ...matches('phone', RANK.phone, text, SPOKEN_MOBILE, ([number]) => {
      const digits = parseDigits(number) ?? '';
      return /^1[3-9]/.test(digits) ? digits : null;
    }),
    ...landlines(text),
    ...matches('phone', RANK.phone, text, INTERNATIONAL, ([number]) => {
      const phone = parsePhoneNumberFromString(number);
      if (!phone?.isPossible()) return null;
      return phone.countryCallingCode === '86' && /^1[3-9]\d{9}$/.test(phone.nationalNumber)
        ? phone.nationalNumber
        : phone.number;
    }),
  ];
}

/** A bare run of digits is more likely a waybill, unless it is called a telephone. */
function landlines(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const match of text.matchAll(LANDLINE)) {
    const phone = parsePhoneNumberFromString(match[0], 'CN');
    if (!phone?.isValid()) continue;
    const sure = /\D/.test(match[0]) || CALLED_PHONE.test(text.slice(Math.max(0, match.index - 12), match.index));
    found.push(
      candidate(
        'phone',
        phone.number,
        sure ? RANK.phone : RANK.waybill - 1,
        text,
        match.index,
        match.index + match[0].length,
      ),
    );
  }
  return found;
}

const FOUR = new RegExp(
  `(?<![\\d.${DIGIT_CHARACTERS}A-Za-z])(?:\\d{4}|[${DIGIT_CHARACTERS}]{4})(?![\\d${DIGIT_CHARACTERS}十百千万A-Za-z]|\\.\\d)`,
  'g',
);
const TAIL_WORD =
  /尾号|尾数|(?:后|末|最后)(?:面)?[四4]位(?:数字?)?|last (?:four|4)(?: digits)?|ends? (?:with|in)|ending(?: in| with)?/gi;
/** The tail of a bank account or of a waybill is nobody's telephone. */
const ACCOUNT = /(?:卡|单号|运单|账号|帐号|账户|account|card)(?:号|的)? ?$/i;
const ALONE = new RegExp(
  `^(?:那|就|我|我的|是|为|手机|电话|号码|:|,|\\s)*(\\d{4}|[${DIGIT_CHARACTERS}]{4})(?:的|吧|呀|啊|哦|呢|谢谢|您|[\\s.,!。~])*$`,
);

/** The last four digits of a telephone: the whole message, or what stands nearest to 尾号, 后四位 and the like. */
export function findPhoneTail(text: string): Candidate[] {
  const alone = ALONE.exec(text);
  if (alone?.[1] !== undefined) {
    const start = text.indexOf(alone[1]);
    return [candidate('phone-tail', parseDigits(alone[1]) ?? alone[1], RANK.tail, text, start, start + 4)];
  }
  const groups = [...text.matchAll(FOUR)];
  const found = new Map<number, Candidate>();
  for (const word of text.matchAll(TAIL_WORD)) {
    if (ACCOUNT.test(text.slice(Math.max(0, word.index - 8), word.index))) continue;
    const end = word.index + word[0].length;
    const near = groups
      .map((group) => ({ group, after: group.index - end, before: word.index - group.index - 4 }))
      .filter(({ after, before }) => (after >= 0 && after <= 10) || (before >= 0 && before <= 4))
      .sort((a, b) => distance(a) - distance(b))[0]?.group;
    if (near)
      found.set(
        near.index,
        candidate('phone-tail', parseDigits(near[0]) ?? near[0], RANK.tail, text, near.index, near.index + 4),
      );
  }
  return [...found.values()];
}

/** A house, a room or a secret, not a telephone; a sum is found as money before. */
const OTHER_NUMBER =
  /(?:卡|账号|帐号|账户|户|单号|运单|门牌|房间?|室|楼|栋|号|路|工号|密码|验证码|邮编|车牌|货号|编号|code|room|card|no\.?)(?:是|为|:|\s)*$/i;

/**
 * Beside a waybill four digits alone on their line, or at the end after a space, are the proof that goes with it:
 * `34567890货款打了没 5678`. `taken`: what was already found.
 */
export function findTailBeside(text: string, taken: readonly Entity[]): Entity[] {
  if (!taken.some(({ type }) => type === 'waybill') || taken.some(({ type }) => type === 'phone-tail')) return [];
  return [...text.matchAll(FOUR)]
    .filter(({ index }) => {
      const [before, after] = [text.slice(0, index), text.slice(index + 4)];
      const alone = /(?:^|\n) *$/.test(before) && /^ *(?:\n|$)/.test(after);
      const last = /[ ,、;] *$/.test(before) && /^[\s.。!~]*$/.test(after);
      return (alone || last) && !OTHER_NUMBER.test(before.slice(-12));
    })
    .filter(({ index }) => !taken.some(({ start, end }) => start < index + 4 && index < end))
    .slice(0, 1)
    .map(({ 0: digits, index }) => ({
      type: 'phone-tail',
      value: parseDigits(digits) ?? digits,
      text: digits,
      start: index,
      end: index + 4,
    }));
}

/** A group behind the word is nearer than one as far in front of it. */
function distance({ after, before }: { after: number; before: number }): number {
  return after >= 0 ? after : before + 3;
}
