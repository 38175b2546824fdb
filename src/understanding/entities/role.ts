import type { Entity } from '../understanding.ts';

const FROM_BEFORE = /(?:从|由|自|发货地[:是]?|始发[:地]?|寄件地[:是]?|\bfrom)\s*$/i;
const TO_BEFORE =
  /(?:到|至|往|去|寄|发|运|送|拉|抵达?|目的地[:是]?|收货地[:是]?|终点[:是]?|[-—–~→>]|\b(?:to|for))\s*$/i;
const FROM_AFTER = /^\s*(?:出发|发货|发出|起运|始发|发车|寄出|走货|这边发|仓库发)/;
const TO_AFTER = /^\s*(?:到货|收货|提货|签收|收件|自提|派送|卸货)/;
const LINK = /^\s*(?:市|省)?\s*(?:发往|发到|发|寄到|寄往|寄|运到|运往|送到|拉到|到|至|去|往|[-—–~→>]+|\bto\b)?\s*$/i;

/** Says of the places (entities of the given types) which one the goods leave from and which one they go to. */
export function assignRoles(text: string, entities: readonly Entity[], placeTypes: ReadonlySet<string>): Entity[] {
  const roles = new Map<Entity, 'from' | 'to'>();
  const places = entities.filter((entity) => placeTypes.has(entity.type));
  const spans = places.filter((place, i) => places[i - 1]?.start !== place.start);
  for (const [i, place] of spans.entries()) {
    const before = text.slice(Math.max(0, place.start - 6), place.start);
    const after = text.slice(place.end, place.end + 6);
    const next = spans[i + 1];
    const previous = spans[i - 1];
    if (FROM_BEFORE.test(before)) roles.set(place, 'from');
    else if (previous && roles.get(previous) === 'from' && LINK.test(text.slice(previous.end, place.start)))
      roles.set(place, 'to');
    else if (next && LINK.test(text.slice(place.end, next.start)) && !TO_BEFORE.test(before)) roles.set(place, 'from');
    else if (FROM_AFTER.test(after)) roles.set(place, 'from');
    else if (TO_AFTER.test(after) || TO_BEFORE.test(before)) roles.set(place, 'to');
  }
  const [one, other] = spans;
  if (spans.length === 2 && one && other && roles.size === 1) {
    const [known, open] = roles.has(one) ? [one, other] : [other, one];
    roles.set(open, roles.get(known) === 'from' ? 'to' : 'from');
  }
  return entities.map((entity) => {
    const role = placeTypes.has(entity.type)
      ? [...roles].find(([place]) => place.start === entity.start)?.[1]
      : undefined;
    return role ? { ...entity, role } : entity;
  });
}
