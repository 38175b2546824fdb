import type { Receiver } from '@slack/bolt';
import express, { type Request, type Response, type Router } from 'express';
import type { Clock } from '../../core/clock.ts';
import { messageOf, NotKeptError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { createReplayGuard, faultOfRequest } from './signature.ts';
import { type ReceiverApp, takeDelivery } from './delivery.ts';

/** Slack waits 3 s; later than this we say that we could not, and it comes again. In ms. */
const ANSWER_WITHIN = 2700;
const BODY_BYTES = 1024 * 1024;

/** Slack's requests on our own server: events, interactivity and commands at one address. */
export function createHttpReceiver(deps: {
  readonly signingSecret: string;
  readonly clock: Clock;
  readonly log: Log;
}): Receiver & { readonly router: Router } {
  const { signingSecret, clock, log } = deps;
  const replays = createReplayGuard();
  let app: ReceiverApp | null = null;

  async function take(request: Request, response: Response): Promise<void> {
    const body: unknown = request.body;
    if (!Buffer.isBuffer(body)) return void response.status(400).end();
    const now = Math.floor(clock.now().getTime() / 1000);
    const signature = request.get('x-slack-signature');
    const signed = { timestamp: request.get('x-slack-request-timestamp'), signature, body };
    const fault = faultOfRequest(signingSecret, signed, now);
    if (fault !== null || replays.seen(signature ?? '', now)) {
      log.warn({ fault: fault ?? 'replayed' }, 'slack: a request was not believed');
      return void response.status(401).end();
    }
    const payload = readBody(body.toString('utf8'), request.get('content-type') ?? '');
    if (payload === null) return void response.status(400).end();
    if (payload['type'] === 'url_verification') return void response.json({ challenge: payload['challenge'] });
    if (app === null) return void response.status(503).end();

    const late = setTimeout(() => {
      if (!response.headersSent) response.status(503).end();
    }, ANSWER_WITHIN);
    const answer = (said?: unknown): void => {
      if (response.headersSent) return;
      replays.remember(signature ?? '', now);
      if (said === undefined || said === '') response.status(200).end();
      else if (typeof said === 'string') response.status(200).type('text/plain').send(said);
      else response.status(200).json(said);
    };
    try {
      const retry = { num: Number(request.get('x-slack-retry-num')) || 0, reason: request.get('x-slack-retry-reason') };
      await takeDelivery(app, payload, retry, answer);
      // An event nobody listens to is done with; an action or command nobody listens to is a mistake of ours.
      if (payload['event'] !== undefined) answer();
      else if (!response.headersSent) response.status(404).end();
    } catch (error) {
      if (!(error instanceof NotKeptError))
        log.error({ error: messageOf(error), answered: response.headersSent }, 'slack: a request failed');
      if (!response.headersSent) response.status(503).end();
    } finally {
      clearTimeout(late);
    }
  }

  const router = express.Router();
  // Compressed bodies are refused: the signature is over the bytes as they came.
  router.post('/slack/events', express.raw({ type: () => true, limit: BODY_BYTES, inflate: false }), take);
  router.use(
    '/slack/events',
    (error: unknown, _request: Request, response: Response, next: (error?: unknown) => void) => {
      const { status } = (error ?? {}) as { status?: unknown };
      if (typeof status !== 'number' || status >= 500) return next(error);
      response.status(status).end();
    },
  );
  return {
    router,
    init: (given) => void (app = given),
    start: () => Promise.resolve(),
    stop() {
      app = null;
      return Promise.resolve();
    },
  };
}

/** Events are JSON; interactivity is JSON in a form's `payload`; commands are a form. */
function readBody(text: string, contentType: string): Record<string, unknown> | null {
  try {
    if (!contentType.startsWith('application/x-www-form-urlencoded')) return asRecord(JSON.parse(text));
    const form = Object.fromEntries(new URLSearchParams(text));
    return typeof form['payload'] === 'string' ? asRecord(JSON.parse(form['payload'])) : form;
  } catch {
    return null;
  }
}

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
