import { expect, it } from 'vitest';
import { createRecords } from '../../src/records/records.ts';
import { FIELDS, ROWS } from '../contracts/record-source.ts';
import { knowledgeOf } from '../knowledge/desk-fixture.ts';
import { serveForTest } from './records-server.ts';

it('makes one source for each record, with its token from the environment', async () => {
  const server = await serveForTest(() => [{ text: '1' }]);
  const spec = { fields: FIELDS, rows: ROWS, url: server.url };
  const records = createRecords(
    new Map([
      ['order', { ...spec, record: 'order', from: 'csv' as const, tokenEnv: null }],
      ['stock', { ...spec, record: 'stock', from: 'http' as const, tokenEnv: 'STOCK_TOKEN' }],
    ]),
    { STOCK_TOKEN: 's3cret' },
  );
  expect(await records.get('order')?.find({ text: '12345678' })).toEqual([ROWS[0]]);
  expect(await records.get('stock')?.find({ text: '1' })).toEqual([{ text: '1' }]);
  expect(server.asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer s3cret']);
});

it('takes the sources of the knowledge as they are', async () => {
  const records = createRecords((await knowledgeOf()).sources);
  expect(await records.get('order')?.find({ phone: '+86 13812345678' })).toMatchObject([
    { waybill: '12345678', weight: 12.5 },
  ]);
});
