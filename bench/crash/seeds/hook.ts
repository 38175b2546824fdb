/**
 * `node --import bench/crash/seeds/hook.ts src/cli.ts serve`: the shipped program with another store in place of its own,
 * one that breaks the promise named in CRASH_SEED. Only this bench ever loads it.
 */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const OWN = pathToFileURL(join(ROOT, 'src', 'store', 'open-sqlite.ts')).href;
const SEEDED = pathToFileURL(join(import.meta.dirname, 'store.ts')).href;

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    return found.url === OWN && context.parentURL !== SEEDED ? { ...found, url: SEEDED } : found;
  },
});
