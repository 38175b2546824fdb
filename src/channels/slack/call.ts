import { webApi } from '@slack/bolt';
import { messageOf, RefusedError, UnreachableError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Lanes } from './lanes.ts';
import type { SlackAnswer } from './platform.ts';
import { quietLogger } from './quiet-logger.ts';

/** Nobody answered, but the work may have been done: look before doing it again. */
export class UnansweredError extends UnreachableError {}

export type Call = (
  method: string,
  args: Readonly<Record<string, unknown>>,
  options: { readonly lane: string },
) => Promise<SlackAnswer>;

const ANSWER_MS = 10_000;
/** What puts a message before people: one a second and channel. */
const PACED = new Set(['chat.postMessage', 'chat.postEphemeral', 'files.completeUploadExternal']);
/** Slack's own troubles; some of them may come after the work was done. */
const TROUBLES = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);
/** The connection was never made, so nothing can have been done. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** How bolt's and our own clients talk: no retries of their own, for those would send twice and out of order. */
export function clientOptions(apiUrl: string | undefined, log: Log): webApi.WebClientOptions {
  return {
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: ANSWER_MS,
    logger: quietLogger(log),
  };
}

export function createCall(client: webApi.WebClient, lanes: Lanes): Call {
  return async (method, args, { lane }) => {
    await lanes.enter(lane, PACED.has(method));
    try {
      return { ...(await client.apiCall(method, { ...args })) };
    } catch (error) {
      const read = readError(method, error);
      if (read instanceof UnreachableError && read.retryAfter !== undefined) lanes.close(lane, read.retryAfter);
      throw read;
    }
  };
}

function readError(method: string, error: unknown): Error {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return new UnreachableError(`${method}: ratelimited`, { retryAfter: error.retryAfter * 1000 });
  }
  if (error instanceof webApi.WebAPIPlatformError) {
    const code = error.data.error;
    if (code === 'ratelimited' || code === 'rate_limited') return new UnreachableError(`${method}: ${code}`);
    return TROUBLES.has(code)
      ? new UnansweredError(`${method}: ${code}`)
      : new RefusedError(code, `${method}: ${code}${neededScope(error.data)}`);
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    const said = `${method}: status ${error.statusCode}`;
    return error.statusCode >= 500 ? new UnansweredError(said) : new RefusedError(`http-${error.statusCode}`, said);
  }
  const cause = causeOf(error);
  const lost = NEVER_CONNECTED.has(cause) ? UnreachableError : UnansweredError;
  return new lost(`${method}: ${cause || messageOf(error)}`);
}

function neededScope(data: object): string {
  const needed: unknown = 'needed' in data ? data.needed : undefined;
  return typeof needed === 'string' ? ` (needs ${needed})` : '';
}

/** The system's word for what went wrong, wherever it is wrapped. */
function causeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; depth += 1) {
    const { code, original, cause } = at as { code?: unknown; original?: unknown; cause?: unknown };
    if (typeof code === 'string' && /^(?:E[A-Z]|UND_ERR)/.test(code)) return code;
    at = original ?? cause;
  }
  return '';
}
