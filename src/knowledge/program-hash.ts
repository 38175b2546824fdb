import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..');
/** What reading, checking, learning and indexing are made of; the libraries stand in the lock file. */
const SOURCES = ['src/core', 'src/understanding', 'src/knowledge', 'package.json', 'package-lock.json'];

let hash: string | undefined;

/** Tells programs apart that may make something else of the same files: by their sources, their libraries and what runs them. */
export function programHash(): string {
  if (hash === undefined) {
    const sum = createHash('sha256').update(JSON.stringify([process.versions, process.arch, process.platform]));
    for (const source of SOURCES)
      for (const file of filesIn(source)) sum.update(`${file}\0`).update(readFileSync(path.join(ROOT, file)));
    hash = sum.digest('hex');
  }
  return hash;
}

function filesIn(source: string): string[] {
  if (path.extname(source) !== '') return existsSync(path.join(ROOT, source)) ? [source] : [];
  return readdirSync(path.join(ROOT, source), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
    .sort();
}
