const QUESTIONS: readonly string[] = [
  '请问单号12345678的货到哪里了，什么时候能送到？',
  '你们杭州的网点地址在哪里，电话是多少？',
  '请问锂电池和油漆可以寄吗，需要什么手续？',
  '从广州发到成都大概要几天能到？',
  '请问你们客服的上班时间是几点到几点？',
  '我想知道从上海发200公斤到北京要多少钱？',
  '请问你是机器人还是真人在回答我？',
  '我的单号23456789为什么还没有派送？',
];

/** Said before and behind, without a pause between, which change nothing that is asked. */
const OPENINGS =
  '|您好|你好|亲|老板|师傅|客服|美女|帅哥|哈喽|早上好|下午好|晚上好|麻烦您|麻烦你|劳驾|打扰了|帮忙|请教一下|咨询一下|我想问|想问一下|问一下|问下|那个|请您|您看|诶|喂|嗨|在吗|朋友|同志|老师|你们好'.split(
    '|',
  );
const CLOSINGS =
  '|谢谢|谢谢您|谢谢你|多谢|感谢|麻烦了|辛苦了|急|很急|比较急|急用|在线等|等您回复|拜托|拜托了|求回复|谢了|先谢谢|非常感谢|十分感谢|万分感谢|急着知道|急死了|快点|请回复|请告知|盼回复|等回话|等你消息|等着呢|麻烦您了|辛苦您了|打扰了|有劳了|谢谢啦|多谢啦'.split(
    '|',
  );

/**
 * What customers ask in the benches: complete questions that are answered at once, each of another kind and with another waybill. No two of 10,000 have the
 * same words: what is remembered of one helps with no other.
 */
export function questionAt(nth: number): string {
  const waybill = String(10_000_000 + ((nth * 7919) % 80_000_000));
  const round = Math.floor(nth / QUESTIONS.length);
  const opening = OPENINGS[round % OPENINGS.length] ?? '';
  const closing = CLOSINGS[Math.floor(round / OPENINGS.length) % CLOSINGS.length] ?? '';
  const question = (QUESTIONS[nth % QUESTIONS.length] ?? '').replace(/\d{8}/, waybill);
  return `${opening}${question.slice(0, -1)}${closing}${question.slice(-1)}`;
}
