import type { Entity } from './understanding.ts';

export interface Clause {
  readonly start: number;
  readonly end: number;
}

/** Ends of sentences and parts; a point or comma inside a number ends nothing. */
const BREAK = /[。!?;；\n…~、]+|[,.:](?!\d)|(?<!\d)[,.](?=\d)| (?=\p{Script=Han})/gu;
/** Words that begin another matter. 还有 before 多久 or 几天 does not. */
const CONNECTOR =
  /另外|顺便|此外|再问(?:一?下|个)?|再查(?:一?下)?|再帮我|以及|还想(?:问|查)|还要(?:问|查)|同时(?!间)|对了|还有(?![多几没两一二三四五六七八九十\d个票件哪谁])|\b(?:and also|also|by the way|another question|plus|besides)\b/giu;
/** Thanks at the end of more than 好的, said without a pause: 多少钱谢谢您. */
const THANKS = /(?<=.{3})(?<![不用])(?:非常|十分|万分|先)?(?:谢谢|多谢|感谢)\p{Script=Han}{0,2}(?=\P{L}*$)/gu;
/** More clauses than that are no message but a letter: the rest is one clause. */
const MOST = 16;

/** The parts of a message that may ask for something each. No entity is cut. */
export function clausesOf(text: string, entities: readonly Entity[]): Clause[] {
  const cut = (at: number): boolean => !entities.some((entity) => entity.start < at && at < entity.end);
  const places = [
    ...[...text.matchAll(BREAK)].map((match) => match.index + match[0].length),
    ...[CONNECTOR, THANKS].flatMap((words) => [...text.matchAll(words)].map((match) => match.index)),
  ]
    .filter((at) => at > 0 && at < text.length && cut(at))
    .sort((a, b) => a - b)
    .slice(0, MOST - 1);
  const ends = [...places, text.length];
  return ends
    .map((end, i) => ({ start: ends[i - 1] ?? 0, end }))
    .filter(({ start, end }) => /[\p{L}\p{N}]/u.test(text.slice(start, end)));
}

/** Words that only point at a parcel or lead up to a question. */
const POINTING =
  /我们?|你们?|您|这|那|个|的|是|票|单子?|号|运单|快递|货物?|件|查|一下|下|帮|给|麻烦|请问?|看|想|要|问|师傅|老板|亲|客服|有|和|跟|呢|啊|吧|哦|了|在|把|就|昨天|今天|before|please|my|the|is|number|waybill|parcel|order|hi|for|a|i|have/giu;

/** Whether a masked clause only names something (我的{waybill}单号) and asks nothing by itself. */
export function onlyPoints(masked: string): boolean {
  if (!masked.includes('{')) return false;
  return (
    masked
      .replace(/\{[a-z0-9_-]+\}/g, '')
      .replace(POINTING, '')
      .replace(/[\s\p{P}\p{S}]/gu, '').length < 2
  );
}
