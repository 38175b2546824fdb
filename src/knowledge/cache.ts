import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { cacheFolder } from './cache-folder.ts';
import { programHash } from './program-hash.ts';

/** What took long to make, kept for the next start of a program. */
export interface Cache {
  /** Gives what was made of the same key by the same program, or makes it. `isSound` tells whether what was kept is such a value. */
  recall<T>(kind: string, key: string, isSound: (value: unknown) => value is T, make: () => T): T;
  /** Gives what was kept, in a box; null where nothing sound was. */
  look<T>(kind: string, key: string, isSound: (value: unknown) => value is T): { readonly value: T } | null;
  /** Keeps what it took so many ms to make, if that was long. */
  keep(kind: string, key: string, value: unknown, tookMs: number): void;
}

/** Remembers nothing. */
export const noCache: Cache = {
  recall: (_kind, _key, _isSound, make) => make(),
  look: () => null,
  keep: () => undefined,
};

export interface CacheLimits {
  readonly files: number;
  readonly bytes: number;
  /** What is made faster than this is not kept, in ms. */
  readonly worthMs: number;
}

const LIMITS: CacheLimits = { files: 24, bytes: 200_000_000, worthMs: 100 };
/** First bytes of each file; the SHA-256 of what follows comes after it. */
const MARK = Buffer.from('yingsheng cache 1\n');
const HEAD = MARK.length + 32;
/** A file that was being written when its program was killed is cleared away after so long, in ms. */
const LEFT_BEHIND = 3_600_000;
/** Reading a file marks it as used, not more often than this, in ms. */
const USED = 60_000;

/**
 * Keeps values in files that several programs may use at once: written whole or not at all, checked when they are read,
 * the longest unused thrown away. Whatever is wrong with a file, or with the folder, only costs the time to make it anew.
 */
export function createCache(folder: string, limits: CacheLimits = LIMITS): Cache {
  const nameOf = (kind: string, key: string): string =>
    createHash('sha256')
      .update(JSON.stringify([kind, key, programHash()]))
      .digest('hex');
  const look: Cache['look'] = (kind, key, isSound) => {
    const name = nameOf(kind, key);
    const kept = read(path.join(folder, `${kind}-${name}`), name);
    return kept && isSound(kept.value) ? { value: kept.value } : null;
  };
  const keep: Cache['keep'] = (kind, key, value, tookMs) => {
    if (tookMs < limits.worthMs) return;
    const name = nameOf(kind, key);
    write(folder, path.join(folder, `${kind}-${name}`), { name, value }, limits);
  };
  return recalling({ look, keep });
}

/** Keeps nothing before it is told to: of each kind what came last. Whoever waits for what is made is answered first. */
export function keepLater(cache: Cache): Cache & { readonly keepNow: () => void } {
  const waiting = new Map<string, () => void>();
  const keep: Cache['keep'] = (kind, ...what) => void waiting.set(kind, () => cache.keep(kind, ...what));
  return {
    ...recalling({ ...cache, keep }),
    keepNow() {
      for (const keepOne of waiting.values()) keepOne();
      waiting.clear();
    },
  };
}

function recalling({ look, keep }: Omit<Cache, 'recall'>): Cache {
  return {
    look,
    keep,
    recall(kind, key, isSound, make) {
      const kept = look(kind, key, isSound);
      if (kept) return kept.value;
      const start = performance.now();
      const value = make();
      keep(kind, key, value, performance.now() - start);
      return value;
    },
  };
}

/** The cache of whoever runs the program. */
export function diskCache(env?: Readonly<Record<string, string | undefined>>): Cache {
  const folder = cacheFolder(env);
  return folder === null ? noCache : createCache(folder);
}

/** Null where there is no such file, or not a whole one of this name. */
function read(file: string, name: string): { readonly value: unknown } | null {
  try {
    const bytes = readFileSync(file);
    const body = bytes.subarray(HEAD);
    if (!bytes.subarray(0, MARK.length).equals(MARK) || !bytes.subarray(MARK.length, HEAD).equals(sumOf(body)))
      return null;
    const kept = deserialize(body) as { readonly name: unknown; readonly value: unknown };
    if (kept.name !== name) return null;
    const now = Date.now();
    if (now - statSync(file).mtimeMs > USED) utimesSync(file, now / 1000, now / 1000);
    return kept;
  } catch {
    return null;
  }
}

function write(
  folder: string,
  file: string,
  kept: { readonly name: string; readonly value: unknown },
  limits: CacheLimits,
): void {
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    const body = serialize(kept);
    writeFileSync(draft, Buffer.concat([MARK, sumOf(body), body]), { mode: 0o600 });
    renameSync(draft, file);
    trim(folder, limits);
  } catch {
    discard(draft);
  }
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Where nothing can be written, nothing was.
  }
}

/** Throws away the longest unused beyond the limits, and what was never finished. */
function trim(folder: string, limits: CacheLimits): void {
  const files = readdirSync(folder)
    .map((name) => path.join(folder, name))
    .flatMap((file) => {
      const about = statSync(file, { throwIfNoEntry: false });
      return about?.isFile() ? [{ file, size: about.size, used: about.mtimeMs }] : [];
    })
    .sort((a, b) => b.used - a.used);
  let count = 0;
  let bytes = 0;
  for (const { file, size, used } of files) {
    const unfinished = file.endsWith('.tmp');
    if (unfinished ? Date.now() - used > LEFT_BEHIND : ++count > limits.files || (bytes += size) > limits.bytes)
      discard(file);
  }
}

function sumOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
