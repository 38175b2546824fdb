import { expect, it } from 'vitest';
import { RefusedError } from '../../src/core/errors.ts';
import { createCsvSource } from '../../src/records/csv.ts';
import { describeRecordSource, FIELDS, ROWS } from '../contracts/record-source.ts';

describeRecordSource('csv', () => Promise.resolve(createCsvSource(ROWS, FIELDS)));

it('a csv source refuses to be written to', async () => {
  const refused = createCsvSource(ROWS, FIELDS).call('change', { text: '1' }, 'key');
  await expect(refused).rejects.toThrow(RefusedError);
  await expect(refused).rejects.toMatchObject({ code: 'read-only' });
});

it('a csv source gives all rows, up to fifty, when nothing is asked of them', async () => {
  expect(await createCsvSource(ROWS, FIELDS).find({})).toEqual(ROWS.slice(0, 50));
});
