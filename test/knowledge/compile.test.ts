import { describe, expect, it } from 'vitest';
import type { Branch, Step } from '../../src/knowledge/knowledge.ts';
import { edited, knowledgeOf, MINIMAL } from './desk-fixture.ts';

const NOW = new Date('2026-06-15T12:00:00+08:00');
const INTENT = 'intents/order-tracking.yml';

async function stepsOf(steps: string): Promise<readonly Step[]> {
  const flow = (MINIMAL[INTENT] ?? '').replace(/steps:[^]*$/, `steps:\n${steps}\n`);
  return (await knowledgeOf({ [INTENT]: flow })).intents.get('order-tracking')?.steps ?? [];
}

function branchesOf(step: Step | undefined): readonly Branch[] {
  return step?.kind === 'choose' ? step.branches : [];
}

describe('a compiled intent', () => {
  it('runs the keys of one step in the order of the table, wherever they stand', async () => {
    const steps = await stepsOf(`  - hand_over:
    say: order.where
    follow_up: { after: 2h, say: order.missing }
    ticket: {}
    choose: [{ otherwise: , say: order.where }]
    confirm: order.where
    ask: waybill
    verify: owner
    find: order
    set: { n: 1 }`);
    expect(steps.map(({ kind }) => kind)).toEqual([
      'set',
      'find',
      'verify',
      'ask',
      'confirm',
      'choose',
      'ticket',
      'follow_up',
      'say',
      'hand_over',
    ]);
  });

  it('names each step by its path and knows where it stands', async () => {
    const steps = await stepsOf(`  - find: order
    by: { waybill: slots.waybill }
  - choose:
      - when: order == null
        say: order.missing
      - otherwise:
        steps:
          - say: [order.where]
          - choose: [{ otherwise: , ticket: {} }]`);
    const [missing, otherwise] = branchesOf(steps[1]);
    const all = [
      ...steps,
      ...(missing?.steps ?? []),
      ...(otherwise?.steps ?? []),
      ...(branchesOf(otherwise?.steps[1])[0]?.steps ?? []),
    ];
    expect(all.map(({ id, place }) => `${id} ${place.line}:${place.column}`)).toEqual([
      '0.find 12:5',
      '1.choose 14:5',
      '1.choose.0.say 16:9',
      '1.choose.1.steps.0.say 19:13',
      '1.choose.1.steps.1.choose 20:13',
      '1.choose.1.steps.1.choose.0.ticket 20:37',
    ]);
    expect([missing?.when?.source, otherwise?.when]).toEqual(['order == null', null]);
  });

  it('fills in what an administrator may leave out', async () => {
    const steps = await stepsOf(`  - find: order
    by: { waybill: slots.waybill }
  - find: order
    all: parcels
  - ticket: { priority: high, promise: service.reply, desk: service, summary: "单 {{ slots.waybill }}" }
  - follow_up: { after: 1.5h, say: order.missing }
  - hand_over:`);
    const plain = steps.map((step) => ({ ...step, place: undefined, by: undefined, summary: undefined }));
    expect(plain).toMatchObject([
      { kind: 'find', record: 'order', as: 'order', all: false },
      { kind: 'find', record: 'order', as: 'parcels', all: true },
      { kind: 'ticket', priority: 'high', promise: 'service.reply', desk: 'service' },
      { kind: 'follow_up', afterMs: 5_400_000, say: 'order.missing' },
      { kind: 'hand_over', priority: 'normal', promise: null, desk: null, say: 'handover.done' },
    ]);
    const scope = { values: { slots: { waybill: '12345678' } }, now: NOW, language: 'zh' as const };
    const [find, , ticket] = steps;
    expect(find?.kind === 'find' && find.by.map(([field, value]) => [field, value.evaluate(scope)])).toEqual([
      ['waybill', '12345678'],
    ]);
    expect(ticket?.kind === 'ticket' && ticket.summary?.render(scope)).toBe('单 12345678');
  });

  it('knows which entity fills a slot, and which slots are remembered', async () => {
    const slots = `  waybill: { ask: ask.waybill }
  city: { ask: ask.waybill, remember: true }
  to: { ask: ask.waybill, entity: city }
  note: { ask: ask.waybill, optional: true }
`;
    const { intents } = await knowledgeOf(edited(INTENT, '  waybill: { ask: ask.waybill }\n', slots));
    const found = [...(intents.get('order-tracking')?.slots.values() ?? [])];
    expect(found.map(({ name, fills, remember, optional }) => [name, fills, remember, optional])).toEqual([
      ['waybill', 'waybill', true, false],
      ['city', 'city', true, false],
      ['to', 'city', false, false],
      ['note', null, false, true],
    ]);
  });
});

describe('compiled knowledge', () => {
  it('has phrases with their wordings by language', async () => {
    const { phrases } = await knowledgeOf({
      'knowledge/phrases/z.yml': 'a: 一\nb: [一, 二]\nc: { zh: [一, 二], en: one }\n',
    });
    const wordings = ['a', 'b', 'c']
      .map((key) => phrases.get(key))
      .map((phrase) => [phrase?.zh, phrase?.en].map((some) => some?.map(({ source }) => source)));
    expect(wordings).toEqual([
      [['一'], []],
      [['一', '二'], []],
      [['一', '二'], ['one']],
    ]);
  });

  it('changes its version with any file, and only then', async () => {
    const version = async (files = {}): Promise<string> => (await knowledgeOf(files)).version;
    expect(await version()).toBe(await version());
    expect(await version(edited('knowledge/data/orders.csv', '成都', '重庆'))).not.toBe(await version());
  });

  it('understands places by any name that the rows list', async () => {
    const { understand } = await knowledgeOf();
    for (const words of ['到蓉城多少钱', '到天府多少钱', '到成都多少钱']) {
      expect(understand(words, NOW).entities).toContainEqual(expect.objectContaining({ type: 'city', value: '成都' }));
    }
  });

  it('understands waybills as the policies shape them', async () => {
    const { understand } = await knowledgeOf();
    expect(understand('查一下12345678到哪了', NOW)).toMatchObject({
      requests: [{ intent: 'order-tracking' }],
      entities: [{ type: 'waybill', value: '12345678' }],
    });
  });

  it('takes the lines of chatter.txt for nobody’s question', async () => {
    const knowledge = await knowledgeOf({ 'knowledge/chatter.txt': '# 闲聊\n今天天气真好\n中午吃什么\n' });
    expect(knowledge.understand('今天天气真好', NOW).requests).toEqual([]);
  });
});
