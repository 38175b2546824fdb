import { dayOf } from '../core/day.ts';
import { areTexts, isLearned, isObject } from '../understanding/sound.ts';
import type { Cache } from './cache.ts';
import { readTables, type Folders } from './draft.ts';
import type { Examined, Findings } from './examine.ts';
import { indexFaq, isFaqIndex } from './faq-index.ts';
import { CSV_BYTES, readText, shownPath } from './files.ts';
import { fingerprintOf } from './fingerprint.ts';
import { rowsKey, type FaqMaterial, type Makers, type Material } from './material.ts';

/** Findings with the FAQ; rows are never kept, for they may be private. */
interface Kept {
  readonly findings: Findings & { readonly material: Material };
  readonly faq: ReadonlyMap<string, FaqMaterial>;
}

export interface Recalled {
  /** What a program found in the same files on the same day; null where none has. */
  readonly examined: Examined | null;
  /** Keeps for other programs what is found instead. */
  keep(examined: Examined): void;
}

/** Looks whether a program has examined the same files before, so that one that starts again need not. */
export async function recallFindings(folders: Folders, now: Date, cache: Cache): Promise<Recalled> {
  const start = performance.now();
  const fingerprint = await fingerprintOf(folders);
  if (fingerprint === null) return { examined: null, keep: () => undefined };
  const key = JSON.stringify([fingerprint, dayOf(now), shownPath(folders.intents), shownPath(folders.knowledge)]);
  const kept = cache.look('desk', key, isKept);
  return {
    examined: kept && (await withParts(kept.value, folders, cache)),
    keep({ material, problems, lines, makers }) {
      if (material === null) return;
      const faq = new Map([...makers.faq].map(([part, make]) => [part, make()]));
      cache.keep(
        'desk',
        key,
        { findings: { material, problems, lines }, faq } satisfies Kept,
        performance.now() - start,
      );
    },
  };
}

/** Null where a part is no longer kept. */
async function withParts({ findings, faq }: Kept, folders: Folders, cache: Cache): Promise<Examined | null> {
  const { material } = findings;
  const learned = cache.look('learned', material.learned, isLearned);
  if (!learned) return null;
  const entries = material.faq.flatMap((key) => faq.get(key)?.entries ?? []);
  let broken = false;
  const read = (name: string) => readText({ root: folders.knowledge }, name, CSV_BYTES, () => (broken = true));
  const tables = await readTables({ value: material.sources }, read, () => undefined);
  const makers: Makers = {
    faq: new Map([...faq].map(([key, part]) => [key, () => part])),
    // What is small enough to be made at once is not kept.
    index: new Map([[material.index, () => cache.recall('faq', material.index, isFaqIndex, () => indexFaq(entries))]]),
    learned: new Map([[material.learned, () => learned.value]]),
    rows: new Map([...tables].map(([record, { rows }]) => [rowsKey(record, material.sources, rows), () => rows])),
  };
  const all =
    [...material.rows.values()].every((key) => makers.rows.has(key)) && material.faq.every((key) => faq.has(key));
  return all && !broken ? { ...findings, makers } : null;
}

function isKept(value: unknown): value is Kept {
  if (!isObject(value)) return false;
  const { findings, faq } = value as Partial<Kept>;
  if (!(faq instanceof Map) || !isObject(findings) || !isObject(findings.material)) return false;
  const { material, problems, lines } = findings;
  return (
    Array.isArray(problems) &&
    lines instanceof Map &&
    areTexts(material.faq) &&
    material.rows instanceof Map &&
    Array.isArray(material.intents) &&
    Array.isArray(material.phrases) &&
    [material.sources, material.desks, material.policies].every(isObject) &&
    [material.version, material.index, material.learned].every((text) => typeof text === 'string')
  );
}
