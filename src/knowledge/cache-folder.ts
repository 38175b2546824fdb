import { mkdirSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Where whoever runs the program keeps what can be made again: `yingsheng` in `XDG_CACHE_HOME` or `~/.cache`, or a folder where files
 * are temporary. Null where there is none that nobody else writes to.
 */
export function cacheFolder(env: Readonly<Record<string, string | undefined>> = process.env): string | null {
  const home = env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const places = [join(home, 'yingsheng'), join(tmpdir(), `yingsheng-${process.getuid?.() ?? 'cache'}`)];
  return places.find(isOurs) ?? null;
}

/** Whether there is such a folder, made now if need be, that nobody else writes to. */
function isOurs(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(folder);
    return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
  } catch {
    return false;
  }
}
