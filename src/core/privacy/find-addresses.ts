import type { Find } from './find.ts';
import type { Reading } from './reading.ts';

const NUMBER = '[0-9A-Za-z〇零一二三四五六七八九十百甲乙丙丁]{1,6}(?:[-—#之][0-9A-Za-z]{1,5}){0,3}';
/** The number of a door, a house, a lane, a room. `strong`: nothing else is counted so. */
const STRONG = '号楼|号院|号门|号店铺|号档口|号仓库|号铺|号店|号档|号库|号仓|号房|弄|栋|幢|座|单元|室|号';
const DOOR = new RegExp(`${NUMBER} ?(${STRONG}|楼|层|组|队|社|房|户|门|库|档|铺)(?!线|车|码|称|召|令|角|钟)`, 'g');
/** What may stand behind the last of them: 3栋502, 12号楼1203, 8栋-1-902. */
const REST =
  /[ ,、\n/-]{0,2}(?:[A-Za-z]?\d{1,5}(?:-\d{1,4}){0,3}|[零〇一二三四五六七八九]{3,4})(?:室|房|户|号)?(?![\d斤袋辆件个箱票包元块万吨方公天年月日kg.%:]|\s?(?:件|公斤|kg|元|吨|方))/y;

/** Ends of names of places: those that a house number follows, those that say so only among others, and the districts. */
const STREETS = new Set(
  '大道 大街 公路 街道 路 街 巷 弄 胡同 段 村 屯 寨 庄 小区 花园 家园 公寓 大厦 广场 工业园 产业园 科技园 园区 工业区 开发区 新区 物流园 市场 商城 苑 新城 花苑 华庭 名邸 别墅 嘉园 社区 里弄 新村 宿舍 家属院 大院 国际 公馆 名都 豪庭 山庄 佳苑'.split(
    ' ',
  ),
);
// A reading writes 叉, said for the X of an identity number, as X: 交X口.
const PLACES = new Set(
  '交X口 路口 交汇处 沟 岗 铺 港 谷 仓 里 府 城 湾 庭 居 院 坊 堡 坝 岭 桥 坡 道 园 店 厂 公司 中心 学校 小学 中学 大学 医院 酒店 宾馆 超市 门市'.split(
    ' ',
  ),
);
const DISTRICTS = new Set('省 市 区 县 州 旗 盟 镇 乡 自治区 自治州'.split(' '));
/** Behind these an address begins; they are in no name of a place. */
const BEGINS =
  /(?:地址|住址|送到|寄到|发到|送往|寄往|发往|送至|寄至|改成|改到|换成|改为|住在|位于|收件人|就是|应该是|[:：是到住在])/g;
/** 这条路, 我们小区: somebody's, not a name. */
const POINTS =
  /(?:这|那|哪|某|各|每|该|本|贵|几|多少|什么|半|一|网|铁|修|走|同一|整个|我们|你们|您们|他们|别的)(?:个|条|家|栋|的)?$/;
/** Between two doors of one address: signs, or the name of an estate, but no word of a sentence. */
const CHAIN =
  /^(?:[\s\S]{0,2}|[\s,、/-]{0,2}(?:(?![的和到送在了寄有是打取我你他找给月日周晚早上下午])[\p{Script=Han}A-Za-z]){1,10}[\s,、/-]{0,2})$/u;
const NAME_CHARACTER = /[\p{Script=Han}A-Za-z0-9]/u;
const LONGEST_NAME = 8;
/** Names of places one behind the other. */
const MOST_PLACES = 9;

/** Where somebody lives or works: names of places with a number, or districts with a street. Every look is bounded. */
export function findAddresses(reading: Reading): Find[] {
  const { text } = reading;
  const found: Find[] = [];
  for (const door of text.matchAll(DOOR)) {
    const end = door.index + door[0].length;
    const places = placesBefore(text, door.index);
    const unit = door[1] ?? '';
    const previous = found.at(-1);
    const chained =
      previous !== undefined &&
      (door.index < previous.end || CHAIN.test(text.slice(previous.end, Math.min(door.index, previous.end + 16))));
    if (!chained && !isAddress(places, unit, text, door.index, end)) continue;
    found.push({
      kind: 'address',
      start: chained ? previous.start : (places.start ?? addressStart(text, door.index)),
      end: Math.max(restEnd(text, end), chained ? previous.end : 0),
    });
  }
  findStreets(text, found);
  findEnglish(text, found);
  return found;
}

interface Places {
  /** Undefined where no name of a place stands there. */
  readonly start: number | undefined;
  readonly streets: number;
  readonly others: number;
  readonly districts: number;
}

function isAddress(
  { streets, others, districts, start }: Places,
  unit: string,
  text: string,
  at: number,
  end: number,
): boolean {
  const strong = new RegExp(`^(?:${STRONG})$`).test(unit);
  if (start !== undefined && POINTS.test(text.slice(Math.max(0, start - 4), start)) && districts === 0) return false;
  if (streets > 0) return true;
  if (districts > 0 && others > 0) return true;
  if (districts >= 2 && strong) return true;
  if (districts === 1 && strong && /村|镇|乡/.test(text.slice(Math.max(0, at - 2), at))) return true;
  const number = text.slice(at, end - unit.length);
  // More than a day of a month; a stall: B270档.
  if (others > 0 && strong && Number(number) > 31) return true;
  if (others > 0 && /^[A-Z]-?\d+ ?$/i.test(number) && /^[档铺库门]$/.test(unit)) return true;
  // 3栋2单元, 12号楼1203: two in a row.
  const next = new RegExp(`^[ ,、/\\n-]{0,2}${NUMBER} ?(?:${STRONG}|楼|层|库|档|铺|户)`).exec(
    text.slice(end, end + 14),
  );
  if (next !== null && (districts > 0 || (others > 0 && unit !== '号') || /^[组队社]$/.test(unit))) return true;
  return /^(?:栋|幢|座|单元|号楼|弄)$/.test(unit) && (next !== null || restEnd(text, end) > end);
}

/** Names of places that end at `at`, one behind the other, read from the right. */
function placesBefore(text: string, at: number): Places {
  let end = at;
  let start: number | undefined;
  let [streets, others, districts] = [0, 0, 0];
  for (let count = 0; count < MOST_PLACES; count++) {
    while (end > 0 && /[ ,、()/|\n\r-]/.test(text.charAt(end - 1)) && at - end < 60) end--;
    const suffix = suffixAt(text, end);
    if (suffix === null) break;
    const from = nameStart(text, end - suffix.length);
    if (from === end - suffix.length) break;
    if (STREETS.has(suffix)) streets++;
    else if (DISTRICTS.has(suffix)) districts++;
    else others++;
    start = from;
    end = from;
  }
  return { start, streets, others, districts };
}

/** Before a door may stand the name of an estate that says no more, and the streets it lies on. */
function addressStart(text: string, from: number): number {
  const signs = /[ ,、/\n-]{0,2}$/.exec(text.slice(Math.max(0, from - 2), from))?.[0].length ?? 0;
  const name = nameStart(text, from - signs);
  const run = text.slice(name, from - signs);
  const begins = [...run.matchAll(BEGINS)].some((word) => word.index + word[0].length === run.length);
  const start = !begins && run.length >= (signs > 0 ? 3 : 1) ? name : from;
  return placesBefore(text, start).start ?? start;
}

function suffixAt(text: string, end: number): string | null {
  for (const length of [3, 2, 1]) {
    const suffix = text.slice(Math.max(0, end - length), end);
    if (STREETS.has(suffix) || PLACES.has(suffix) || DISTRICTS.has(suffix)) return suffix;
  }
  return null;
}

/** A name goes back to the place before it, to a word that begins an address, or to a sign. */
function nameStart(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start < LONGEST_NAME && NAME_CHARACTER.test(text.charAt(start - 1))) {
    // The name of a place has a character of its own: 市中区, 路口路.
    if (end - start >= 1 && endsPlace(text, start)) break;
    start--;
  }
  const cut = [...text.slice(start, end).matchAll(BEGINS)].at(-1);
  return cut === undefined || cut.index + cut[0].length >= end - start ? start : start + cut.index + cut[0].length;
}

function endsPlace(text: string, at: number): boolean {
  const suffix = suffixAt(text, at);
  // 天安城C区, 和平里交X口康桥: what says little elsewhere ends a name here.
  const ends = suffix !== null && (!PLACES.has(suffix) || suffix.length > 1 || /[A-Z0-9]/i.test(text.charAt(at)));
  return ends && /\p{Script=Han}/u.test(text.charAt(at - suffix.length - 1));
}

function restEnd(text: string, end: number): number {
  REST.lastIndex = end;
  return end + (REST.exec(text)?.[0].trimEnd().length ?? 0);
}

/** 四川省成都市武侯区人民南路: two districts and a street need no number. */
function findStreets(text: string, found: Find[]): void {
  for (const match of text.matchAll(/(?:路|街|巷|道|村|镇|乡|区|园|苑|厦|寓|场)/g)) {
    const end = match.index + 1;
    if (found.some((one) => one.start < end && end <= one.end)) continue;
    const suffix = suffixAt(text, end);
    const places = placesBefore(text, end);
    const named = suffix !== null && (STREETS.has(suffix) || /[镇乡]/.test(suffix));
    const many = places.districts + (suffix !== null && /[镇乡]/.test(suffix) ? -1 : 0) >= 2;
    if (named && many && places.start !== undefined) found.push({ kind: 'address', start: places.start, end });
  }
}

const WAY = String.raw`(?:road|rd|street|st|avenue|ave|lane|drive|dr|boulevard|blvd|highway)\b\.?`;
const PART = String.raw`(?:room|rm|flat|unit|apt|apartment|suite|building|bldg|block|floor|no|lane)\b\.? ?#?\d{1,5}[a-z]?|\d{1,3}\/f`;
const ENGLISH = new RegExp(
  String.raw`(?:(?:${PART}),? {0,2}){0,4}(?:#|no\.? ?)?(?:\d{1,5}[a-z]? |(?<=\d,? ?))(?:[a-z'-]{2,20} ){1,4}${WAY}(?:,? (?:(?:${PART})|[a-z'-]{2,20}(?: (?:district|city|province|town|county))?)){0,4}|[A-Z][a-z'-]{1,20} (?:[A-Za-z'-]{2,20} ){0,3}${WAY},? (?:${PART})(?:,? ?(?:${PART})){0,3}`,
  'gi',
);

function findEnglish(text: string, found: Find[]): void {
  if (!/\b(?:r(?:oa)?d|st(?:reet)?|ave(?:nue)?|lane|dr(?:ive)?|b(?:oule)?va?r?d|highway)\b/i.test(text)) return;
  for (const match of text.matchAll(ENGLISH)) {
    found.push({ kind: 'address', start: match.index, end: match.index + match[0].trimEnd().length });
  }
}
