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

/** What customers ask in the benches: complete questions that are answered at once, each of another kind and with another waybill. */
export function questionAt(nth: number): string {
  const waybill = String(10_000_000 + ((nth * 7919) % 80_000_000));
  return (QUESTIONS[nth % QUESTIONS.length] ?? '').replace(/\d{8}/, waybill);
}
