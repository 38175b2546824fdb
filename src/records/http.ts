import { z } from 'zod';
import { messageOf, RefusedError, UnreachableError } from '../core/errors.ts';
import type { RecordRow, RecordSource, RecordValue } from '../core/records.ts';
import { readBounded } from './bounded-body.ts';
import { comparables } from './comparable.ts';
import { MOST_ROWS, type RecordFields } from './spec.ts';

export interface HttpSourceOptions {
  readonly url: string;
  readonly fields: RecordFields;
  readonly token?: string;
  readonly timeoutMs?: number;
  /** Bytes of an answer that are read; a longer one is a fault of the far side. */
  readonly maxBytes?: number;
}

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** Fields that hold more than a plain value are not ours to read. */
const row = z.record(z.string(), z.unknown()).transform((fields): RecordRow => {
  const plain: Record<string, RecordValue> = {};
  for (const [name, held] of Object.entries(fields)) {
    const parsed = value.safeParse(held);
    if (parsed.success) plain[name] = parsed.data === '' ? null : parsed.data;
  }
  return plain;
});
const rows = z.array(row);

/**
 * Records over HTTP: `GET {url}?field=value` gives a JSON array of rows, `POST {url}/{operation}` writes and gives one row.
 * A far side that is slow, busy or broken is an UnreachableError; one that says no (4xx) is a RefusedError. Repeating is the caller's.
 */
export function createHttpSource({
  url,
  fields,
  token,
  timeoutMs = 3000,
  maxBytes = 1_000_000,
}: HttpSourceOptions): RecordSource {
  const closing = new AbortController();

  const ask = async (address: URL, init: RequestInit): Promise<unknown> => {
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)]);
    const headers = {
      accept: 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...init.headers,
    };
    let response: Response;
    let text: string;
    try {
      response = await fetch(address, { ...init, headers, signal, redirect: 'error' });
      text = await readBounded(response, maxBytes);
    } catch (error) {
      throw new UnreachableError('the record source did not answer', { cause: messageOf(error) });
    }
    if (response.status === 429 || response.status >= 500) {
      const seconds = Number(response.headers.get('retry-after'));
      const wait = seconds > 0 ? { retryAfter: seconds * 1000 } : {};
      throw new UnreachableError(`the record source answered ${response.status}`, wait);
    }
    if (!response.ok)
      throw new RefusedError(`http-${response.status}`, `the record source refused with ${response.status}`);
    try {
      return text === '' ? {} : JSON.parse(text);
    } catch {
      throw new UnreachableError('the record source did not answer in JSON');
    }
  };

  return {
    async find(by) {
      const address = new URL(url);
      for (const [field, wanted] of Object.entries(by)) address.searchParams.set(field, wanted);
      const parsed = rows.safeParse(await ask(address, { method: 'GET' }));
      if (!parsed.success) throw new UnreachableError('the record source did not answer with rows');
      // A far side that ignores a field it does not know must not show us other people's rows.
      return parsed.data.filter((found) => matches(found, by, fields)).slice(0, MOST_ROWS);
    },
    async call(operation, values, idempotencyKey) {
      const address = new URL(url);
      address.pathname = `${address.pathname.replace(/\/$/, '')}/${encodeURIComponent(operation)}`;
      const headers = { 'content-type': 'application/json', 'idempotency-key': idempotencyKey };
      const parsed = row.safeParse(await ask(address, { method: 'POST', headers, body: JSON.stringify(values) }));
      if (!parsed.success) throw new UnreachableError('the record source did not answer with a row');
      return parsed.data;
    },
    close() {
      closing.abort();
      return Promise.resolve();
    },
  };
}

function matches(found: RecordRow, by: Readonly<Record<string, string>>, fields: RecordFields): boolean {
  return Object.entries(by).every(([field, wanted]) => {
    const type = fields.get(field)?.type ?? 'text';
    const [key] = comparables(wanted, type);
    return key !== undefined && comparables(found[field], type).includes(key);
  });
}
