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

  const watcher = watch([folders.intents, folders.knowledge], {
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
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await watcher.close();
      await loading;
    },
  };
}
