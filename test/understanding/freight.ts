import { createUnderstander, learnExamples, type Understander } from '../../src/understanding/understand.ts';
import type { UnderstanderOptions } from '../../src/understanding/understanding.ts';

/** A small desk for the tests of understanding: ten intents, a dozen wordings each. */
const EXAMPLES: Readonly<Record<string, string>> = {
  greeting: '您好|你好|在吗|有人吗|早上好|下午好|哈喽|你好在吗|客服在不在|hello|hi there|您好有人在吗',
  thanks: '谢谢|多谢|非常感谢|谢谢你|好的谢谢|辛苦了|太感谢了|麻烦你了谢谢|thanks|thank you very much|感谢帮忙|谢了',
  'order-tracking':
    '{waybill}|查货|我的货到哪了|查一下{waybill}到哪了|{waybill}怎么还没到|货发到哪里了|帮我查下物流|单号{waybill}现在在什么位置|我的货什么时候到|where is my parcel {waybill}|track my shipment|货物签收了吗|我要查货|昨天发的货到了没有|货还在路上吗|包裹走到哪了',
  'payment-lookup':
    '货款什么时候返|我的代收货款什么时候到账|单号{waybill}的货款为什么还没有收到|查款|代收款到了没有|货款还没打给我|货款怎么还不到账|代收的钱什么时候给我|查一下{waybill}的货款|when will I get my cash on delivery money|货款半个月了还没收到|钱返了吗',
  claim:
    '箱子破了怎么赔|里面碎了|货物损坏要理赔|东西少了两件|货丢了怎么办|我要理赔|理赔进度怎么样|包装破损里面坏了|货物受潮了能赔吗|my goods arrived damaged|怎么申请理赔|少货了怎么赔偿',
  'pickup-order':
    '明天能来提货吗|我要发货|叫车来拉货|上门取件|今天下午来收货行吗|有一批货要发|预约提货|安排人来拿货|please pick up my goods|我有货要寄|能上门提货吗|帮我下个单发货',
  quote:
    '到{city}{weight}多少钱|运费怎么算|从{city}到{city}多少钱|报个价|{volume}的货到{city}运费多少|一公斤多少钱|发{city}什么价格|how much to send {weight} to {city}|价格能便宜点吗|大概要多少运费|问下运费|寄{quantity}到{city}多少钱',
  'restricted-goods':
    '锂电池能寄吗|可以发液体吗|酒能不能托运|什么东西不能寄|活物能发吗|能寄{goods}吗|化妆品可以寄吗|危险品收吗|刀具能发货吗|can I send batteries|药品能寄不|能不能寄食品',
  complaint:
    '我要投诉|投诉你们的司机|服务态度太差了|我要投诉客服|你们态度恶劣|投诉一个快递员|要举报你们网点|服务太差我要投诉|I want to complain|对你们服务很不满意|送货师傅骂人|投诉',
  invoice:
    '怎么开发票|我要开票|发票什么时候寄|能开专票吗|电子发票发我邮箱|开一张增值税发票|发票抬头怎么改|I need an invoice|运费发票怎么开|要发票|补开发票可以吗|发票开了吗',
};

export const examples: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(EXAMPLES).map(([intent, lines]) => [intent, lines.split('|')]),
);
export const now = new Date(2026, 10, 21, 10);
export const options = {
  examples,
  outOfScope: [],
  gazetteers: new Map([
    ['city', ['成都', '上海', '杭州'].map((value) => ({ value, names: [] }))],
    ['goods', [{ value: '锂电池', names: ['充电宝'] }]],
  ]),
  waybillPattern: '\\d{8}',
  maxLength: 500,
};
export const taught = (by: UnderstanderOptions): Understander => createUnderstander(by, learnExamples(by));
export const understand: Understander = taught(options);
export const intentsOf = (text: string): string[] => understand(text, now).requests.map(({ intent }) => intent);
