import express, { type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import { badArgument } from './failure.ts';

export const JSON_BYTES = 256 * 1024;
const parseJson = express.json({
  limit: JSON_BYTES,
  type: ['application/json', 'application/*+json', 'application/vnd.microsoft.activity'],
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

export const readJson = (request: Request, response: Response): Promise<unknown> =>
  readBody(parseJson, request, response);

/** Throws 400 naming the first thing that does not fit; the value itself is not repeated. */
export function fit<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw badArgument(`${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'does not fit'}`);
}
