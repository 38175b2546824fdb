import { beforeAll, describe, expect, it } from 'vitest';
import { hearingOf } from '../../src/dialogue/group.ts';
import { initialState, type State } from '../../src/dialogue/state.ts';
import type { TurnContext } from '../../src/dialogue/turn.ts';
import { groupsSchema } from '../../src/knowledge/groups-format.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { shipped } from '../shipped.ts';

const now = new Date('2026-11-21T10:00:00+08:00');
const minutesAgo = (n: number): string => new Date(now.getTime() - n * 60_000).toISOString();
const plain: TurnContext = {
  room: { id: 'r', topic: '客户群' },
  addressed: null,
  nature: null,
  automatic: false,
  ownChat: true,
  link: null,
  contact: null,
  carried: false,
  lateMs: 0,
};

describe('group sense', () => {
  let knowledge: Knowledge;
  beforeAll(async () => void ({ knowledge } = await shipped()), 120_000);

  function hearing(
    text: string,
    context: Partial<TurnContext> = {},
    state: Partial<State> = {},
    groups: object = {},
  ): string {
    const known = { ...knowledge, groups: groupsSchema.parse(groups) };
    const turn = {
      text,
      understood: known.understand(text, now),
      attachments: 0,
      group: true,
      context: { ...plain, ...context },
    };
    const heard = hearingOf({ ...initialState, ...state }, turn, known, now);
    return heard.kind === 'leave' ? heard.reason : heard.kind === 'wait' ? `wait ${heard.ms}` : heard.kind;
  }

  it('waits for colleagues where somebody plainly asks, so that the answer comes within the time', () => {
    expect(hearing('12345678到哪了')).toBe('wait 55000');
    expect(hearing('12345678到哪了', {}, {}, { pick_up_seconds: 20 })).toBe('wait 15000');
    expect(hearing('12345678到哪了', {}, {}, { rooms: { 客户群: { pick_up_seconds: 10 } } })).toBe('wait 5000');
  });
  it('leaves chatter, and what is said to somebody else', () => {
    expect(hearing('哈哈哈今天真冷')).toBe('chatter');
    expect(hearing('12345678到哪了', { addressed: 'member' })).toBe('chatter');
  });
  it('answers who calls us, and who is in danger, at once', () => {
    expect(hearing('哈哈哈', { addressed: 'us' })).toBe('speak');
    expect(hearing('仓库着火了 快来人')).toBe('speak');
  });
  it('gives a colleague who was called the same time', () => {
    expect(hearing('12345678到哪了', { addressed: 'colleague' }, { spokeAt: minutesAgo(1) })).toBe('wait 55000');
  });
  it('goes on with a person until the time is over, or a colleague has taken over', () => {
    expect(hearing('那明天能到吗', {}, { spokeAt: minutesAgo(9) })).toBe('speak');
    expect(hearing('今天真冷', {}, { spokeAt: minutesAgo(11) })).toBe('chatter');
    expect(hearing('今天真冷', {}, { spokeAt: minutesAgo(2), colleagueAt: minutesAgo(1) })).toBe('chatter');
  });
  it('is as eager as the administrator wants', () => {
    expect(hearing('12345678到哪了', {}, {}, { eager: 'quick' })).toBe('speak');
    expect(hearing('12345678到哪了', {}, {}, { eager: 'mentioned' })).toBe('chatter');
    expect(hearing('12345678到哪了', {}, {}, { rooms: { r: { desks: ['payments'] } } })).toBe('chatter');
    expect(hearing('12345678的代收货款返了没有', {}, {}, { rooms: { r: { desks: ['payments'] } } })).toBe('wait 55000');
  });
  it('answers neither programs, nor what was taken back, nor what was said too long ago', () => {
    expect(hearing('12345678到哪了', { addressed: 'us', automatic: true })).toBe('automatic');
    expect(hearing('', { nature: 'recalled' })).toBe('recalled');
    expect(hearing('12345678到哪了', { addressed: 'us', lateMs: 3 * 3_600_000 })).toBe('too old');
    expect(hearing('12345678到哪了', { addressed: 'us', lateMs: 3_600_000 })).toBe('speak');
  });
});
