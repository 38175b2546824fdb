import { kindsIn } from './kindred.ts';
import { mendTypos } from './typos.ts';
import type { Entity } from './understanding.ts';

/** A character, a Latin word, a number, or a masked entity such as `{waybill}`. */
const UNIT = /\{[a-z][a-z0-9_-]*\}|[a-z]+(?:'[a-z]+)?|\d+|\p{Script=Han}|[^\s\p{P}]/gu;
/** Latin words and what stands between them; the type of a masked entity is no word. */
const LATIN_RUN = /[a-z][a-z' ,.?!-]*/g;
const MASKED = /\{[a-z][a-z0-9_-]*\}/g;
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

/** What a masked text is compared by: characters, pairs, Chinese words and their kinds, runs of Latin letters. Each once. */
export function featuresOf(masked: string): Set<string> {
  const text = mendTypos(masked.toLowerCase());
  const features = new Set<string>();
  let previous = EDGE;
  for (const unit of text.match(UNIT) ?? []) {
    const token = unit >= '0' && unit < ':' ? '#' : unit;
    features.add(token);
    features.add(`${previous} ${token}`);
    previous = token;
  }
  if (features.size > 0) features.add(`${previous} ${EDGE}`);
  for (const run of text.replace(MASKED, '\n').match(LATIN_RUN) ?? []) addParts(features, run);
  // All runs at once, for each call takes long: a line feed parts them.
  for (const { segment } of segmenter.segment(text.match(HAN_RUN)?.join('\n') ?? ''))
    if (segment !== '\n') features.add(`=${segment}`);
  // Twice: what a word is about tells more than a pair of characters.
  for (const kind of kindsIn(text)) features.add(`≈${kind}`).add(`≈≈${kind}`);
  return features;
}

/** Three to five letters at a time, over the ends of words too: `deliver`, `delivery` and `delivred` have much in common, and so have `top up` and `top-up`. */
function addParts(features: Set<string>, run: string): void {
  const text = ` ${run.replace(/[^a-z]+/g, ' ').trim()} `;
  for (let length = 3; length <= 5; length++) {
    for (let i = 0; i + length <= text.length; i++) features.add(`~${text.slice(i, i + length)}`);
  }
}
