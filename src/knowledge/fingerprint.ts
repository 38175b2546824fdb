import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Folders } from './draft.ts';

/** Tells one content of both folders from any other; null where a link or something unreadable stands there. */
export async function fingerprintOf({ intents, knowledge }: Folders): Promise<string | null> {
  const sum = createHash('sha256');
  try {
    for (const root of [intents, knowledge]) {
      const entries = await readdir(root, { recursive: true, withFileTypes: true });
      const found = entries
        .filter((entry) => !entry.isDirectory())
        .map((entry) => ({ entry, file: path.join(entry.parentPath, entry.name) }))
        .sort((a, b) => (a.file < b.file ? -1 : 1));
      sum.update(`${root}\0`);
      for (const { entry, file } of found) {
        if (!entry.isFile()) return null;
        const bytes = await readFile(file);
        sum.update(`${file}\0${bytes.length}\0`).update(bytes);
      }
    }
  } catch {
    return null;
  }
  return sum.digest('hex');
}
