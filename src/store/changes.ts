import { messageOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { StoreChange } from '../core/store.ts';

export type Listener = (change: StoreChange) => void;

export interface Changes {
  subscribe(listener: Listener): () => void;
  /** Only ever after a commit: a listener may read at once what it hears of. */
  tell(...changes: readonly StoreChange[]): void;
}

export function createChanges(log: Log): Changes {
  const listeners = new Set<Listener>();
  return {
    subscribe(listener) {
      const own: Listener = (change) => listener(change);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    tell(...changes) {
      for (const change of changes) {
        for (const listener of [...listeners]) {
          try {
            listener(change);
          } catch (error) {
            // What is kept is kept: a listener's trouble is not the writer's.
            log.error({ change: change.kind, error: messageOf(error) }, 'a listener of the store threw');
          }
        }
      }
    },
  };
}
