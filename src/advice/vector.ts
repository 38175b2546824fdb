/** A direction: each number as a byte. A quarter of the room, and no worse to compare by. */
export type Vector = Int8Array;

/** What an endpoint gave, as a direction; null where it is none (a number that is none, or nothing but zeros). */
export function vectorOf(numbers: ArrayLike<number>): Vector | null {
  let most = 0;
  for (let i = 0; i < numbers.length; i++) {
    const size = Math.abs(numbers[i]!);
    if (!Number.isFinite(size)) return null;
    if (size > most) most = size;
  }
  if (most === 0) return null;
  return Int8Array.from({ length: numbers.length }, (_, i) => Math.round((numbers[i]! / most) * 127));
}

export function lengthOf(vector: Vector): number {
  return Math.sqrt(dot(vector, vector));
}

/** `b` may hold many vectors, one behind the other; compared is the one that begins at `from`. */
export function dot(a: Vector, b: Vector, from = 0): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[from + i]!;
  return sum;
}
