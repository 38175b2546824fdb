/** One unreadable value must not make its neighbours unreadable: what cannot be read becomes the fallback. */
export function readJson(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function readList<T>(text: string | null): readonly T[] {
  const value = readJson(text);
  return Array.isArray(value) ? (value as readonly T[]) : [];
}

export function readTexts(text: string | null): Readonly<Record<string, string>> {
  const value = readJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

export function writeList(list: readonly unknown[]): string | null {
  return list.length === 0 ? null : JSON.stringify(list);
}

export function writeJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
