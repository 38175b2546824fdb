import type { ErrorRequestHandler, Response } from 'express';
import { RefusedError } from '../../core/errors.ts';
import { words } from '../../core/privacy/masked-log.ts';

const STATUS: Readonly<Record<string, number>> = {
  'bad-request': 400,
  'unknown-desk': 400,
  'unknown-agent': 400,
  unauthorized: 401,
  'unknown-ticket': 404,
  'unknown-field': 404,
  'unknown-attachment': 404,
  'unknown-code': 404,
  'too-many': 503,
};

/** Any other refusal is a conflict: somebody else holds the ticket, or its state does not allow it. */
export function fail(res: Response, code: string, message: string): void {
  const status = STATUS[code] ?? 409;
  // What is refused as unknown is told back, and may be anything; who holds a ticket must be read.
  res.status(status).json({ error: { code, message: status === 409 ? message : words(message) } });
}

/** What a rule or the body parser refused is told to the caller; anything else is left to the server's own handler. */
export const tellFailure: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (res.headersSent) return next(error);
  if (error instanceof RefusedError) return fail(res, error.code, error.message);
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) {
    res.status(413).json({ error: { code: 'too-large', message: '内容过长，请缩短后再提交' } });
    return;
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return fail(res, 'bad-request', '请求内容不是有效的 JSON');
  }
  next(error);
};
