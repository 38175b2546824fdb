/** Takes off what was put in longest ago, where there is more than `most`. */
export function forgetOldest<K>(map: Map<K, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}

/** The newest stands last; the oldest makes room. */
export function remember<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  forgetOldest(map, most);
}

/** Gives what is remembered of a key, or makes it; only the `most` keys asked for last are remembered. */
export function createMemo<K, V extends object>(most: number): (key: K, make: () => V) => V {
  const known = new Map<K, V>();
  return (key, make) => {
    const value = known.get(key) ?? make();
    remember(known, key, value, most);
    return value;
  };
}
