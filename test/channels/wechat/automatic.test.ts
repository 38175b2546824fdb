import { describe, expect, it } from 'vitest';
import { createLoopGuard } from '../../../src/channels/wechat/automatic.ts';

describe('the guard against loops', () => {
  /** Gives after how many turns the other side is taken for a program; 0 for never within 12. */
  function turnsUntilSilence(say: (turn: number) => string, thinkingMs: number): number {
    const guard = createLoopGuard();
    for (let turn = 1, at = 0; turn <= 12; turn++, at += thinkingMs) {
      if (guard.heard('c', say(turn), at)) return turn;
      guard.said('c', at);
    }
    return 0;
  }
  it('ends a loop of the same words within 5 turns, however slow', () => {
    const turns = turnsUntilSilence((turn) => `您好，您的消息已收到，编号${turn}`, 30_000);
    expect(turns).toBeGreaterThan(0);
    expect(turns).toBeLessThanOrEqual(5);
  });
  it('ends a loop of long, fast, different words within 5 turns', () => {
    const turns = turnsUntilSilence((turn) => String.fromCodePoint(0x4e00 + turn).repeat(40), 300);
    expect(turns).toBeGreaterThan(0);
    expect(turns).toBeLessThanOrEqual(5);
  });
  it.each([
    ['short answers, at once', (turn: number) => `${turn}234567${turn}`, 300],
    ['long questions, typed', (turn: number) => String.fromCodePoint(0x4e00 + turn).repeat(40), 15_000],
    ['the same short word', () => '好的', 300],
  ])('goes on with a person: %s', (_, say, ms) => {
    expect(turnsUntilSilence(say, ms)).toBe(0);
  });
});
