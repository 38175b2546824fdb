import { mendTypos } from './typos.ts';
import type { Entity } from './understanding.ts';

/** A character, a Latin word, a number, or a masked entity such as `{waybill}`. */
const UNIT = /\{[a-z][a-z0-9_-]*\}|[a-z]+(?:'[a-z]+)?|\d+|\p{Script=Han}|[^\s\p{P}]/gu;
const LATIN = /^[a-z]/;
const HAN_RUN = /\p{Script=Han}{2,}/gu;
const EDGE = '|';

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Replaces what was found by its type: `查{waybill}`; what the recogniser reads and examples may contain. */
export function maskEntities(text: string, entities: readonly Entity[], start = 0, end = text.length): string {
  let masked = '';
  let at = start;
  for (const entity of entities) {
    if (entity.start < at || entity.end > end) continue;
    masked += `${text.slice(at, entity.start)}{${entity.type === 'waybill-like' ? 'waybill' : entity.type}}`;
    at = entity.end;
  }
  return masked + text.slice(at, end);
}

/** What a masked text is compared by: characters, pairs, Chinese words, parts of Latin words. Each once. */
export function featuresOf(masked: string): Set<string> {
  const text = mendTypos(masked.toLowerCase());
  const features = new Set<string>();
  let previous = EDGE;
  for (const [unit] of text.matchAll(UNIT)) {
    const token = /^\d/.test(unit) ? '#' : unit;
    features.add(token);
    features.add(`${previous} ${token}`);
    if (LATIN.test(token) && token.length > 3) addParts(features, token);
    previous = token;
  }
  if (features.size > 0) features.add(`${previous} ${EDGE}`);
  for (const [run] of text.matchAll(HAN_RUN)) {
    for (const { segment } of segmenter.segment(run)) features.add(`=${segment}`);
  }
  return features;
}

/** Four letters at a time, so that `deliver`, `delivery` and `delivred` have much in common. */
function addParts(features: Set<string>, word: string): void {
  const edged = `<${word}>`;
  for (let i = 0; i + 4 <= edged.length; i++) features.add(`~${edged.slice(i, i + 4)}`);
}
