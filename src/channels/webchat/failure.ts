import type { ErrorRequestHandler } from 'express';
import { messageOf, NotKeptError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';

/** A refusal in Direct Line's shape: `{"error":{"code","message"}}`. Thrown anywhere below a route. */
export class Failure extends Error {
  readonly status: number;
  readonly code: string;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter: number | undefined;

  constructor(status: number, code: string, message: string, retryAfter?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  body(): { error: { code: string; message: string } } {
    return { error: { code: this.code, message: this.message } };
  }
}

export const badArgument = (message: string): Failure => new Failure(400, 'BadArgument', message);
export const unauthorized = (message: string): Failure => new Failure(401, 'Unauthorized', message);
export const forbidden = (code: string, message: string): Failure => new Failure(403, code, message);
export const notFound = (message: string): Failure => new Failure(404, 'NotFound', message);
export const tooLarge = (message: string): Failure => new Failure(413, 'MessageSizeTooBig', message);
export const unsupportedType = (message: string): Failure => new Failure(415, 'UnsupportedMediaType', message);
export const slowDown = (retryAfter: number): Failure =>
  new Failure(429, 'TooManyRequests', '您发送得太快了，请稍等片刻再试。', retryAfter);
export const unavailable = (): Failure => new Failure(503, 'ServiceUnavailable', '服务暂时不可用，请稍后再试。', 2);

/** Puts what a route threw into Direct Line's shape. What is not a Failure nor a body parser's error is ours: logged, 503.
 * A database that keeps nothing has told of it itself: 503, and the client sends again. */
export function answerFailure(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const failure = asFailure(error);
    if (failure === null && !(error instanceof NotKeptError))
      log.error({ method: request.method, error: messageOf(error) }, 'webchat: a request failed');
    const answer = failure ?? unavailable();
    if (answer.retryAfter !== undefined) response.set('Retry-After', String(answer.retryAfter));
    response.status(answer.status).json(answer.body());
  };
}

/** The body parser names its errors by `type` and gives a status below 500 where the sender is at fault. */
function asFailure(error: unknown): Failure | null {
  if (error instanceof Failure) return error;
  if (error instanceof URIError) return badArgument('the path cannot be decoded');
  const { status, type } = (error ?? {}) as { status?: unknown; type?: unknown };
  if (typeof status !== 'number' || status >= 500 || status < 400) return null;
  if (status === 413) return tooLarge('消息太大了，请分几次发送。');
  if (status === 415) return unsupportedType('the encoding or character set of the body is not supported');
  if (type === 'entity.verify.failed') return badArgument('the body is not valid UTF-8');
  return badArgument(type === 'entity.parse.failed' ? 'the body is not valid JSON' : 'the body cannot be read');
}
