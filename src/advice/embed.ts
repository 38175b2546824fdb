import type OpenAI from 'openai';
import { z } from 'zod';
import { UnusableError } from './fault.ts';
import { vectorOf, type Vector } from './vector.ts';

/** A vector for each text, all of one length. Throws where the endpoint gives anything else, or not before `signal`. */
export type Embed = (texts: readonly string[], signal: AbortSignal) => Promise<readonly Vector[]>;

/** Numbers were asked for; some endpoints give base64 of little-endian floats whatever they are asked. */
const answerSchema = z.object({
  data: z.array(
    z.object({
      index: z.number().int().min(0).optional(),
      embedding: z.union([z.array(z.number()).max(20_000), z.base64().max(120_000)]),
    }),
  ),
});

/** The vectors of an OpenAI-compatible endpoint. */
export function createEmbed(client: OpenAI, model: string): Embed {
  return async (texts, signal) => {
    const given = await client.embeddings.create(
      { model, input: [...texts], encoding_format: 'float' },
      { maxRetries: 0, signal },
    );
    const { data } = answerSchema.parse(given);
    if (data.length !== texts.length) throw new UnusableError(`${data.length} vectors for ${texts.length} texts`);
    const vectors: (Vector | undefined)[] = texts.map(() => undefined);
    for (const [place, { index = place, embedding }] of data.entries()) {
      const vector = vectorOf(typeof embedding === 'string' ? floatsOf(embedding) : embedding);
      if (vector === null) throw new UnusableError('a vector that is no direction');
      vectors[index] = vector;
    }
    const whole = vectors.filter((vector) => vector !== undefined);
    if (whole.length !== texts.length || vectors.length !== texts.length)
      throw new UnusableError('vectors that belong to no text');
    if (whole.some(({ length }) => length !== whole[0]?.length))
      throw new UnusableError('vectors of different lengths');
    return whole;
  };
}

function floatsOf(base64: string): readonly number[] {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length % 4 !== 0) throw new UnusableError('bytes that are no floats');
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
}
