import { describe, expect, it } from 'vitest';
import {
  accuracyOf,
  aurocOf,
  bestThreshold,
  calibrationErrorOf,
  macroF1Of,
  operatingPointAt,
  retrievalOf,
} from '../../src/understanding/figures.ts';

const tried = (label: string | null, intent: string, confidence: number) => ({ label, intent, confidence });
const inside = [tried('a', 'a', 0.9), tried('a', 'b', 0.4), tried('b', 'b', 0.8), tried('b', 'b', 0.7)];
const outside = [tried(null, 'a', 0.3), tried(null, 'b', 0.75)];

describe('figures', () => {
  it('count what is right, each intent alike in macro-F1', () => {
    expect(accuracyOf(inside)).toBe(0.75);
    expect(macroF1Of(inside)).toBeCloseTo((2 / 3 + 4 / 5) / 2);
  });

  it('rank what is in scope before what is not', () => {
    expect(aurocOf([0.9, 0.8], [0.1, 0.2])).toBe(1);
    expect(aurocOf([0.5], [0.5])).toBe(0.5);
    expect(aurocOf([0.9, 0.4, 0.8, 0.7], [0.3, 0.75])).toBe(6 / 8);
  });

  it('tell what a threshold refuses, and find the best one', () => {
    expect(operatingPointAt(0.5, inside, outside)).toEqual({
      threshold: 0.5,
      in_scope_refused: 0.25,
      in_scope_right: 0.75,
      out_of_scope_refused: 0.5,
    });
    expect(bestThreshold(inside, [tried(null, 'a', 0.3), tried(null, 'a', 0.65)])).toBeCloseTo(0.66);
  });

  it('measure confidence against what came true', () => {
    const sure = Array.from({ length: 10 }, (_, i) => tried('a', i < 9 ? 'a' : 'b', 0.9));
    expect(calibrationErrorOf(sure)).toBeCloseTo(0);
    expect(calibrationErrorOf([tried('a', 'b', 1)])).toBe(1);
  });

  it('place right answers', () => {
    expect(retrievalOf([1, 2, null, 4])).toEqual({ top1: 0.25, top3: 0.5, mrr: (1 + 0.5 + 0.25) / 4 });
  });
});
