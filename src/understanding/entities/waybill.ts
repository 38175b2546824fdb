import { RE2JS } from 're2js';
import { DIGIT_CHARACTERS, parseDigits } from '../numerals.ts';
import { RANK, candidate } from './candidate.ts';
import type { Candidate } from './candidate.ts';

/** Groups of letters and digits, or of Chinese digits, with single blanks or dashes between. */
const GROUPS = new RegExp(`(?:[0-9A-Z]+|[${DIGIT_CHARACTERS}]+)(?: ?[- ] ?(?:[0-9A-Z]+|[${DIGIT_CHARACTERS}]+))*`, 'g');
const GROUP = new RegExp(`[0-9A-Z]+|[${DIGIT_CHARACTERS}]+`, 'g');
/** What customers write straight in front of the number without a blank. */
const GLUED = /^(?:WAYBILL|TRACKING|ORDER|NUMBER|NO|ID|DH|YD|DANHAO|YUNDAN)(?=\d)/;
const NAMED_BEFORE =
  /(?:单号?|运单号?|票号?|货号|编号|waybill|tracking|order|bill)(?: ?(?:number|num|no|id|code)\b\.?)?(?:是|为|填|发|就是|应该是| is| was)? ?[:#"“'「-]? ?$/i;
const NAMED_AFTER = /^ ?(?:的|这个|这)? ?(?:单号|运单|单子|这票|这单|那票|那单|票货)/;
/** The number is somebody's telephone, account or identity, not a parcel. */
const OTHER_BEFORE =
  /(?:电话|手机|号码|联系|微信|qq|账号|帐号|账户|卡号|银行卡|身份证|税号|工号|phone|mobile|tel|account|card)(?:号码?|number)?(?:是|为| is)? ?[:-]? ?$/i;
/** Five digits and more are never followed by 十, 百 or 千 of their own: in 12345678十天了 the ten is of the days. Nor is 万一 ten thousand. */
const FOLLOWED_BY_UNIT = new RegExp(
  `^ ?(?:[万亿](?!一)|元|块|kg|公斤|斤|吨|方|立方|m3|cbm|件|箱|个|票|包|袋|托|年|月|日|天|岁|楼|栋|室|路|弄|公里|米|cm|mm|%|:|\\.\\d{1,2}(?!\\d))`,
  'i',
);
/** Shortest and longest run that may be meant as a waybill. */
const SHORTEST = 5;
const LONGEST = 30;

interface Run {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Finds waybills of the administrator's shape, and runs that were meant as one. Throws where `pattern` is not RE2. */
export function createWaybillFinder(pattern: string): (text: string) => Candidate[] {
  const shape = RE2JS.compile(pattern);
  const fits = (value: string): boolean => shape.matches(value);
  return (text) => {
    const upper = upperCase(text);
    const found: Candidate[] = [];
    for (const sequence of upper.matchAll(GROUPS)) {
      const groups = groupsOf(sequence[0], sequence.index);
      const taken = fitting(groups, fits);
      for (const run of taken) {
        if (FOLLOWED_BY_UNIT.test(upper.slice(run.end, run.end + 8))) continue;
        if (OTHER_BEFORE.test(text.slice(Math.max(0, run.start - 12), run.start))) continue;
        found.push(
          candidate(
            'waybill',
            run.value,
            isNamed(text, run) ? RANK.namedWaybill : RANK.waybill,
            text,
            run.start,
            run.end,
          ),
        );
      }
      if (taken.length === 0) {
        const like = misshapen(text, groups, fits);
        if (like) found.push(like);
      }
    }
    return found;
  };
}

/** Upper case that keeps every character in its place. */
function upperCase(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

function groupsOf(sequence: string, at: number): Run[] {
  const groups: Run[] = [];
  for (const match of sequence.matchAll(GROUP)) {
    const glued = GLUED.exec(match[0])?.[0].length ?? 0;
    const raw = match[0].slice(glued);
    const start = at + match.index + glued;
    groups.push({ value: parseDigits(raw) ?? raw, start, end: start + raw.length });
  }
  return groups;
}

/** Single groups that fit come first; of the rest, neighbours that fit when joined, shortest first. */
function fitting(groups: readonly Run[], fits: (value: string) => boolean): Run[] {
  const found: Run[] = [];
  let i = 0;
  while (i < groups.length) {
    const run = groups[i]!;
    if (run.value.length <= LONGEST && fits(run.value)) {
      found.push(run);
      i++;
      continue;
    }
    let joined: Run = run;
    let next = i + 1;
    for (let j = i + 1; j < groups.length; j++) {
      const group = groups[j]!;
      if (fits(group.value)) break;
      joined = { value: joined.value + group.value, start: run.start, end: group.end };
      if (joined.value.length > LONGEST) break;
      if (joined.value.length >= SHORTEST && fits(joined.value)) {
        found.push(joined);
        next = j + 1;
        break;
      }
    }
    i = next;
  }
  return found;
}

function isNamed(text: string, run: Run): boolean {
  return (
    NAMED_BEFORE.test(text.slice(Math.max(0, run.start - 24), run.start)) ||
    NAMED_AFTER.test(text.slice(run.end, run.end + 8))
  );
}

/** A run that is called a waybill, or is the whole message, or is one character away from one. */
function misshapen(text: string, groups: readonly Run[], fits: (value: string) => boolean): Candidate | null {
  const numeric = groups.filter((group) => /\d/.test(group.value));
  const first = numeric[0];
  const last = numeric.at(-1);
  if (!first || !last) return null;
  const value = numeric.map((group) => group.value).join('');
  const run: Run = { value, start: first.start, end: last.end };
  const digits = value.replace(/\D/g, '').length;
  if (value.length < SHORTEST || value.length > LONGEST || digits < 4 || digits * 2 < value.length) return null;
  if (FOLLOWED_BY_UNIT.test(text.slice(run.end, run.end + 8)) || /[¥$.,]$/.test(text.slice(0, run.start))) return null;
  if (OTHER_BEFORE.test(text.slice(Math.max(0, run.start - 12), run.start))) return null;
  const alone = text.slice(0, run.start).trim() === '' && /^[\s.。!！?？吗呢的]*$/.test(text.slice(run.end));
  if (!alone && !isNamed(text, run) && !nearlyFits(value, fits)) return null;
  return candidate('waybill-like', value, RANK.like, text, run.start, run.end);
}

/** Whether leaving out, adding or changing one character makes it fit. */
function nearlyFits(value: string, fits: (value: string) => boolean): boolean {
  for (let i = 0; i <= value.length; i++) {
    const [before, at, after] = [value.slice(0, i), value.slice(i), value.slice(i + 1)];
    if (i < value.length && fits(before + after)) return true;
    if (fits(`${before}0${at}`) || (i < value.length && /\D/.test(value[i]!) && fits(`${before}0${after}`)))
      return true;
  }
  return false;
}
