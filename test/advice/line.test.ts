import { describe, expect, it } from 'vitest';
import { lineFrom, tryOut, type Trial } from '../../src/advice/line.ts';
import { createNeighbours } from '../../src/advice/neighbours.ts';
import { vectorOf } from '../../src/advice/vector.ts';

const times = (count: number, score: number, right: boolean | null): Trial[] =>
  Array.from({ length: count }, () => ({ score, right }));
const at = (...numbers: number[]) => vectorOf(numbers)!;

describe('the line below which nothing is taken for anything', () => {
  it('is the lowest at which chatter is refused and what is taken is right', () => {
    const clear = [...times(50, 0.8, true), ...times(50, 0.6, true), ...times(100, 0.3, null)];
    expect(lineFrom(clear)).toBe(0.6);
    expect(lineFrom([...clear, ...times(3, 0.7, null)])).toBe(0.6);
    expect(lineFrom([...clear, ...times(4, 0.7, null)])).toBe(0.8);
    expect(lineFrom([...clear, ...times(20, 0.6, false)])).toBe(0.8);
  });

  it('is nowhere where chatter is as sure as requests are, or there is too little of it', () => {
    expect(lineFrom([...times(50, 0.8, true), ...times(50, 0.8, null)])).toBeNull();
    expect(lineFrom([...times(50, 0.8, true), ...times(19, 0.1, null)])).toBeNull();
    expect(lineFrom(times(50, 0.1, null))).toBeNull();
  });

  it('is drawn from samples that are not compared with themselves', async () => {
    const samples = [
      { vector: at(1, 0, 0), label: 'a' },
      { vector: at(1, 0.1, 0), label: 'a' },
      { vector: at(0, 1, 0), label: 'lonely' },
      { vector: at(0, 0, 1), label: null },
    ];
    const trials = await tryOut(createNeighbours(samples, 1), null, new AbortController().signal);
    expect(trials.map(({ right }) => right)).toEqual([true, true, null]);
    expect(trials.at(-1)?.score).toBe(0);
    expect(trials[0]?.score).toBeCloseTo(0.995, 2);
  });

  it('is not drawn to the end where it is called off', async () => {
    const samples = [at(1, 0), at(1, 1)].map((vector) => ({ vector, label: 'a' }));
    await expect(tryOut(createNeighbours(samples, 1), null, AbortSignal.abort())).rejects.toThrow();
  });
});

describe('neighbours', () => {
  it('are heard by likeness, and what stands for nothing is heard too', async () => {
    const samples = [
      { vector: at(1, 0), label: 'a' },
      { vector: at(0.9, 0.2), label: null },
      { vector: at(0.9, -0.2), label: null },
      { vector: at(-1, 0), label: 'b' },
    ];
    expect((await createNeighbours(samples, 1).nearest(at(1, 0)))?.label).toBe('a');
    expect((await createNeighbours(samples, 3).nearest(at(1, 0)))?.label).toBeNull();
    expect(await createNeighbours(samples, 3).nearest(at(1, 0, 0))).toBeNull();
    expect(await createNeighbours([], 3).nearest(at(1, 0))).toBeNull();
  });
});
