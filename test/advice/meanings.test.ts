import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openAdvice, type Advice, type AdviceOptions } from '../../src/advice/open-advice.ts';
import type { Consulted } from '../../src/advice/second-opinion.ts';
import type { Written } from '../../src/advice/texts.ts';
import { fixedClock } from '../../src/core/clock.ts';
import type { Store } from '../../src/core/store.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import { now, understand } from '../understanding/freight.ts';
import { embeddingEndpoint, given, json, toyVector } from './embedding-endpoint.ts';

const FAQ = [
  { id: 'hours', question: '网点周末几点关门', similar: ['周日营业到几点'] },
  { id: 'cash', question: '送货上门可以付现金吗', similar: ['送货上门能不能付现金'] },
];
const written: Written = { version: '1', examples: understand.examples, faq: FAQ };
const desk: Consulted = {
  version: '1',
  intents: [{ name: 'claim', title: '理赔' }],
  understand,
  names: ['欧阳娜'],
  perDay: 100,
  answered: false,
  tellable: () => true,
};
/** Words the small recogniser does not know, and the toy model does. */
const strange = understand('盒子瘪得不像样 咋整', now);
const hours = understand('网点周日什么时候下班', now);
const chatter = understand('今晚吃什么', now);

describe('second opinions by vectors', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yingsheng-vectors-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let files = 0;
  let path: string;
  let store: Store;
  let endpoint: Awaited<ReturnType<typeof embeddingEndpoint>>;
  let logged: string[];
  let told: string[];
  const opened: Advice[] = [];
  const clock = fixedClock('2026-11-21T10:00:00+08:00');

  beforeEach(async () => {
    path = join(folder, `${files++}.db`);
    store = await openSqliteStore({ path });
    endpoint = await embeddingEndpoint();
    [logged, told] = [[], []];
    clock.set('2026-11-21T10:00:00+08:00');
  });
  afterEach(async () => {
    for (const advice of opened.splice(0)) await advice.meanings?.stop();
    endpoint.close();
    await store.close();
  });

  function open(model: string | null = null, options: Partial<AdviceOptions> = {}): Advice {
    const note = (facts: object, message: string): void => void logged.push(`${message} ${JSON.stringify(facts)}`);
    const advice = openAdvice(
      { apiKey: 'k', baseUrl: endpoint.url, model, embeddingModel: 'toy' },
      {
        store,
        clock,
        log: { debug: note, info: note, warn: note, error: note },
        tell: (line) => void told.push(line),
        rest: 10,
        ...options,
      },
    );
    opened.push(advice);
    return advice;
  }
  const lines = (words: string): number => logged.filter((line) => line.startsWith(words)).length;
  const complete = 'messages can be compared';
  const failed = 'the endpoint gave no vectors;';

  async function learned(advice: Advice, files: Written = written): Promise<Advice> {
    const before = lines(complete);
    advice.meanings?.learn(files);
    await vi.waitFor(() => expect(lines(complete)).toBe(before + 1), { timeout: 20_000 });
    return advice;
  }
  function rows(): number {
    const database = new Sqlite(path, { readonly: true });
    const count = database.prepare<[], number>('select count(*) from vectors').pluck().get();
    database.close();
    return count ?? 0;
  }

  it('finds what is meant by words that no example has, and refuses the rest', async () => {
    expect([strange, hours, chatter].flatMap(({ requests }) => requests)).toEqual([]);
    const { secondOpinion } = await learned(open());
    const { text } = strange;
    expect(await secondOpinion(strange, desk)).toEqual({
      understood: { ...strange, requests: [{ intent: 'claim', confidence: 0.6, text, start: 0, end: text.length }] },
    });
    expect(await secondOpinion(hours, desk)).toEqual({ understood: hours, answer: 'hours' });
    for (const words of ['今晚吃什么', '股票又跌了', '哈哈哈哈笑死', '昨天那部电影真好看', '明天一起去爬山']) {
      const heard = { ...understand(words, now), requests: [] };
      expect(await secondOpinion(heard, desk)).toEqual({ understood: heard });
    }
  });

  it('takes no word for an intent that the desk does not have, nor for an answer that may not be told', async () => {
    const { secondOpinion } = await learned(open());
    const other = { ...desk, intents: [{ name: 'quote', title: '报价' }], tellable: () => false };
    expect((await secondOpinion(strange, other)).understood).toBe(strange);
    expect(await secondOpinion(hours, other)).toEqual({ understood: hours });
  });

  it('asks once a turn, and nothing where the words or the FAQ are known as it is', async () => {
    const { secondOpinion } = await learned(open());
    const before = endpoint.asked.length;
    await secondOpinion(understand('我要理赔', now), desk);
    await secondOpinion(strange, { ...desk, answered: true });
    await secondOpinion(understand('！！！ 123', now), desk);
    expect(endpoint.asked).toHaveLength(before);
    await secondOpinion(chatter, desk);
    expect(endpoint.asked).toHaveLength(before + 1);
  });

  it('asks a language model only where vectors say nothing', async () => {
    const { secondOpinion } = await learned(open('m'));
    const chats = () => endpoint.bodies.filter((body) => body.includes('"messages"')).length;
    await secondOpinion(strange, desk);
    await secondOpinion(hours, desk);
    expect(chats()).toBe(0);
    expect((await secondOpinion(chatter, desk)).understood).toBe(chatter);
    expect(chats()).toBe(1);
  });

  it('asks for each text once, however often the program starts, and keeps nothing of a message', async () => {
    const { secondOpinion, meanings } = await learned(open());
    await secondOpinion(strange, desk);
    const texts = new Set(written.examples.map(({ text }) => text)).size + 4;
    expect(rows()).toBe(texts);
    await meanings?.stop();
    await store.close();
    store = await openSqliteStore({ path });
    const before = endpoint.asked.length;
    const again = await learned(open());
    expect(endpoint.asked).toHaveLength(before);
    expect((await again.secondOpinion(strange, desk)).understood.requests).toHaveLength(1);
    expect(rows()).toBe(texts);
  });

  it('asks after an edit for what is new alone, lets go of what is gone, and has no opinion by the files of before', async () => {
    const advice = await learned(open());
    const [texts, before] = [rows(), endpoint.texts().length];
    const edited: Written = {
      version: '2',
      examples: [...written.examples.slice(1), { text: '纸盒湿透了谁负责', intent: 'claim' }],
      faq: FAQ,
    };
    expect(await advice.secondOpinion(strange, { ...desk, version: '2' })).toEqual({ understood: strange });
    await learned(advice, edited);
    expect(endpoint.texts().slice(before)).toEqual(['纸盒湿透了谁负责']);
    expect(rows()).toBe(texts);
    expect((await advice.secondOpinion(strange, { ...desk, version: '2' })).understood.requests).toHaveLength(1);
    expect(await advice.secondOpinion(strange, desk)).toEqual({ understood: strange });
  });

  it('needs nothing anew where an edit changes none of the texts', async () => {
    const advice = await learned(open());
    const before = endpoint.asked.length;
    advice.meanings?.learn({ ...written, version: '2' });
    await vi.waitFor(async () =>
      expect((await advice.secondOpinion(strange, { ...desk, version: '2' })).understood.requests).toHaveLength(1),
    );
    expect(endpoint.asked).toHaveLength(before + 1);
    expect(lines(complete)).toBe(1);
  });

  it('goes without while the endpoint fails, says so once, and is there when it is back', async () => {
    endpoint.answer = (_, response) => json(response, { error: { message: '箱子破了' } }, 503);
    const advice = open();
    advice.meanings?.learn(written);
    await vi.waitFor(() => expect(endpoint.asked.length).toBeGreaterThan(2));
    expect((await advice.secondOpinion(strange, desk)).understood).toBe(strange);
    expect(logged.filter((line) => line.startsWith(failed))).toEqual([
      'the endpoint gave no vectors; without them for now {"error":"refused with 503"}',
    ]);
    endpoint.answer = null;
    await vi.waitFor(() => expect(lines(complete)).toBe(1));
    expect((await advice.secondOpinion(strange, desk)).understood.requests).toHaveLength(1);
  });

  it.each<[string, (length: number) => unknown]>([
    ['fewer than asked', () => given([])],
    [
      'another length each time',
      (length) => given(Array.from({ length }, () => new Array<number>(1 + endpoint.asked.length).fill(1))),
    ],
    ['zeros', (length) => given(Array.from({ length }, () => [0, 0]))],
  ])('keeps nothing of %s', async (_what, body) => {
    endpoint.answer = ({ input }, response) => json(response, body(input.length));
    const advice = open(null, { rest: 60_000 });
    advice.meanings?.learn(written);
    await vi.waitFor(() => expect(lines(failed)).toBe(1));
    expect(lines(complete)).toBe(0);
    expect((await advice.secondOpinion(strange, desk)).understood).toBe(strange);
  });

  it('gives smaller batches to an endpoint that takes no more', async () => {
    endpoint.answer = ({ input }, response) =>
      input.length > 10
        ? json(response, { error: { message: 'batch size is invalid' } }, 400)
        : json(response, given(input.map(toyVector)));
    await learned(open());
    expect(endpoint.asked.map(({ input }) => input.length).slice(0, 4)).toEqual([64, 32, 16, 8]);
    expect(Math.max(...endpoint.asked.slice(3).map(({ input }) => input.length))).toBe(8);
  });

  it('begins anew where another model stands behind the name', async () => {
    await (await learned(open())).meanings?.stop();
    const longer = (text: string): number[] => [...toyVector(text), 1];
    endpoint.answer = ({ input }, response) => json(response, given(input.map(longer)));
    const before = rows();
    const edited = { ...written, examples: [...written.examples, { text: '纸盒湿透了谁负责', intent: 'claim' }] };
    const { secondOpinion } = await learned(open(), edited);
    expect(lines('vectors have another length')).toBe(1);
    expect(rows()).toBe(before + 1);
    expect((await secondOpinion(strange, desk)).understood.requests).toHaveLength(1);
  });

  it.each<[string, Parameters<typeof open>[1], string, typeof endpoint.answer]>([
    ['500', {}, 'refused with 500', (_, response) => json(response, {}, 500)],
    [
      'another length',
      {},
      'a vector of another length than the examples have',
      ({ input }, response) => json(response, given(input.map(() => [1, 2]))),
    ],
    ['nothing in time', { patience: 200 }, 'no answer in time', () => {}],
  ])(
    'leaves the local answer where a turn gets %s, then leaves the endpoint alone for a while',
    async (_what, options, fault, answer) => {
      const { secondOpinion } = await learned(open(null, options));
      const before = endpoint.asked.length;
      endpoint.answer = answer;
      for (let i = 0; i < 5; i++) expect((await secondOpinion(strange, desk)).understood).toBe(strange);
      expect(endpoint.asked).toHaveLength(before + 3);
      expect(logged.at(-1)).toBe(`the endpoint gave no vector of a message {"error":"${fault}"}`);
      endpoint.answer = null;
      clock.advance(30_001);
      expect((await secondOpinion(strange, desk)).understood.requests).toHaveLength(1);
    },
  );

  it('asks no more in a day than the budget allows, vectors and language model together', async () => {
    const { secondOpinion } = await learned(open('m'));
    const before = endpoint.bodies.length;
    const frugal = { ...desk, perDay: 2 };
    await secondOpinion(chatter, frugal);
    expect(endpoint.bodies).toHaveLength(before + 2);
    expect((await secondOpinion(strange, frugal)).understood).toBe(strange);
    expect(endpoint.bodies).toHaveLength(before + 2);
    clock.advance(24 * 3_600_000);
    expect((await secondOpinion(strange, frugal)).understood.requests).toHaveLength(1);
  });

  it('never sends what is private, of customers or in the files', async () => {
    const advice = await learned(open(), {
      version: '1',
      examples: [...written.examples, { text: '我叫李建国 电话13911112222 箱子破了', intent: 'claim' }],
      faq: [...FAQ, { id: 'who', question: '负责人的手机是13933334444吗', similar: [] }],
    });
    const said =
      '12345678 我叫张伟 电话13812345678 卡号6222 0212 3456 7890 123 住人民路12号3栋502室 a.b@c.cn 110101199003071234 欧阳娜 嘎';
    await advice.secondOpinion({ ...understand(said, now), requests: [] }, desk);
    const sent = endpoint.bodies.join('\n');
    for (const secret of [
      '12345678',
      '张伟',
      '6222',
      '7890',
      '人民路',
      '502',
      'a.b@',
      '110101',
      '欧阳娜',
      '李建国',
      '1391111',
      '1393333',
    ])
      expect(sent).not.toContain(secret);
    expect(endpoint.asked.at(-1)?.input[0]).toContain('{waybill}');
    expect(logged.join('\n')).not.toContain('嘎');
  });

  it('tells how far it is where it takes long', async () => {
    endpoint.answer = ({ input }, response) => void setTimeout(() => json(response, given(input.map(toyVector))), 30);
    // Two seconds are twenty milliseconds here.
    await learned(open(null, { clock: { ...clock, after: (ms, run) => clock.after(ms / 100, run) } }));
    expect(told.length).toBeGreaterThan(0);
    expect(told[0]).toMatch(/^正在计算语义向量 \(computing vectors\): \d+\/\d+$/);
    const count = told.length;
    await new Promise((done) => setTimeout(done, 200));
    expect(told).toHaveLength(count);
  });

  it('ends at once while the endpoint keeps it waiting', async () => {
    endpoint.answer = () => {};
    const advice = open();
    advice.meanings?.learn(written);
    await vi.waitFor(() => expect(endpoint.asked).toHaveLength(1));
    await advice.meanings?.stop();
    expect(lines(failed)).toBe(0);
  });

  it('says nothing where too little is known to tell what is to be refused', async () => {
    const examples = written.examples.filter(({ intent }) => intent !== null);
    const { secondOpinion } = await learned(open(), { ...written, examples });
    expect(logged.find((line) => line.startsWith(complete))).toContain('"intents":null,"faq":null');
    expect(await secondOpinion(strange, desk)).toEqual({ understood: strange });
  });
});
