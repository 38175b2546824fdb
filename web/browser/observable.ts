import { useEffect, useState } from 'preact/hooks';

/** A value that tells when it changes: what a driver (network, timers) shows to components. */
export interface Observable<T> {
  readonly get: () => T;
  readonly set: (next: T) => void;
  /** Calls `listener` at every change; gives a way to stop. */
  readonly subscribe: (listener: () => void) => () => void;
}

export function createObservable<T>(first: T): Observable<T> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export function useObservable<T>(observable: Observable<T>): T {
  const [value, setValue] = useState<T>(() => observable.get());
  useEffect(() => {
    const read = (): void => setValue(() => observable.get());
    read();
    return observable.subscribe(read);
  }, [observable]);
  return value;
}
