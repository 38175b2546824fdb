import type { Receiver } from '@slack/bolt';
import { WebSocket, type RawData } from 'ws';
import { z } from 'zod';
import { messageOf, NotKeptError, RefusedError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { type ReceiverApp, takeDelivery } from './delivery.ts';

/** A connection that shows no sign of life for so long, in ms, is half open: nobody is there any more. */
export const SILENCE_MS = 30_000;
/** Signs of life are asked for so many times in that time; so a dead connection is noticed after SILENCE_MS and one beat. */
export const BEATS = 3;
const HANDSHAKE_MS = 10_000;
const FIRST_RETRY = 500;
const LONGEST_RETRY = 30_000;
const FRAME_BYTES = 4 * 1024 * 1024;

const frameSchema = z.object({
  type: z.string(),
  reason: z.string().nullish(),
  envelope_id: z.string().nullish(),
  payload: z.record(z.string(), z.unknown()).nullish(),
  retry_attempt: z.number().nullish(),
  retry_reason: z.string().nullish(),
});
type Frame = z.infer<typeof frameSchema>;

export interface SocketReceiver extends Receiver {
  connected(): boolean;
}

/**
 * Socket Mode. Bolt's own receiver acknowledges events before they are kept, ends the process when Slack cannot be
 * reached at a reconnect, and at a frame it does not expect; so this one keeps the connection, and bolt does the rest.
 */
export function createSocketReceiver(deps: {
  /** `apps.connections.open`. */
  readonly open: () => Promise<string>;
  readonly log: Log;
  readonly silenceMs: number;
  /** Slack says hello: events come from here on, for the first time since so many ms. */
  readonly onConnected: (silentMs: number) => void;
  /** Slack refuses a connection: wrong token, or Socket Mode is off. Called once for each reason in a row. */
  readonly onRefused: (code: string) => void;
}): SocketReceiver {
  const { log, silenceMs } = deps;
  let app: ReceiverApp | null = null;
  let stopped = true;
  let live: WebSocket | null = null;
  let ready = false;
  let wake: (() => void) | null = null;
  let running: Promise<void> = Promise.resolve();
  /** The last sign of life of a connection over which events came; ms of the monotonic clock. */
  let lastAlive = performance.now();

  async function stayConnected(): Promise<void> {
    let failures = 0;
    let refusal = '';
    while (!stopped) {
      try {
        const socket = new WebSocket(await deps.open(), { handshakeTimeout: HANDSHAKE_MS, maxPayload: FRAME_BYTES });
        if (await listen(socket)) [failures, refusal] = [0, ''];
        else failures += 1;
      } catch (error) {
        failures += 1;
        log.warn({ error: messageOf(error), failures }, 'slack: no connection yet');
        if (error instanceof RefusedError && error.code !== refusal) deps.onRefused((refusal = error.code));
      }
      if (failures > 0) await pause(Math.min(FIRST_RETRY * 2 ** (failures - 1), LONGEST_RETRY));
    }
  }

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (stopped) return resolve();
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** Resolves when the connection has ended: true when Slack had said hello. */
  function listen(socket: WebSocket): Promise<boolean> {
    return new Promise((resolve) => {
      let greeted = false;
      const began = performance.now();
      let heard = began;
      live = socket;
      if (stopped) socket.terminate();
      const beat = setInterval(() => {
        if (performance.now() - heard > silenceMs || (!greeted && performance.now() - began > silenceMs)) {
          log.warn({ silenceMs }, 'slack: the connection is dead');
          socket.terminate();
        } else if (socket.readyState === WebSocket.OPEN) socket.ping();
      }, silenceMs / BEATS);
      const alive = (): void => {
        heard = performance.now();
        if (greeted) lastAlive = heard;
      };
      socket.on('ping', alive);
      socket.on('pong', alive);
      socket.on('error', (error) => log.warn({ error: error.message }, 'slack: the connection failed'));
      socket.on('message', (data) => {
        alive();
        const frame = readFrame(data);
        if (frame === null) return log.warn({}, 'slack: a frame could not be read');
        if (frame.type === 'hello') {
          greeted = true;
          ready = true;
          deps.onConnected(performance.now() - lastAlive);
          lastAlive = performance.now();
        } else if (frame.type === 'disconnect') {
          log.info({ reason: frame.reason }, 'slack: the connection is renewed');
          if (frame.reason === 'link_disabled') deps.onRefused('link_disabled');
          socket.close();
          // A peer that does not answer the close must not keep us.
          setTimeout(() => socket.terminate(), 1000).unref();
        } else void take(socket, frame);
      });
      socket.on('close', () => {
        clearInterval(beat);
        ready = false;
        live = null;
        resolve(greeted);
      });
    });
  }

  async function take(socket: WebSocket, frame: Frame): Promise<void> {
    const { envelope_id: envelope, payload } = frame;
    if (app === null || !envelope || !payload) return;
    const answer = (said?: unknown): void => {
      const wrapped = typeof said === 'string' ? { text: said } : said;
      // A connection that has gone meanwhile costs the acknowledgement: Slack delivers again.
      socket.send(JSON.stringify({ envelope_id: envelope, ...(said ? { payload: wrapped } : {}) }), () => {});
    };
    try {
      const retry = { num: frame.retry_attempt ?? 0, reason: frame.retry_reason ?? undefined };
      let answered = false;
      await takeDelivery(app, payload, retry, (said) => {
        if (answered) return;
        answered = true;
        answer(said);
      });
      if (!answered) answer();
    } catch (error) {
      if (!(error instanceof NotKeptError))
        log.error({ type: frame.type, error: messageOf(error) }, 'slack: a delivery failed');
    }
  }

  return {
    connected: () => ready,
    init: (given) => void (app = given),
    start() {
      if (!stopped) return Promise.resolve();
      stopped = false;
      running = stayConnected();
      return Promise.resolve();
    },
    async stop() {
      stopped = true;
      wake?.();
      live?.terminate();
      await running;
    },
  };
}

function readFrame(data: RawData): Frame | null {
  try {
    // One text frame is one buffer, as ws delivers it by default.
    return frameSchema.parse(JSON.parse((data as Buffer).toString('utf8')));
  } catch {
    return null;
  }
}
