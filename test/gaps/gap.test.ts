import { describe, expect, it } from 'vitest';
import type { LoggedMessage, SpeakerRole } from '../../src/core/message.ts';
import type { KeptEvent } from '../../src/core/store.ts';
import type { DialogueEvent } from '../../src/dialogue/event.ts';
import { gapsIn } from '../../src/gaps/gap.ts';
import { groupAlike } from '../../src/gaps/likeness.ts';
import { alice, after } from '../store/samples.ts';

type Line = readonly [role: SpeakerRole, text: string, ...events: DialogueEvent[]];

/** One line a minute; the events of a customer's line are kept a second later. */
function told(lines: readonly Line[]): ReturnType<typeof gapsIn> {
  const log = lines.map(([role, text], seq): LoggedMessage => ({
    seq,
    conversation: alice,
    id: String(seq),
    at: after(seq * 60),
    from: { role },
    text,
    suggestions: [],
    attachments: [],
  }));
  const kept = lines.flatMap(([, , ...events], seq): KeptEvent[] =>
    events.map((event) => ({ at: after(seq * 60 + 1), event: JSON.stringify(event) })),
  );
  return gapsIn(log, kept);
}

const began = (intent: string, message: string): DialogueEvent => ({
  type: 'flow-started',
  frame: `f-${intent}`,
  intent,
  slots: {},
  message,
});
const drafted: DialogueEvent = { type: 'ticket-drafted', ticket: 'T-1' };
const ended = (intent: string): DialogueEvent => ({ type: 'flow-ended', frame: `f-${intent}`, how: 'handed' });
const missed: DialogueEvent = { type: 'missed' };
const relayed: DialogueEvent = { type: 'relayed', ticket: 'T-1' };
const understood: DialogueEvent = { type: 'understood' };

describe('gapsIn', () => {
  it('gives the words that began the flow which ended with a human, not its last answer', () => {
    expect(
      told([
        ['customer', '货到了有破损', began('claim', '货到了有破损')],
        ['bot', '请问单号'],
        ['customer', '12345678', drafted, ended('claim')],
        ['agent', '在的'],
        ['agent', '请拍外包装'],
        ['agent', '和里面的照片'],
        ['customer', '好'],
        ['agent', '收到'],
      ]),
    ).toEqual([{ kind: 'human', question: '货到了有破损', intent: 'claim', reply: '请拍外包装\n和里面的照片' }]);
  });

  it('takes what was asked before 转人工 for the question', () => {
    expect(
      told([
        ['customer', '能送上楼吗', began('business', '能送上楼吗'), understood],
        ['customer', '转人工', began('human-agent', '转人工'), drafted, ended('human-agent')],
        ['agent', '可以送上楼，要加费用'],
      ]),
    ).toEqual([{ kind: 'human', question: '能送上楼吗', intent: 'business', reply: '可以送上楼，要加费用' }]);
  });

  it('takes no answer from a talk that has gone on to something the bot settled', () => {
    const [gap, second] = told([
      ['customer', '能寄活鱼吗', missed],
      ['customer', '几点上班', understood],
      ['customer', '冰块能寄吗', drafted],
      ['agent', '冰块不能寄'],
    ]);
    expect(gap).toMatchObject({ question: '能寄活鱼吗', reply: null });
    expect(second).toMatchObject({ question: '冰块能寄吗', reply: '冰块不能寄' });
  });

  it('takes only questions from a talk with an agent', () => {
    const lines: Line[] = [
      ['customer', '好的', relayed],
      ['customer', '那要几天能到', relayed],
      ['agent', '一般三天'],
    ];
    expect(told(lines)).toEqual([{ kind: 'human', question: '那要几天能到', intent: null, reply: '一般三天' }]);
  });

  it('knows a wrong guess from a slip of the customer', () => {
    const guess: Line = [
      'customer',
      '你们收多少',
      began('quote', '你们收多少'),
      { type: 'said', texts: [], phrases: [] },
    ];
    const fixed: DialogueEvent = { type: 'slot-filled', frame: 'f-quote', slot: 'waybill', value: '1' };
    expect(told([guess, ['customer', '我问的不是这个', missed]])).toMatchObject([
      { kind: 'misunderstood', question: '你们收多少' },
    ]);
    expect(told([guess, ['customer', '不是那个，是12345678', fixed]])).toEqual([]);
  });
});

describe('groupAlike', () => {
  it('puts what asks the same together, the largest group first', () => {
    const texts = ['可以送上楼吗', '能不能开发票', '发票怎么开', '可以帮忙送上楼吗', '你们可以送上楼吗', '能开发票吗'];
    const groups = groupAlike(texts, (text) => text);
    expect(groups[0]).toEqual(['可以送上楼吗', '可以帮忙送上楼吗', '你们可以送上楼吗']);
    expect(groups.flat().sort()).toEqual([...texts].sort());
    for (const group of groups) expect(new Set(group.map((text) => text.includes('发票'))).size).toBe(1);
  });
});
