import { describe, expect, it } from 'vitest';
import { createFaqSearch } from '../../src/knowledge/faq-search.ts';
import { createTemplates } from '../../src/knowledge/template.ts';
import type { FaqEntry } from '../../src/knowledge/knowledge.ts';

function entry(question: string, answer: string, more: Partial<FaqEntry> = {}): FaqEntry {
  return {
    id: question,
    question,
    answer,
    words: { zh: createTemplates()(answer), en: null },
    similar: [],
    owner: '林晓',
    place: { file: 'f', line: 1, column: 1 },
    ...more,
  };
}

const ENTRIES = [
  entry('你们几点上班', '每天八点到晚上八点都有人值班。', { similar: ['营业时间是什么时候', '周末上班吗'] }),
  entry('保价怎么收费', '按声明价值的千分之三收取,最低两元。', { similar: ['保价费是多少'] }),
  entry('代收货款的手续费是多少', '每票千分之三。', { similar: ['代收怎么收手续费'] }),
  entry('运费可以到付吗', '可以,收件人签收时付。', { similar: ['能不能到付'] }),
  entry('可以开发票吗', '可以,签收后联系我们。', { similar: ['Can I get an invoice'] }),
  entry('春节上班吗', '春节照常收货。', { valid_from: '2026-02-01', valid_until: '2026-02-28' }),
];
const search = createFaqSearch(ENTRIES);
const at = new Date('2026-11-21T10:00:00+08:00');
const best = (text: string, when = at) => search(text, when, 3)[0];

describe('searching the FAQ', () => {
  it.each([
    ['你们几点上班', '你们几点上班'],
    ['请问你们几点上班呢?', '你们几点上班'],
    ['营业时间是什么时候', '你们几点上班'],
    ['您好,保价怎么收费呀', '保价怎么收费'],
    ['能不能到付', '运费可以到付吗'],
    ['can i get an invoice please', '可以开发票吗'],
  ])('is all but sure of the wording %s', (text, question) => {
    expect(best(text)?.entry.question).toBe(question);
    expect(best(text)?.score).toBeGreaterThanOrEqual(0.9);
  });

  it.each([
    ['几点开始上班', '你们几点上班'],
    ['运费能到付不', '运费可以到付吗'],
    ['代收货款手续费', '代收货款的手续费是多少'],
    ['保价的费用是多少钱', '保价怎么收费'],
  ])('finds %s though it is worded otherwise', (text, question) => {
    expect(best(text)?.entry.question).toBe(question);
    expect(best(text)?.score).toBeGreaterThan(0.4);
    expect(best(text)?.score).toBeLessThan(1);
  });

  it.each(['你们几点上班', '几点开始上班', '保价的费用是多少钱', '我的货破了里面碎了', 'hello world', ''])(
    'misses no score that is high enough for %j',
    (text) => {
      const all = search(text, at, 3);
      for (const least of [0.3, 0.6, 0.9, 1]) {
        const found = search(text, at, 3, least);
        if ((all[0]?.score ?? 0) >= least) expect(found).toEqual(all);
      }
      expect(search('我的货破了里面碎了', at, 3, 0.9)).toEqual([]);
    },
  );

  it.each(['今天天气真好', '我的货破了里面碎了', '中午一起吃饭', 'hello world', '', '??', '12345678'])(
    'finds nothing to speak of for %j',
    (text) => {
      expect(best(text)?.score ?? 0).toBeLessThan(0.3);
    },
  );

  it('leaves out what is not valid on the day, the last day included', () => {
    const asked = (day: string) => best('春节上班吗', new Date(`${day}T12:00:00+08:00`))?.entry.question;
    expect([asked('2026-01-31'), asked('2026-02-01'), asked('2026-02-28'), asked('2026-03-01')]).toEqual([
      '你们几点上班',
      '春节上班吗',
      '春节上班吗',
      '你们几点上班',
    ]);
  });

  it('gives the best first and no more than asked for', () => {
    const hits = search('手续费是多少', at, 2);
    expect(hits).toHaveLength(2);
    expect(hits[0]?.score).toBeGreaterThanOrEqual(hits[1]?.score ?? 1);
  });

  it('puts first what an entry says in all its wordings, before one that is like it in one', () => {
    const entries = [
      entry('保价费是多少', '千分之三', { similar: ['保价怎么收', '保价贵不贵'] }),
      entry('怎么下单', '在网上', { similar: ['能不能先问保价再下单', '下单要多久'] }),
    ];
    expect(createFaqSearch(entries)('先问下保价', at, 2).map((hit) => hit.entry.question)).toEqual([
      '保价费是多少',
      '怎么下单',
    ]);
  });

  it('finds the one among twenty thousand', () => {
    const hundred = (first: string, second: string): string[] =>
      [...first].flatMap((one) => [...second].map((other) => `${one}${other}`));
    const things = [
      ...hundred('铜铁木竹瓷布棉皮纸钢', '杯锅凳箱灯架扇镜柜床'),
      ...hundred('红黄蓝绿白黑紫灰粉青', '鞋帽袜裙裤包伞巾衫袋'),
    ];
    const doings = '清洗 修理 安装 包装 存放 称量 检验 登记 更换 保养'
      .split(' ')
      .flatMap((doing) => [
        doing,
        `旧物${doing}`,
        `上门${doing}`,
        `加急${doing}`,
        `整批${doing}`,
        `零星${doing}`,
        `夜间${doing}`,
        `代客${doing}`,
        `免费${doing}`,
        `到付${doing}`,
      ]);
    const many = things.flatMap((thing) =>
      doings.map((doing) => entry(`${thing}${doing}要多少钱`, `${thing}${doing}`)),
    );
    expect(many).toHaveLength(20_000);
    const among = createFaqSearch(many);
    for (const [text, question] of [
      ['请问铁锅保养多少钱', '铁锅保养要多少钱'],
      ['我想问下黑伞的修理要多少', '黑伞修理要多少钱'],
      ['瓷柜 夜里 检验 多少钱', '瓷柜夜间检验要多少钱'],
    ] as const) {
      const [best] = among(text, at, 3);
      expect(best?.entry.question).toBe(question);
      expect(best?.score).toBeGreaterThan(0.4);
    }
    expect(among('今晚看什么电影', at, 3)[0]?.score ?? 0).toBeLessThan(0.3);
  });
});
