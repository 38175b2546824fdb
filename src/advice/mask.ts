import type { Understanding } from '../understanding/understanding.ts';

/** Types whose every mention is private. */
const PRIVATE: ReadonlySet<string> = new Set(['waybill', 'waybill-like', 'phone', 'phone-tail']);

const PATTERNS: readonly (readonly [placeholder: string, pattern: RegExp])[] = [
  ['email', /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g],
  ['id', /(?<!\d)\d{17}[\dXx](?![\dXx])/g],
  ['account', /(?<!\d)\d(?:[ -]?\d){11,}(?!\d)/g],
  ['number', /\d(?:[ -]?\d){4,}/g],
  ['number', /[〇零一二三四五六七八九幺]{5,}/g],
  // 人民路12号3栋502室: from the last name of a street or quarter to the number of the door.
  [
    'address',
    /[\p{Script=Han}]{2,12}?(?:路|街|巷|弄|大道|小区|花园|村|镇|乡|苑|公寓|大厦)[\p{Script=Han}\dA-Za-z-]{0,10}?\d+(?:号楼?|栋|幢|单元|室|楼|弄)(?:\d+(?:号|栋|单元|室|楼))*/gu,
  ],
  [
    'name',
    /(?<=(?:我叫|我是|姓名是?|收件人是?|寄件人是?|收货人是?|发货人是?|户名是?|联系人是?)[:\s]{0,2})\p{Script=Han}{2,4}(?=$|[^\p{Script=Han}]|的|电话|手机)/gu,
  ],
];

/** What a model may see: the words, with `{waybill}`, `{phone}`, `{name}` and the like where something private stood. */
export function maskForModel({ text, entities }: Understanding, names: readonly string[]): string {
  let masked = '';
  let at = 0;
  for (const { type, start, end } of entities) {
    if (!PRIVATE.has(type) || start < at) continue;
    masked += `${text.slice(at, start)}{${type}}`;
    at = end;
  }
  masked += text.slice(at);
  for (const name of names) if ([...name].length > 1) masked = masked.replaceAll(name, '{name}');
  return PATTERNS.reduce((rest, [placeholder, pattern]) => rest.replace(pattern, `{${placeholder}}`), masked);
}
