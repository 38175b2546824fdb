import { describe, expect, it } from 'vitest';
import { examples, intentsOf, now, options, taught, understand } from './freight.ts';

describe('requests', () => {
  it.each([
    ['12345678', 'order-tracking'],
    ['１２３４５６７８', 'order-tracking'],
    ['帮忙看下我那票货现在走到哪里了', 'order-tracking'],
    ['麻烦问一下12345678这票货什么时候能到', 'order-tracking'],
    ['我的12345678单号的货款为什么半个月了还没有收到', 'payment-lookup'],
    ['我的12345678单号,货款为什么半个月了还没收到', 'payment-lookup'],
    ['带收货款几时返', 'payment-lookup'],
    ['貨款什麼時候返', 'payment-lookup'],
    ['狸赔要怎么弄', 'claim'],
    ['箱子破了,里面碎了,怎么赔', 'claim'],
    ['收到的东西少了一件', 'claim'],
    ['后天上午能上门提货不', 'pickup-order'],
    ['上海到杭州300公斤运费多少', 'quote'],
    ['how much to send 50 kg to 成都', 'quote'],
    ['充电宝可以寄吗', 'restricted-goods'],
    ['我要投诉你们那个司机', 'complaint'],
    ['发票怎么开啊', 'invoice'],
    ['好的非常感谢你', 'thanks'],
  ])('%s asks for %s', (text, intent) => expect(intentsOf(text)).toEqual([intent]));

  it.each([
    ['12345678到哪了?还有货款什么时候返', ['order-tracking', 'payment-lookup']],
    ['你好,我想查货', ['greeting', 'order-tracking']],
    ['上海到杭州300公斤运费多少谢谢您', ['quote', 'thanks']],
    ['发票怎么开啊非常感谢!', ['invoice', 'thanks']],
    ['我要开发票,另外明天能来提货吗', ['invoice', 'pickup-order']],
    ['运费怎么算?锂电池能寄吗?运费多少?', ['quote', 'restricted-goods']],
    ['12345678到哪了?23456781的货款什么时候返?12345678到哪了?', ['order-tracking', 'payment-lookup']],
    ['12345678到哪了?23456781的货款什么时候返?34567812到哪了?', ['order-tracking', 'payment-lookup', 'order-tracking']],
  ])('%s asks for several things', (text, intents) => expect(intentsOf(text)).toEqual(intents));

  it('says where each request stands', () => {
    const { text, requests } = understand('12345678到哪了?还有货款什么时候返', now);
    expect(requests.map(({ start, end }) => text.slice(start, end))).toEqual(['12345678到哪了?', '还有货款什么时候返']);
    expect(requests.every((request) => text.slice(request.start, request.end) === request.text)).toBe(true);
  });

  it.each([
    '今天天气怎么样',
    '晚上一起打麻将',
    '帮我写一首诗',
    '股票又跌了',
    '小王下午开会别迟到',
    '哈哈哈哈',
    'who won the election',
    '1234',
    '',
    '!!!',
    '😀',
  ])('%j asks for nothing of ours', (text) => expect(intentsOf(text)).toEqual([]));

  it('gives guesses also where none is good enough', () => {
    const { requests, guesses } = understand('今天天气怎么样', now);
    expect(requests).toEqual([]);
    expect(guesses).toHaveLength(5);
    expect([...guesses].sort((a, b) => b.confidence - a.confidence)).toEqual(guesses);
  });
});

describe('an understander', () => {
  it('understands from three examples an intent', () => {
    const few = taught({
      ...options,
      examples: new Map([...examples].map(([intent, lines]) => [intent, lines.slice(0, 3)])),
    });
    const top = (text: string): string | undefined => few(text, now).guesses[0]?.intent;
    expect(top('代收货款到账了吗')).toBe('payment-lookup');
    expect(top('我要发货给客户')).toBe('pickup-order');
  });

  it('refuses what it was told is out of scope', () => {
    const told = taught({
      ...options,
      outOfScope: ['司机招聘吗', '你们招司机不', '招不招司机', '想当司机怎么报名'],
    });
    expect(told('你们还招司机吗', now).requests).toEqual([]);
    expect(told('货款什么时候返', now).requests).toHaveLength(1);
  });

  it('lets an intent be about what others chat about', () => {
    const weather = taught({
      ...options,
      examples: new Map([...examples, ['weather', ['今天天气怎么样', '明天会下雨吗', '天气好不好', '今天天气真好吗']]]),
    });
    expect(weather('明天天气怎么样', now).requests.map(({ intent }) => intent)).toEqual(['weather']);
  });

  it('works with one intent, and with none', () => {
    const one = taught({ ...options, examples: new Map([['claim', ['我要理赔']]]) });
    expect(one('我要理赔', now).requests.map(({ intent }) => intent)).toEqual(['claim']);
    const none = taught({ ...options, examples: new Map() });
    expect(none('12345678', now)).toMatchObject({ requests: [], guesses: [], entities: [{ type: 'waybill' }] });
  });

  it('reports mood, signals, script and language beside the requests', () => {
    expect(understand('我說錯了!!不是這個單號,是87654321', now)).toMatchObject({
      text: '我说错了!!不是这个单号,是87654321',
      script: 'hant',
      language: 'zh',
      mood: 'annoyed',
      emergency: false,
      signals: ['correction'],
    });
    expect(understand('仓库着火了', now).emergency).toBe(true);
  });
});
