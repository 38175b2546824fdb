import type { Place } from './knowledge.ts';

export type Path = readonly PropertyKey[];

/** A value read from a file, with where each of its parts stands. */
export interface Located<T> {
  readonly file: string;
  readonly value: T;
  /** Where the value at `path` stands, or its nearest parent that is written down. */
  at(path: Path): Place;
  /** Where the key at the end of `path` stands. */
  keyAt(path: Path): Place;
  /** A place inside the text at `path`: line and column count from 1 within that text. */
  inside(path: Path, line: number, column: number): Place;
}
