import { describe, expect, it } from 'vitest';
import { RefusedError, UnreachableError } from '../../src/core/errors.ts';
import { createHttpSource } from '../../src/records/http.ts';
import { describeRecordSource, FIELDS, ROWS } from '../contracts/record-source.ts';
import { serveForTest, serveRecords } from './records-server.ts';

// A far side that filters nothing: what it should not have sent must not be seen.
describeRecordSource('http', async () => {
  const server = await serveRecords(() => ROWS);
  const source = createHttpSource({ url: server.url, fields: FIELDS });
  return { ...source, close: () => source.close().then(() => server.close()) };
});

describe('an http source', () => {
  it('asks with each value in the query, and the token', async () => {
    const server = await serveForTest(() => []);
    await createHttpSource({ url: `${server.url}?tenant=1`, fields: FIELDS, token: 's3cret' }).find({
      text: 'a&b=c',
      city: '成都',
    });
    expect(server.asked).toHaveLength(1);
    expect(Object.fromEntries(server.asked[0]?.query ?? [])).toEqual({ tenant: '1', text: 'a&b=c', city: '成都' });
    expect(server.asked[0]).toMatchObject({
      method: 'GET',
      path: '/api/orders',
      headers: { authorization: 'Bearer s3cret' },
    });
  });

  it('writes with the idempotency key and gives the row it is answered', async () => {
    const server = await serveForTest(() => ({ text: '1', state: 'booked' }));
    const row = await createHttpSource({ url: server.url, fields: FIELDS }).call(
      'change address',
      { text: '1', fee: 3.5, note: null },
      'turn-7',
    );
    expect(row).toEqual({ text: '1', state: 'booked' });
    expect(server.asked[0]).toMatchObject({
      method: 'POST',
      path: '/api/orders/change%20address',
      headers: { 'idempotency-key': 'turn-7' },
    });
    expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({ text: '1', fee: 3.5, note: null });
  });

  it('keeps only plain values, and has empty text as null', async () => {
    const server = await serveForTest(() => [{ text: '1', city: '', nested: { a: 1 }, many: [1], flag: true }]);
    expect(await createHttpSource({ url: server.url, fields: FIELDS }).find({ text: '1' })).toEqual([
      { text: '1', city: null, flag: true },
    ]);
  });

  it.each([
    ['is busy', 503, '', UnreachableError],
    ['is asked too often', 429, '', UnreachableError],
    ['answers in HTML', 200, '<html>', UnreachableError],
    ['answers no rows', 200, '{"rows":[]}', UnreachableError],
    ['answers half', 200, '[{"text":"1"', UnreachableError],
    ['answers without end', 200, `[${'"x",'.repeat(5000)}"x"]`, UnreachableError],
    ['says no', 403, '{}', RefusedError],
    ['sends us elsewhere', 302, '', UnreachableError],
  ])('tells apart a far side that %s', async (_what, status, body, kind) => {
    const server = await serveForTest(
      (_asked, response) => void response.writeHead(status, { location: '/' }).end(body),
    );
    await expect(
      createHttpSource({ url: server.url, fields: FIELDS, maxBytes: 10_000 }).find({ text: '1' }),
    ).rejects.toThrow(kind);
    expect(server.asked).toHaveLength(1);
  });

  it('passes on how long the far side asks us to wait', async () => {
    const server = await serveForTest((_asked, response) => void response.writeHead(503, { 'retry-after': '7' }).end());
    await expect(createHttpSource({ url: server.url, fields: FIELDS }).find({})).rejects.toMatchObject({
      retryAfter: 7000,
    });
  });

  it('does not wait for a far side that never answers', async () => {
    const server = await serveForTest(() => undefined);
    await expect(
      createHttpSource({ url: server.url, fields: FIELDS, timeoutMs: 50 }).find({ text: '1' }),
    ).rejects.toThrow(UnreachableError);
  });

  it('does not wait for a far side that stops half-way', async () => {
    const server = await serveForTest((_asked, response) => void response.write('[{"text":'));
    await expect(
      createHttpSource({ url: server.url, fields: FIELDS, timeoutMs: 50 }).find({ text: '1' }),
    ).rejects.toThrow(UnreachableError);
  });

  it('says that nobody is there', async () => {
    const server = await serveRecords(() => []);
    await server.close();
    await expect(createHttpSource({ url: server.url, fields: FIELDS }).find({ text: '1' })).rejects.toThrow(
      UnreachableError,
    );
  });

  it('never tells what was asked for, nor the token, in its errors', async () => {
    const server = await serveForTest((_asked, response) => void response.writeHead(500).end('13812345678'));
    const source = createHttpSource({ url: server.url, fields: FIELDS, token: 's3cret' });
    const error: unknown = await source.find({ phone: '13812345678' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnreachableError);
    expect(JSON.stringify([String(error), error])).not.toMatch(/13812345678|s3cret/);
  });
});
