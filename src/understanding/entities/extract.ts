import { settle } from './candidate.ts';
import { findDates } from './date.ts';
import { createNameFinder } from './gazetteer.ts';
import { findQuantities, findVolumes, findWeights } from './measure.ts';
import { findMoney } from './money.ts';
import { findPhones, findPhoneTail, findTailBeside } from './phone.ts';
import { assignRoles } from './role.ts';
import { createWaybillFinder } from './waybill.ts';
import type { Entity, UnderstanderOptions } from '../understanding.ts';

/** Gazetteers that name places between which goods travel. */
const PLACES: ReadonlySet<string> = new Set(['city', 'outlet', 'district', 'place']);

/** Finds what a normalised text names, in order of appearance. Throws where the waybill pattern is not RE2. */
export function createExtractor(
  options: Pick<UnderstanderOptions, 'waybillPattern' | 'gazetteers'>,
): (text: string, now: Date) => Entity[] {
  const findWaybills = createWaybillFinder(options.waybillPattern);
  const findNames = createNameFinder(options.gazetteers);
  return (text, now) => {
    const found = settle([
      ...findWaybills(text),
      ...findPhones(text),
      ...findPhoneTail(text),
      ...findMoney(text),
      ...findDates(text, now),
      ...findWeights(text),
      ...findVolumes(text),
      ...findQuantities(text),
      ...findNames(text),
    ]);
    const entities = [...found, ...findTailBeside(text, found)].sort((a, b) => a.start - b.start || a.end - b.end);
    return assignRoles(text, entities, PLACES);
  };
}
