import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Files below the folders in which one of the words stands, plainly or as JSON escapes it. Folders that are not there hold nothing. */
export async function filesNaming(folders: readonly string[], words: readonly string[]): Promise<readonly string[]> {
  const needles = [...new Set(words.flatMap((word) => [word, escaped(word)]))].map((word) => Buffer.from(word));
  if (needles.length === 0) return [];
  const found: string[] = [];
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && (await holds(path, needles))) found.push(path);
    }
  }
  return found.sort();
}

async function holds(path: string, needles: readonly Buffer[]): Promise<boolean> {
  const overlap = Math.max(...needles.map((needle) => needle.length)) - 1;
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const part = Buffer.concat([tail, chunk as Buffer]);
    if (needles.some((needle) => part.includes(needle))) return true;
    tail = part.subarray(Math.max(0, part.length - overlap));
  }
  return false;
}

function escaped(word: string): string {
  return word.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
