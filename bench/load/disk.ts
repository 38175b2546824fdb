import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** As much as a commit of some messages writes, over and over in the same few megabytes, as a write-ahead log does. */
const BLOCK = Buffer.alloc(16 * 4096, 1);
const BLOCKS = 64;
const REST_MS = 5;

/** Times of one write and its sync, each; ms, sorted. */
export async function syncTimes(folder: string, ms: number): Promise<readonly number[]> {
  const file = join(folder, 'disk-alone');
  const open = openSync(file, 'w');
  const times: number[] = [];
  try {
    // What makes the file longer costs more: that is over when it is measured.
    for (let nth = 0; nth < BLOCKS; nth++) writeSync(open, BLOCK, 0, BLOCK.length, nth * BLOCK.length);
    fdatasyncSync(open);
    for (const began = performance.now(); performance.now() - began < ms; await setTimeout(REST_MS)) {
      const start = performance.now();
      writeSync(open, BLOCK, 0, BLOCK.length, (times.length % BLOCKS) * BLOCK.length);
      fdatasyncSync(open);
      times.push(performance.now() - start);
    }
  } finally {
    closeSync(open);
    rmSync(file);
  }
  return times.sort((a, b) => a - b);
}
