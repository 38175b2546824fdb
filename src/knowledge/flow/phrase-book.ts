import type { Checking } from '../check.ts';
import { ENGINE_SITUATIONS } from '../engine-phrases.ts';
import type { Place } from '../knowledge.ts';
import type { Located, Path } from '../located.ts';
import { say } from '../problem.ts';
import type { Use } from '../template-uses.ts';
import { NO_FACTS } from './facts.ts';
import { misfitOf, type Env, type Misfit } from './lookup.ts';
import { namesOfEngine } from './names.ts';

/** Where a flow says a phrase, and what is known there. */
interface Saying {
  readonly file: Located<unknown>;
  readonly path: Path;
  readonly env: Env;
}

interface Wording {
  readonly place: (use: Use) => Place;
  readonly uses: readonly Use[];
}

/** What is said where; tells at the end which phrases name what is not there. */
export interface PhraseBook {
  readonly everywhere: ReadonlySet<string>;
  usesOf(template: string): readonly Use[];
  said(key: string, saying: Saying): void;
  /** Somebody may say it, though not on a path that is followed here. */
  mention(key: string | undefined): void;
  isUsed(key: string): boolean;
  /** All keys that a flow names, whether or not there is such a phrase. */
  mentioned(): Iterable<string>;
  /** Reports everything that does not fit; in `broken` files only what does not follow from other errors. */
  close(broken: ReadonlySet<string>): void;
}

export function createPhraseBook(checking: Checking, everywhere: ReadonlySet<string>): PhraseBook {
  const { draft, report } = checking;
  const sayings = new Map<string, Saying[]>();
  const mentioned = new Set<string>();
  const usesOf = (template: string): readonly Use[] => {
    try {
      return checking.compileTemplate(template).uses;
    } catch {
      return []; // told by checkTemplates
    }
  };

  /** A variable that fits nowhere is the phrase's mistake; one that fits elsewhere is the step's. */
  function checkUse(key: string, use: Use, { place }: Wording, broken: ReadonlySet<string>): void {
    const all = sayings.get(key) ?? [];
    const misfits = all.flatMap((saying) => {
      const misfit = misfitOf(use, saying.env, everywhere);
      return misfit ? [{ saying, misfit }] : [];
    });
    const [first] = misfits;
    if (!first) return;
    const at = place(use);
    if (misfits.length === all.length && all.length > 1) {
      report(at, first.misfit.code, first.misfit.message);
      return;
    }
    if (IN_THE_PHRASE.has(first.misfit.code)) {
      report(at, first.misfit.code, first.misfit.message);
      return;
    }
    for (const { saying, misfit } of misfits) {
      if (broken.has(saying.file.file)) continue;
      report(saying.file.at(saying.path), misfit.code, atStep(key, at, misfit));
    }
  }

  return {
    everywhere,
    usesOf,
    said(key, saying) {
      sayings.set(key, [...(sayings.get(key) ?? []), saying]);
    },
    mention(key) {
      if (key !== undefined) mentioned.add(key);
    },
    mentioned: () => mentioned,
    isUsed: (key) => sayings.has(key) || mentioned.has(key) || key in ENGINE_SITUATIONS,
    close(broken) {
      const { value: policies } = draft.policies ?? { value: null };
      for (const file of draft.phrases) {
        for (const [key, { zh, en }] of Object.entries(file.value)) {
          const plain = (en ?? []).length === 0;
          const wordings = [
            ...zh.map((text, index) => ({ text, path: plain ? [key, index] : [key, 'zh', index] })),
            ...(en ?? []).map((text, index) => ({ text, path: [key, 'en', index] })),
          ];
          const seen = new Set<string>();
          for (const { text, path } of wordings) {
            const wording: Wording = { uses: usesOf(text), place: (use) => placeIn(file, path, text, use.offset) };
            for (const use of wording.uses) {
              const once = `${use.path} ${use.filters.join()} ${use.asked} ${use.shown.join()}`;
              if (seen.has(once)) continue;
              seen.add(once);
              checkUse(key, use, wording, broken);
              const situation = ENGINE_SITUATIONS[key];
              if (situation === undefined) continue;
              const env = { names: namesOfEngine(key, situation, policies), facts: NO_FACTS, verified: false };
              const misfit = misfitOf(use, env, everywhere);
              if (misfit) report(wording.place(use), misfit.code, misfit.message);
            }
          }
        }
      }
    },
  };
}

const IN_THE_PHRASE = new Set<Misfit['code']>([
  'unknown-variable',
  'unknown-field',
  'unknown-slot',
  'unknown-policy',
  'filter-type',
]);

function atStep(key: string, at: Place, { message }: Misfit): Misfit['message'] {
  const where = `${at.file}:${at.line}`;
  return say(`话术“${key}”（${where}）：${message.zh}`, `phrase "${key}" (${where}): ${message.en}`);
}

/** A place in a wording, by UTF-16 units from its start. */
export function placeIn(file: Located<unknown>, path: Path, text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n');
  return file.inside(path, before.length, (before.at(-1) ?? '').length + 1);
}
