import { statSync } from 'node:fs';
import { watch } from 'chokidar';
import { messageOf } from '../core/errors.ts';
import { silentLog, type Log } from '../core/log.ts';
import type { Folders, LoadResult } from './load.ts';

export interface WatchOptions {
  readonly folders: Folders;
  /** Loads both folders; never called twice at the same time. */
  readonly load: () => Promise<LoadResult>;
  /** Called once for each settled edit, never twice at the same time. */
  readonly onLoaded: (result: LoadResult) => void;
  /** Quiet time after the last change before loading: an editor's rename, a git checkout of many files are one edit. */
  readonly debounceMs?: number;
  readonly log?: Log;
}

/** A file's times may lag behind the clock by so much, in ms. */
const CLOCK_STEP = 20;
/** How often it is seen whether another folder stands in the place of one, in ms. */
const LOOK = 1000;

/**
 * Loads both folders anew after each saved edit, whole; an edit is whatever was changed after this was called, so that the
 * first load may go on meanwhile. Resolves when watching has begun.
 */
export async function watchKnowledge({
  folders,
  onLoaded,
  debounceMs = 150,
  log = silentLog,
  load: loadBoth,
}: WatchOptions): Promise<{ close(): Promise<void> }> {
  const since = Date.now() - CLOCK_STEP;
  const roots = [folders.intents, folders.knowledge];
  const seen = new Map(roots.map((root) => [root, identityOf(root)]));
  let timer: NodeJS.Timeout | undefined;
  let loading: Promise<void> | null = null;
  let again = false;
  let closed = false;

  const load = (): void => {
    if (loading) {
      again = true;
      return;
    }
    loading = loadBoth()
      .then((result) => {
        if (!closed) onLoaded(result);
      })
      .catch((error: unknown) => {
        if (!closed) log.error({ error: messageOf(error) }, 'an edit of the knowledge could not be loaded');
      })
      .finally(() => {
        loading = null;
        if (again && !closed) {
          again = false;
          load();
        }
      });
  };
  const changed = (): void => {
    clearTimeout(timer);
    if (!closed) timer = setTimeout(load, debounceMs);
  };

  const watcher = watch(roots, {
    alwaysStat: true,
    ignored: (file) => /(^|[/\\])\.(git|DS_Store)/.test(file) || /~$|\.sw[a-z]$|\.tmp$/.test(file),
  });
  let ready = false;
  // What it finds at first is what there is; of a file that went, its folder tells.
  watcher.on('all', (_event, _file, stats) => {
    if (ready || stats === undefined || stats.ctimeMs > since) changed();
  });
  watcher.on('error', (error) => log.error({ error: messageOf(error) }, 'the knowledge folders cannot be watched'));
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  ready = true;
  // What is watched is the folder, not its name: one that a deployment puts in its place goes unseen.
  const looking = setInterval(() => {
    for (const root of roots) {
      const identity = identityOf(root);
      if (identity === seen.get(root)) continue;
      seen.set(root, identity);
      watcher.unwatch(root).add(root);
      changed();
    }
  }, LOOK).unref();
  return {
    async close() {
      closed = true;
      clearInterval(looking);
      clearTimeout(timer);
      await watcher.close();
      await loading;
    },
  };
}

/** Null where nothing stands there. An inode may be given anew, but not at the same time. */
function identityOf(folder: string): string | null {
  const about = statSync(folder, { throwIfNoEntry: false });
  return about === undefined ? null : `${about.dev} ${about.ino} ${about.birthtimeMs}`;
}
