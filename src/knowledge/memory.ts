import { createHash } from 'node:crypto';

/** Gives what was made of the same key before, or makes it. */
export type Memo<V> = (key: string, make: () => V) => V;

/**
 * What one load leaves for the next: an edit of one file does not make everything else anew.
 * Only for what depends on nothing but its key. Of each kind that a load asked for, what it did not ask for is forgotten.
 */
export interface Memory {
  readonly memo: <V>(what: string) => Memo<V>;
  /** A load has ended. */
  settle(): void;
}

export function createMemory(): Memory {
  let before = new Map<string, Map<string, unknown>>();
  let now = new Map<string, Map<string, unknown>>();
  return {
    memo<V>(what: string): Memo<V> {
      const old = before.get(what);
      return (key, make) => {
        const kept = now.get(what) ?? new Map<string, unknown>();
        now.set(what, kept);
        const known = kept.has(key) || old?.has(key) === true;
        const value = (known ? (kept.get(key) ?? old?.get(key)) : make()) as V;
        kept.set(key, value);
        return value;
      };
    },
    settle() {
      before = new Map([...before, ...now]);
      now = new Map();
    },
  };
}

/** A short key for a large value. */
export function keyOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64');
}
