import { isUtf8 } from 'node:buffer';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import { badArgument } from './failure.ts';

export const JSON_BYTES = 256 * 1024;
const JSON_LEVELS = 64;
const parseJson = express.json({
  limit: JSON_BYTES,
  type: ['application/json', 'application/*+json', 'application/vnd.microsoft.activity'],
  // Words in another encoding would be kept as question marks, and nobody could answer them.
  verify(_request, _response, body, encoding) {
    if (encoding === 'utf-8' && !isUtf8(body)) throw new Error('not UTF-8');
  },
});

/** Runs a body parser where a route wants it: after the sender is known. Gives undefined where there was no such body. */
export async function readBody(parser: RequestHandler, request: Request, response: Response): Promise<unknown> {
  await new Promise<void>((resolve, reject) => {
    void parser(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(error instanceof Error ? error : badArgument('the body cannot be read'));
    });
  });
  return request.body as unknown;
}

/** Throws 400 where the body is nested deeper than anybody needs: what is written out again later would overflow the stack. */
export async function readJson(request: Request, response: Response): Promise<unknown> {
  const body = await readBody(parseJson, request, response);
  if (!isWithin(body, JSON_LEVELS)) throw badArgument(`the body is nested deeper than ${JSON_LEVELS} levels`);
  return body;
}

function isWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isWithin(inner, levels - 1));
}

/** Throws 400 naming the first thing that does not fit; the value itself is not repeated. */
export function fit<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw badArgument(`${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'does not fit'}`);
}
