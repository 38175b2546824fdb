import { statfs } from 'node:fs/promises';

/** Below this the next attachment, or the next tidying of the log, fails; bytes. */
const LEAST_ROOM = 1024 * 1024;

/** In words, where the disk under `folder` has hardly any room left; null where it has, or cannot tell. */
export async function lackOfRoom(folder: string | null): Promise<string | null> {
  if (folder === null) return null;
  const disk = await statfs(folder).catch(() => null);
  if (disk === null || disk.blocks === 0) return null;
  const free = disk.bavail * disk.bsize;
  return free < LEAST_ROOM ? `no room left on the disk (${Math.floor(free / 1024)} KiB)` : null;
}
