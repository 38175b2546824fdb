import { createHash } from 'node:crypto';
import { createUnderstander } from '../understanding/understand.ts';
import type { Understander, UnderstanderOptions } from '../understanding/understanding.ts';

/** The last one trained: most edits change no example, and training is most of a reload. */
let last: { readonly key: string; readonly understand: Understander } | undefined;

/** An understander for these examples and names; the last one again where nothing it learns from has changed. */
export function understanderFor(options: UnderstanderOptions): Understander {
  const parts = [
    [...options.examples],
    options.outOfScope,
    [...options.gazetteers],
    options.waybillPattern,
    options.maxLength,
  ];
  const key = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  if (last?.key !== key) last = { key, understand: createUnderstander(options) };
  return last.understand;
}
