import type { Report, TextFile } from '../knowledge/files.ts';
import { sameRows } from './cells.ts';

export type Rows = readonly (readonly string[])[];

/** Where a cell begins in the file; lines and columns count from 1. `row` and `cell` count from 0 within the entry. */
export interface CellStart {
  readonly line: number;
  readonly column: number;
  readonly row: number;
  readonly cell: number;
}

/** One entry as it stands in a file, comments before it and all, and the rows of a sheet it makes. */
export interface Entry {
  readonly rows: Rows;
  /** Comments and empty lines before it. */
  readonly lead: string;
  readonly body: string;
  readonly starts: readonly CellStart[];
}

/** A file of the administrator's in pieces: `head` and all leads and bodies, one behind the other, are its text. */
export interface KeptFile {
  readonly head: string;
  readonly entries: readonly Entry[];
}

/** One kind of file. */
export interface Format {
  /** Null after reporting what does not fit. */
  read(file: TextFile, report: Report): KeptFile | null;
  /** The body of one entry, ended by a line break. */
  render(rows: Rows, file: KeptFile | null): string;
}

/** What an import does to a file, in entries. */
export interface Changes {
  readonly changed: number;
  readonly added: number;
  readonly removed: number;
}

export const NO_CHANGES: Changes = { changed: 0, added: 0, removed: 0 };

/** The file with the entries of a sheet. What is the same stays as it was written, to the byte. */
export function rebuild(file: KeptFile, wanted: readonly Rows[], format: Format): { text: string; changes: Changes } {
  const left = entriesByName(file.entries);
  const same = wanted.map((rows) => left.take(rows, (entry) => sameRows(entry.rows, rows)));
  const lineBreak = [file.head, ...file.entries.map(({ body }) => body)].some((text) => text.includes('\r\n'))
    ? '\r\n'
    : '\n';
  const gap = /^\r?\n/.exec(file.entries.at(-1)?.lead ?? '')?.[0] ?? '';
  let changed = 0;
  let added = 0;
  let text = file.head;
  for (const [index, rows] of wanted.entries()) {
    const old = same[index] ?? left.take(rows, () => true);
    if (old === undefined) added += 1;
    else if (same[index] === undefined) changed += 1;
    const body = same[index]?.body ?? format.render(rows, file).replaceAll('\n', lineBreak);
    text = `${ended(text, lineBreak)}${old?.lead ?? gap}${body}`;
  }
  const removed = file.entries.length - (wanted.length - added);
  return { text, changes: { changed, added, removed } };
}

/** Entries that nobody has taken yet, found by their first cell. */
function entriesByName(entries: readonly Entry[]): {
  take(rows: Rows, fits: (entry: Entry) => boolean): Entry | undefined;
} {
  const nameOf = (rows: Rows): string => rows[0]?.[0]?.trim() ?? '';
  const byName = new Map<string, Entry[]>();
  for (const entry of entries) {
    const named = byName.get(nameOf(entry.rows));
    if (named) named.push(entry);
    else byName.set(nameOf(entry.rows), [entry]);
  }
  return {
    take(rows, fits) {
      const named = byName.get(nameOf(rows)) ?? [];
      const at = named.findIndex(fits);
      return at === -1 ? undefined : named.splice(at, 1)[0];
    },
  };
}

function ended(text: string, lineBreak: string): string {
  return text === '' || text.endsWith('\n') ? text : text + lineBreak;
}
