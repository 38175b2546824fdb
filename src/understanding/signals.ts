import { SIGNALS } from './understanding.ts';
import type { Signal } from './understanding.ts';

/** Courtesy and particles that may stand around a small word without changing it. */
const SOFT =
  /谢谢[您你]?|感谢|多谢|麻烦[您你]?了?|辛苦[您你]?了?|[请您你那就嗯哦噢啊呀吧了的呢哈哎唉诶嘛咯啦呗\s,，。.!~、;；…]|我要|我想|我们?|还是|先|帮我|给我|都|全部|再见|(?:please|thanks?|thank you|then|i want to|let's)(?![a-z])/iy;
/** A small word ends where the sentence goes on with something else. */
const STOP = /$|[\s,，。.!~、;；]/y;

const WORDS = {
  yes: /对对+|对的|对|是的|是这个|是|就是这个|就这个|嗯+|恩+|好[的滴嘞哒]|好|可以的|可以|行|确认|确定|没错|没问题|正确|同意|收到|要的|需要|[中成](?=$|[\s,。!~吧啊呀])|(?:ok(?:ay|k)?|yes|yeah|yep|yup|sure|correct|right|confirm(?:ed)?|that's (?:right|it))(?![a-z])/iy,
  no: /不是的?|不对|不用|不要|不需要|不行|不可以|不同意|不确认|不正确|不|否|没有了?|没了?(?!错|问题)|错的?|别|(?:no|nope|nah|wrong|not (?:correct|right)|incorrect)(?![a-z])/iy,
  cancel:
    /取消|算了|不用了|不用[查寄发问办](?:了)?|不[查寄发问办提投买要]了|不需要了|不想[查寄发问办]了|别[查寄发问办]了|不弄了|放弃|撤销|退出|不必了|(?:cancel(?: it| that| this)?|never ?mind|forget (?:it|about it)|stop|quit)(?![a-z])/iy,
  skip: /暂时没有|暂无|没有(?!问题)|没(?!错|问题)|无|不知道|不清楚|不晓得|不记得了?|忘记?了|记不清了?|跳过|略过|以后再说|再说吧|不方便|不想说|(?:skip|none|don'?t know|i don'?t (?:know|have (?:it|one|any))|no idea|not sure|n\/a)(?![a-z])/iy,
  noted: /收到|知道了|晓得了|明白了?|了解了?|清楚了|懂了|(?:got it|noted|roger(?: that)?|understood|i see)(?![a-z])/iy,
} as const;

const PATTERNS = {
  repeat: [
    /(?:再|重新?|麻烦再)(?:说|讲|发|来|复述|重复)(?:一?[遍次下])/,
    /重复一?[遍次下]|(?:没|没有)(?:看|听)(?:清|懂|明白)楚?(?!单|货)|^(?:什么|啥)意思|^(?:你|您)?(?:刚才|刚刚)?说(?:的)?(?:什么|啥)|^(?:啥|什么)\s*[?？]*$/,
    /\b(?:say (?:that|it) again|repeat|pardon|come again|what did you say|didn'?t (?:catch|get) that)\b/i,
  ],
  correction: [
    /(?<!是)不是[^,。?!\n]{0,14}[,，。、;\s]\s*(?:而?是|应该是|改成|换成|\d{4})/,
    /(?<!是)不是[^,。?!\n]{1,14}(?:而|,)?是\s?\d/,
    /(?:我|刚才|刚刚|上面|前面|不好意思|抱歉|对不起)[^,。?!\n]{0,6}(?:说|写|打|发|填|报|输|给|弄|记|看|搞)错了?/,
    /^(?:说|写|打|发|填|报|输|给|弄|记|看|搞)错了|(?:单号|号码|地址|电话|数字|名字|姓名|尾号)[^,。?!\n]{0,4}(?:说|写|打|发|填|报|输|给|弄|记)?错了/,
    /^(?:不对|错了)[,，。!\s]*(?:应该)?是|应该是\s?[\d\p{Script=Han}]{2}|(?:改成|改为|换成|更正|纠正)/u,
    /\b(?:i meant?|my mistake|correction|should be|not that one|wrong number|actually it'?s|sorry,? it'?s)\b/i,
  ],
} as const;

/** 好的收到 is no more than 收到. */
const AGREED = /^(?:好[的滴嘞哒]?|嗯+|恩+|行|ok(?:ay)?)[\s,，。.!~]*(?=.)/i;

/** Longer messages say more than a small word. */
const SHORT = 24;

/** The small words of a normalised text, in the order of SIGNALS. A question (是吗, 可以吗) agrees to nothing. */
export function signalsOf(text: string): Signal[] {
  const found = new Set(SIGNALS.filter((signal) => has(text, signal)));
  const short = text.length <= SHORT;
  const asks = /[吗么呢?]\s?[?!。]{0,3}$/.test(text) || /是不是|对不对|可不可以|行不行|好不好/.test(text);
  if ((asks && short) || found.has('no') || found.has('cancel') || found.has('correction')) found.delete('yes');
  if (!short) found.delete('repeat');
  return SIGNALS.filter((signal) => found.has(signal));
}

function has(text: string, signal: Signal): boolean {
  if (signal === 'repeat' || signal === 'correction') return PATTERNS[signal].some((pattern) => pattern.test(text));
  if (signal === 'noted') return saysOnly(text.replace(AGREED, ''), WORDS.noted);
  return saysOnly(text, WORDS[signal]) || beginsWith(text, WORDS[signal]);
}

/** Whether the text is nothing but the word, once or more, and soft words. Reads each character once. */
function saysOnly(text: string, word: RegExp): boolean {
  let at = 0;
  let said = false;
  while (at < text.length) {
    const length = lengthAt(text, word, at);
    if (length > 0) said = true;
    const step = length || lengthAt(text, SOFT, at);
    if (step === 0) return false;
    at += step;
  }
  return said;
}

/** Whether the word comes first, set off from what follows. */
function beginsWith(text: string, word: RegExp): boolean {
  let at = 0;
  while (at < text.length) {
    const length = lengthAt(text, word, at);
    if (length > 0) {
      STOP.lastIndex = at + length;
      return STOP.test(text);
    }
    const soft = lengthAt(text, SOFT, at);
    if (soft === 0) return false;
    at += soft;
  }
  return false;
}

/** Length of what a sticky pattern matches at a place; 0 where it does not. */
function lengthAt(text: string, sticky: RegExp, at: number): number {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0].length ?? 0;
}
