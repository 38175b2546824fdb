import { TRUSTED, type Learned } from './learn.ts';
import type { Postings } from './nearest.ts';
import type { Space } from './vectors.ts';

/** Whether a value that comes from a file is what learning leaves: its shape, its lengths, and no number that leads out of them. */
export function isLearned(value: unknown): value is Learned | null {
  if (value === null) return true;
  if (!isObject(value)) return false;
  const { intents, floor, features, examples, model, trust } = value as Partial<Learned>;
  if (!areTexts(intents) || !areTexts(features) || !areTexts(examples) || !isObject(model)) return false;
  const { classes, space, weights, postings, labels } = model as Partial<Learned['model']>;
  return (
    typeof floor === 'number' &&
    trust instanceof Float64Array &&
    trust.length === TRUSTED &&
    model.intents === intents.length &&
    (classes === intents.length || classes === intents.length + 1) &&
    isSpace(space, features.length) &&
    weights instanceof Float32Array &&
    weights.length === (features.length + 1) * classes &&
    isPostings(postings, examples.length, features.length) &&
    areBelow(labels, classes) &&
    labels.length === examples.length
  );
}

export function isSpace(value: unknown, dimensions: number): value is Space {
  if (!isObject(value)) return false;
  const { counts, bags } = value as Partial<Space>;
  return typeof bags === 'number' && areBelow(counts, bags + 1) && counts.length === dimensions;
}

export function isPostings(value: unknown, size: number, dimensions: number): value is Postings {
  if (!isObject(value)) return false;
  const { starts, examples, values, size: said } = value as Partial<Postings>;
  return (
    said === size &&
    areStarts(starts, dimensions) &&
    areBelow(examples, size) &&
    values instanceof Float32Array &&
    examples.length === starts[dimensions] &&
    values.length === examples.length
  );
}

/** Where each of `count` lists begins in one behind the other, and where the last ends. */
export function areStarts(value: unknown, count: number): value is Int32Array {
  return (
    value instanceof Int32Array &&
    value.length === count + 1 &&
    value[0] === 0 &&
    value.every((start, i) => i === 0 || start >= value[i - 1]!)
  );
}

/** Whole numbers from 0, each below `limit`. */
export function areBelow(value: unknown, limit: number): value is Int32Array {
  return value instanceof Int32Array && value.every((number) => number >= 0 && number < limit);
}

export function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
