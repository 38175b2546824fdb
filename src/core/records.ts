/** One row of business data. Times are ISO 8601 strings with offset; money in yuan; weight in kg; volume in m³. */
export type RecordValue = string | number | boolean | null;
export type RecordRow = Readonly<Record<string, RecordValue>>;

export const FIELD_TYPES = ['text', 'number', 'time', 'phone', 'list'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** Business records of one kind (orders, payments ...), wherever they live. */
export interface RecordSource {
  /**
   * All rows whose fields equal every value of `by`, in stable order, at most 50.
   * Throws UnreachableError when the source does not answer in time.
   */
  find(by: Readonly<Record<string, string>>): Promise<readonly RecordRow[]>;
  /**
   * A write the customer has confirmed. The same `idempotencyKey` has one effect however often it is sent.
   * Throws RefusedError where the source is read-only or says no.
   */
  call(operation: string, values: Readonly<Record<string, RecordValue>>, idempotencyKey: string): Promise<RecordRow>;
  close(): Promise<void>;
}

/** The sources by record name, e.g. `order`. */
export type Records = ReadonlyMap<string, RecordSource>;
