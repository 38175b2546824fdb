import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmbed, type Embed } from '../../src/advice/embed.ts';
import { faultOf } from '../../src/advice/fault.ts';
import { embeddingEndpoint, given, json, toyVector, type Answer } from './embedding-endpoint.ts';

const TEXTS = ['箱子破了', '发票'];
const base64 = (numbers: readonly number[]): string =>
  Buffer.from(Float32Array.from(numbers).buffer).toString('base64');

describe('vectors of an endpoint', () => {
  let endpoint: Awaited<ReturnType<typeof embeddingEndpoint>>;
  let embed: Embed;
  const ask = (patience = 5000) => embed(TEXTS, AbortSignal.timeout(patience));

  beforeEach(async () => {
    endpoint = await embeddingEndpoint();
    embed = createEmbed(new OpenAI({ apiKey: 'k', baseURL: endpoint.url, logLevel: 'off' }), 'toy');
  });
  afterEach(() => endpoint.close());

  it('are asked for by the name of the model, all at once', async () => {
    const vectors = await ask();
    expect(endpoint.asked).toMatchObject([{ model: 'toy', input: TEXTS }]);
    expect(vectors.map(({ length }) => length)).toEqual([256, 256]);
  });

  it.each<[string, Answer]>([
    ['base64', ({ input }, response) => json(response, given(input.map((text) => base64(toyVector(text)))))],
    ['another order', ({ input }, response) => json(response, { data: given(input.map(toyVector)).data.toReversed() })],
    [
      'no numbers of places',
      ({ input }, response) => json(response, { data: input.map((text) => ({ embedding: toyVector(text) })) }),
    ],
  ])('are the same in %s', async (_form, answer) => {
    const plain = await ask();
    endpoint.answer = answer;
    expect(await ask()).toEqual(plain);
  });

  it.each<[string, string, Answer]>([
    ['fewer than asked', '1 vectors for 2 texts', (_, response) => json(response, given([[1, 2]]))],
    ['more than asked', '3 vectors for 2 texts', (_, response) => json(response, given([[1], [2], [3]]))],
    ['different lengths', 'vectors of different lengths', (_, response) => json(response, given([[1, 2], [1]]))],
    [
      'nothing but zeros',
      'a vector that is no direction',
      (_, response) =>
        json(
          response,
          given([
            [1, 2],
            [0, 0],
          ]),
        ),
    ],
    ['no numbers at all', 'a vector that is no direction', (_, response) => json(response, given([[], []]))],
    [
      'NaN in base64',
      'a vector that is no direction',
      (_, response) => json(response, given([base64([1, 2]), base64([1, NaN])])),
    ],
    [
      'NaN',
      'not in the shape asked for',
      (_, response) =>
        json(
          response,
          given([
            [1, 2],
            [1, null],
          ]),
        ),
    ],
    [
      'half a float',
      'bytes that are no floats',
      (_, response) => json(response, given(['AAAAAA==', 'AAAAAA=='].map(() => 'AAAAAAA='))),
    ],
    ['what is no base64', 'not in the shape asked for', (_, response) => json(response, given(['?!', '!?']))],
    [
      'the same place twice',
      'vectors that belong to no text',
      (_, response) => json(response, { data: [0, 0].map((index) => ({ index, embedding: [1, 2] })) }),
    ],
    [
      'a place that was not asked for',
      'vectors that belong to no text',
      (_, response) => json(response, { data: [0, 7].map((index) => ({ index, embedding: [1, 2] })) }),
    ],
    ['no data', 'not in the shape asked for', (_, response) => json(response, { 箱子破了: true })],
    [
      'no JSON',
      'not in the shape asked for',
      (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('箱子'),
    ],
    ['a refusal', 'refused with 500', (_, response) => json(response, { error: { message: '箱子破了?' } }, 500)],
    ['nothing in time', 'no answer in time', () => {}],
    [
      'half of it in time',
      'no answer in time',
      (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{"da'),
    ],
  ])('are refused where there are %s, in words that hold nothing of what was asked', async (_what, fault, answer) => {
    endpoint.answer = answer;
    const error: unknown = await ask(300).catch((reason: unknown) => reason);
    expect(faultOf(error)).toBe(fault);
    expect(endpoint.asked).toHaveLength(1);
  });
});
