import type { Records, RecordSource } from '../core/records.ts';
import { createCsvSource } from './csv.ts';
import { createHttpSource } from './http.ts';
import type { RecordSpec } from './spec.ts';

/** One source for each record that the knowledge names. Made anew for each version of the knowledge. `env` holds the bearer tokens. */
export function createRecords(
  specs: ReadonlyMap<string, RecordSpec>,
  env: Readonly<Record<string, string | undefined>> = {},
): Records {
  return new Map([...specs].map(([record, spec]): [string, RecordSource] => [record, createSource(spec, env)]));
}

function createSource(spec: RecordSpec, env: Readonly<Record<string, string | undefined>>): RecordSource {
  if (spec.from === 'csv') return createCsvSource(spec.rows, spec.fields);
  const token = spec.tokenEnv === null ? undefined : env[spec.tokenEnv];
  return createHttpSource({ url: spec.url ?? '', fields: spec.fields, ...(token ? { token } : {}) });
}
