/** Storage that may be missing, full or forbidden (private windows): then nothing is kept, and nothing breaks. */
export interface Kept<T> {
  readonly read: () => T | null;
  readonly write: (value: T) => void;
  readonly clear: () => void;
}

export function kept<T>(
  where: 'localStorage' | 'sessionStorage',
  key: string,
  parse: (value: unknown) => T | null,
): Kept<T> {
  const name = `yingsheng.${key}`;
  const attempt = <R>(use: (storage: Storage) => R): R | null => {
    try {
      return use(globalThis[where]);
    } catch {
      return null;
    }
  };
  return {
    read: () =>
      attempt((storage) => {
        const text = storage.getItem(name);
        return text === null ? null : parse(JSON.parse(text));
      }),
    write: (value) => void attempt((storage) => storage.setItem(name, JSON.stringify(value))),
    clear: () => void attempt((storage) => storage.removeItem(name)),
  };
}

export const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);
