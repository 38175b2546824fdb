import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { FIXTURES, MINIMAL, type Files } from './desk-fixture.ts';

/** One thing an administrator got wrong: small patches against the minimal desk, and all that is told of them. */
export interface BrokenEdit {
  readonly what: string;
  readonly edits: readonly Patch[];
  /** `file:line:column code`, in report order. */
  readonly problems: readonly string[];
}

type Patch = { readonly file: string } & (
  | { readonly find: string; readonly put: string }
  | { readonly append: string }
  | { readonly content: string }
  | { readonly removed: true }
);

/** The corpus, by room. */
export const BROKEN: ReadonlyMap<string, readonly BrokenEdit[]> = new Map(
  readdirSync(path.join(FIXTURES, 'broken')).map((file) => [
    path.basename(file, '.yml'),
    parse(readFileSync(path.join(FIXTURES, 'broken', file), 'utf8')) as BrokenEdit[],
  ]),
);

/** The files an edit leaves behind. */
export function filesOf({ edits }: BrokenEdit): Files {
  const files: Record<string, string | null> = {};
  for (const patch of edits) {
    const before = files[patch.file] ?? MINIMAL[patch.file] ?? '';
    if ('removed' in patch) files[patch.file] = null;
    else if ('content' in patch) files[patch.file] = patch.content;
    else if ('append' in patch) files[patch.file] = before + patch.append;
    else if (before.includes(patch.find)) files[patch.file] = before.replace(patch.find, () => patch.put);
    else throw new Error(`${patch.file} does not hold ${patch.find}`);
  }
  return files;
}
