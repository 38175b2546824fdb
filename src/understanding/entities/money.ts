import { NUMBER, parseNumber } from '../numerals.ts';
import { RANK, candidate, matches } from './candidate.ts';
import type { Candidate } from './candidate.ts';

const pattern = (source: string): RegExp => new RegExp(source, 'giu');
/** 块 counts pieces of material too. */
const YUAN = '元|块钱|块(?![板木石玻瓷砖电布肉地])|人民币|(?:rmb|cny|yuan)(?![a-z])';
const WITH_UNIT = pattern(
  `(?:[¥￥]|rmb|cny)? ?(${NUMBER})[多来余]? ?(?:${YUAN})(?:([一二三四五六七八九\\d])(?:毛|角)?(?![\\d.]))?`,
);
const WITH_SIGN = pattern(`(?:[¥￥]|(?<![a-z])(?:rmb|cny)) ?(${NUMBER})`);
/** 三千五, 一万二, 5万: large round numbers of nothing else. */
const BARE = pattern(
  `(?<![\\d第每])((?:[一二两三四五六七八九][一二两三四五六七八九十百千万零]*[百千万][一二三四五六七八九十百千零]*|\\d+(?:\\.\\d+)?[千万]\\d?))(?![\\d一二三四五六七八九十百千万])(?! ?(?:多|来|余)? ?(?:[个件箱票托包袋桶台套只条卷捆板米吨斤克磅厘毫天年月日号次人位分秒小时点度瓦升平方立股名家字里别%kgtmc]|公[斤里分]))`,
);
const AMOUNT_WORD = pattern(
  `(?:货款|代收款?|运费|保价|保额|声明价值|价值|货值|金额|赔偿?|赔付|退款?|价格|报价|amount|cod|worth|value)(?:是|为|了|我|约|大概|只|才|有|of|is)? ?:? ?(\\d[\\d,]{0,8}(?:\\.\\d{1,2})?[千万]?)(?! ?[\\d.a-z年月日号点个件箱票天公斤吨方-])`,
);

/** Sums in yuan. */
export function findMoney(text: string): Candidate[] {
  return [
    ...matches('money', RANK.measure, text, WITH_UNIT, ([, number = '', tenth]) => {
      const yuan = parseNumber(number);
      if (yuan === null) return null;
      return tenth === undefined ? yuan : Math.round(yuan * 10 + (parseNumber(tenth) ?? 0)) / 10;
    }),
    ...matches('money', RANK.measure, text, WITH_SIGN, ([, number = '']) => parseNumber(number)),
    ...matches('money', RANK.measure, text, BARE, ([, number = '']) => parseNumber(number)),
    ...afterAmountWord(text),
  ];
}

/** `货款3500`: the word says that the number is a sum; a waybill of the same length comes first. */
function afterAmountWord(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const match of text.matchAll(AMOUNT_WORD)) {
    const number = match[1] ?? '';
    const yuan = parseNumber(number.replace(/,$/, ''));
    const end = match.index + match[0].length;
    if (yuan !== null) found.push(candidate('money', yuan, RANK.tail, text, end - number.length, end));
  }
  return found;
}
