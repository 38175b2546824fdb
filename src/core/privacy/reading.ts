/**
 * A text as the finders of private words see it: half-width, simplified where their patterns need it, without what is
 * invisible. Character `i` stands for `starts[i]` to `ends[i]` of the original, in UTF-16 units.
 */
export interface Reading {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Zero-width and other format characters, and marks such as the box around a keycap digit. */
const UNSEEN = /[\p{Cf}\p{M}\u115f\u1160\u3164\uffa0]/u;
/** One character may become several (⑴ is "(1)"), but not a sentence (U+FDFA is eighteen). */
const MOST_FOR_ONE = 4;
/** Stands for a character beyond the basic plane that is a letter, and for one that is none. */
const RARE_HAN = '\u3400';
const SYMBOL = '\u25aa';

/** A character as HTML, JSON and addresses of pages write it, and signs of Markdown and HTML that nobody reads. */
const MARKUP =
  /&#(\d{1,6});|&#x([0-9a-f]{1,5});|\\u([0-9a-f]{4})|&(nbsp|ensp|emsp|thinsp);|<\/?[a-z][^<>\n]{0,80}>|\*\*|~~|`/iy;
const PERCENT = /%([2-7][0-9a-f])/iy;

function writtenAt(text: string, at: number): { readonly character: string; readonly length: number } | null {
  if (!/[&\\<*~`%]/.test(text.charAt(at))) return null;
  PERCENT.lastIndex = at;
  const percent = PERCENT.exec(text);
  // 100%31 is a share; %31%33 is a row of characters.
  if (percent && (/^%[2-7][0-9a-f]$/i.test(text.slice(at - 3, at)) || text.charAt(at + 3) === '%'))
    return { character: String.fromCharCode(parseInt(percent[1] ?? '', 16)), length: 3 };
  MARKUP.lastIndex = at;
  const mark = MARKUP.exec(text);
  if (mark === null) return null;
  const [whole, decimal, hex, escape, space] = mark;
  const code = decimal === undefined ? parseInt(hex ?? escape ?? '', 16) : Number(decimal);
  if (Number.isNaN(code)) return { character: space === undefined ? '' : ' ', length: whole.length };
  return code > 0x10ffff ? null : { character: String.fromCodePoint(code), length: whole.length };
}

/** Linear in the length of the text. */
export function read(original: string): Reading {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = 0, end = 0; at < original.length; at = end) {
    const written = writtenAt(original, at);
    const character = written?.character ?? String.fromCodePoint(original.codePointAt(at) ?? 0);
    end = at + (written?.length ?? character.length);
    // What is not seen belongs to what stands before it, so that both are covered together.
    if (character === '' || UNSEEN.test(character)) {
      if (ends.length > 0) ends[ends.length - 1] = end;
    } else {
      for (const unit of plain(character)) {
        text += unit;
        starts.push(at);
        ends.push(end);
      }
    }
  }
  return { text, starts, ends };
}

/** Without the signs between single Chinese characters: 王 小 明, 王-小-明. */
export function closeUp({ text, starts, ends }: Reading): Reading {
  let closed = '';
  const kept: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const lone = isHan(text[i - 1]) && isHan(text[i + 1]) && (!isHan(text[i - 2]) || !isHan(text[i + 2]));
    if (lone && /[ .\-_*/~|·・]/.test(text.charAt(i))) continue;
    closed += text.charAt(i);
    kept.push(i);
  }
  return { text: closed, starts: kept.map((i) => starts[i] ?? 0), ends: kept.map((i) => ends[i] ?? 0) };
}

export function isHan(character: string | undefined): boolean {
  return character !== undefined && character !== '' && /\p{Script=Han}/u.test(character);
}

function plain(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return character;
  const known = SIMPLE.get(character);
  if (known !== undefined) return known;
  const digit = digitOf(code);
  if (digit !== null) return String(digit);
  const compatible = character.normalize('NFKC');
  if (compatible !== character && compatible.length <= MOST_FOR_ONE) return compatible;
  if (code < 0x10000) return character;
  return isHan(character) ? RARE_HAN : SYMBOL;
}

/** The zeros of scripts whose digits are others than ours, and of the circled digits that are not compatible with ours. */
const ZEROS = [0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20];
const ONES = [0x2776, 0x2780, 0x278a, 0x24f5];

function digitOf(code: number): number | null {
  for (const zero of ZEROS) if (code >= zero && code < zero + 10) return code - zero;
  for (const one of ONES) if (code >= one && code < one + 9) return code - one + 1;
  return code === 0x24ea || code === 0x24ff ? 0 : null;
}

/** Only what the patterns name: the rest stays as it was written. */
const SIMPLE: ReadonlyMap<string, string> = new Map(
  [
    '號号 樓楼 區区 縣县 鎮镇 鄉乡 莊庄 園园 廈厦 棟栋 單单 層层 組组 隊队 門门 戶户 電电 話话 機机 聯联 繫系 係系 絡络 發发',
    '貨货 張张 陳陈 劉刘 趙赵 黃黄 吳吴 楊杨 孫孙 馬马 許许 鄭郑 謝谢 韓韩 馮冯 鄧邓 葉叶 蔣蒋 賈贾 羅罗 蕭萧 潘潘 鍾钟 譚谭',
    '範范 盧卢 陸陆 顧顾 龍龙 錢钱 湯汤 喬乔 賴赖 龔龚 嚴严 閻阎 鄒邹 師师 闆板 總总 經经 帳账 賬账 開开 寫写 換换 為为 後后',
    '間间 條条 灣湾 嶺岭 橋桥 東东 廣广 場场 業业 產产 萬万 證证 會会 碼码 稱称 參叁 貳贰 兩两 陆陆 個个 們们 這这',
    'οo оo ОO ΟO ○〇 叉X',
  ].flatMap((line) => line.split(' ').map((pair) => [pair.charAt(0), pair.slice(1)] as const)),
);
