import type { FieldType, RecordRow } from '../core/records.ts';

/** Fields by name; only the type matters here. */
export type RecordFields = ReadonlyMap<string, { readonly type: FieldType }>;

/** Where the rows of one record live, in this room's own words: knowledge's `SourceSpec` fits it. */
export interface RecordSpec {
  readonly record: string;
  readonly from: 'csv' | 'http';
  /** http: base address without the query. */
  readonly url: string | null;
  /** http: name of the environment variable that holds a bearer token. */
  readonly tokenEnv: string | null;
  readonly fields: RecordFields;
  /** csv: the checked rows. */
  readonly rows: readonly RecordRow[];
}

/** As many rows as `find` gives at most. */
export const MOST_ROWS = 50;
