import { beforeEach, afterEach, describe, expect, it, vi } from 'vitest';
import { adviceForDesk, type DeskAdvice } from '../../src/advice-for-desk.ts';
import { createInProcessCoordination } from '../../src/coordination/in-process.ts';
import { fixedClock } from '../../src/core/clock.ts';
import { conversationId } from '../../src/core/message.ts';
import type { Store } from '../../src/core/store.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { createRecords } from '../../src/records/records.ts';
import { createReplier } from '../../src/replying/replier.ts';
import { knowledgeOf } from '../knowledge/desk-fixture.ts';
import { memoryStore } from '../store/memory-store.ts';
import { CHATTER } from '../../src/understanding/chatter.ts';
import { examples } from '../understanding/freight.ts';
import { embeddingEndpoint, json } from './embedding-endpoint.ts';

const ID = conversationId('webchat', 'one');
const SAID = [
  '盒子瘪得不像样 咋整',
  '查一下12345678到哪了',
  '网点打烊啦',
  '今晚吃什么',
  '嘎嘎嘎',
  '盒子瘪得不像样 咋整',
];
const claim = examples.get('claim') ?? [];
const FILES = {
  'intents/claim.yml': `title: 理赔\ndesk: service\nexamples: ${JSON.stringify(claim)}\nsteps:\n  - say: claim.how\n`,
  'knowledge/chatter.txt': CHATTER.slice(0, 60).join('\n'),
  'knowledge/phrases/claim.yml': 'claim.how: 请把照片发来\n',
  'knowledge/faq/hours.yml':
    '- question: 网点周末几点关门\n  similar: [网点星期天营业到几点]\n  answer: 周末十八点关门\n  owner: 林晓\n',
};

const wordsOf = (turn: string): string => /"outgoing":\[.*?\]/.exec(turn)?.[0] ?? turn;

describe('a desk with an endpoint of vectors', () => {
  let known: Knowledge;
  let endpoint: Awaited<ReturnType<typeof embeddingEndpoint>>;
  let logged: string[];
  const opened: (DeskAdvice | Store)[] = [];
  const clock = fixedClock('2026-11-21T10:00:00+08:00');

  beforeEach(async () => {
    known = await knowledgeOf(FILES);
    endpoint = await embeddingEndpoint();
    logged = [];
  });
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await ('stop' in one ? one.stop() : one.close());
    endpoint.close();
  });

  async function adviceFrom(url: string): Promise<DeskAdvice> {
    const note = (_: object, message: string): void => void logged.push(message);
    const store = await memoryStore();
    const advice = adviceForDesk(
      { apiKey: 'k', baseUrl: url, model: null, embeddingModel: 'toy' },
      { store, clock, log: { debug: note, info: note, warn: note, error: note }, tell: () => {}, patience: 300 },
    );
    opened.push(store, advice);
    advice.learn(known);
    return advice;
  }

  /** All that is kept of a conversation, as JSON. */
  async function kept(advice: DeskAdvice | null): Promise<readonly string[]> {
    const store = await memoryStore();
    opened.push(store);
    const note = (): void => {};
    const replier = createReplier({
      ...(advice === null ? {} : { advise: advice.advise }),
      store,
      knowledge: () => known,
      records: () => createRecords(known.sources, {}),
      coordination: createInProcessCoordination({ clock, concurrency: 1 }),
      clock,
      log: { debug: note, info: note, warn: note, error: note },
    });
    const turns: string[] = [];
    for (const [i, text] of SAID.entries()) {
      const at = clock.now().toISOString();
      const customer = { id: 'dl_a' };
      const message = { channel: 'webchat', id: String(i), conversation: ID, customer, group: false, text, sentAt: at };
      await store.receive({ ...message, attachments: [] }, at);
      const turn = await replier.reply((await store.conversation(ID))!, clock.now());
      expect(await store.commitTurn(turn)).toBe('done');
      turns.push(JSON.stringify({ ...turn, outcomes: [...turn.outcomes] }));
    }
    return turns;
  }

  it('answers by a flow and by the FAQ what it did not know before, and all else as before', async () => {
    const advice = await adviceFrom(endpoint.url);
    await vi.waitFor(() => expect(logged).toContain('messages can be compared by their vectors'));
    const [without, turns] = [await kept(null), await kept(advice)];
    expect(without[0]).not.toContain('请把照片发来');
    expect(without[2]).not.toContain('周末十八点关门');
    expect(turns[0]).toContain('请把照片发来');
    expect(turns[2]).toContain('周末十八点关门');
    expect(wordsOf(turns[1]!)).toBe(wordsOf(without[1]!));
    for (const i of [3, 4]) expect(turns[i]).not.toMatch(/请把照片发来|周末十八点关门/);
  });

  it.each<[string, () => Promise<DeskAdvice>]>([
    [
      'that refuses',
      async () => {
        endpoint.answer = (_, response) => json(response, {}, 500);
        return adviceFrom(endpoint.url);
      },
    ],
    ['that nobody answers at', () => adviceFrom('http://127.0.0.1:1/v1')],
    [
      'whose vectors are not there yet',
      async () => {
        endpoint.answer = () => {};
        return adviceFrom(endpoint.url);
      },
    ],
    [
      'that breaks after it was there',
      async () => {
        const advice = await adviceFrom(endpoint.url);
        await vi.waitFor(() => expect(logged).toContain('messages can be compared by their vectors'));
        endpoint.answer = (_, response) => json(response, { data: [] });
        return advice;
      },
    ],
  ])('keeps, byte for byte, what it would keep without it, with one %s', async (_what, open) => {
    const advice = await open();
    const without = await kept(null);
    expect(await kept(advice)).toEqual(without);
  });
});
