import { featuresOf } from '../understanding/features.ts';

/** Texts this like each other (cosine, 0..1) ask the same. */
const ALIKE = 0.45;

/** Groups by likeness of `textOf` (entities masked as `{waybill}`), the largest first. Each joins the group whose first member it is most like. */
export function groupAlike<T>(items: readonly T[], textOf: (item: T) => string): readonly (readonly T[])[] {
  const bags = items.map((item) => featuresOf(textOf(item)));
  const counts = new Map<string, number>();
  for (const bag of bags) for (const feature of bag) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  // A feature that half of the texts share tells less than one that two share.
  const weight = (feature: string): number => 1 + Math.log((1 + items.length) / (1 + (counts.get(feature) ?? 0)));
  const groups: T[][] = [];
  const holding = new Map<string, { readonly group: number; readonly value: number }[]>();
  for (const [index, bag] of bags.entries()) {
    const item = items[index];
    if (item === undefined) continue;
    const length = Math.sqrt([...bag].reduce((sum, feature) => sum + weight(feature) ** 2, 0)) || 1;
    const likeness = new Map<number, number>();
    for (const feature of bag)
      for (const { group, value } of holding.get(feature) ?? [])
        likeness.set(group, (likeness.get(group) ?? 0) + (value * weight(feature)) / length);
    const [best] = [...likeness].sort((a, b) => b[1] - a[1]);
    if (best !== undefined && best[1] >= ALIKE) {
      groups[best[0]]?.push(item);
      continue;
    }
    for (const feature of bag) {
      const entry = { group: groups.length, value: weight(feature) / length };
      const entries = holding.get(feature);
      if (entries) entries.push(entry);
      else holding.set(feature, [entry]);
    }
    groups.push([item]);
  }
  return groups.sort((a, b) => b.length - a.length);
}
