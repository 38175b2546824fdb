import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { messageOf, UsageError } from '../core/errors.ts';
import { createApp } from './app.ts';
import type { AppDeps } from './app.ts';

export interface HttpServerDeps extends Omit<AppDeps, 'closing'> {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Takes a WebSocket's upgrade and gives true, or leaves it to be refused. */
  readonly onUpgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
  /** Called as closing begins, to end streams that would go on for ever. */
  readonly onClose?: () => void;
  /** How long requests may finish after that, in ms. */
  readonly graceMs?: number;
}

export interface HttpServer {
  /** Resolves with the address once connections are accepted. Throws UsageError when the port cannot be had. */
  start(): Promise<{ readonly host: string; readonly port: number; readonly url: string }>;
  /** Takes no more connections, lets requests finish, then cuts what is left. */
  close(): Promise<void>;
}

/** A client must have sent its headers, then its whole request, within so many ms. */
const HEADERS_MS = 15_000;
const REQUEST_MS = 120_000;
/**
 * How long an idle connection is kept, in ms. Longer than a proxy in front keeps its own (nginx and most load balancers: 60 s): who writes on a connection
 * just as we close it is told nothing, and a proxy makes a 502 of that.
 */
const IDLE_MS = 75_000;

/** One express app for everything that is spoken over HTTP. */
export function createHttpServer(deps: HttpServerDeps): HttpServer {
  const { log, host, port, graceMs = 5000 } = deps;
  let closing: Promise<void> | null = null;
  const upgraded = new Set<Duplex>();
  const server = createServer(
    {
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: IDLE_MS,
      connectionsCheckingInterval: 5000,
      // Anything else (h2c) is an offer that HTTP lets us ignore.
      shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === 'websocket',
    },
    createApp({ ...deps, closing: () => closing !== null }),
  );

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    socket.on('close', () => upgraded.delete(socket));
    upgraded.add(socket);
    try {
      if (closing === null && deps.onUpgrade?.(request, socket, head) === true) return;
    } catch (error) {
      log.error({ error: messageOf(error) }, 'an upgrade failed');
    }
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () => socket.destroy());
  });

  async function end(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    deps.onClose?.();
    // A connection that becomes idle now would otherwise be kept alive for another request.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    const grace = setTimeout(() => {
      server.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
    }, graceMs);
    await closed;
    clearInterval(sweep);
    clearTimeout(grace);
  }

  return {
    start: () =>
      new Promise((resolve, reject) => {
        const refused = (error: NodeJS.ErrnoException): void => reject(explain(error, host, port));
        server.once('error', refused);
        server.listen(port, host, () => {
          server.off('error', refused);
          server.on('error', (error) => log.error({ error: error.message }, 'the server failed'));
          const taken = (server.address() as AddressInfo).port;
          const name = host.includes(':') ? `[${host}]` : host;
          resolve({ host, port: taken, url: `http://${name}:${taken}` });
        });
      }),
    close: () => (closing ??= server.listening ? end() : Promise.resolve()),
  };
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new UsageError(`Port ${port} on ${host} is taken: stop what uses it, or set PORT to another one.`);
  }
  if (error.code === 'EACCES') return new UsageError(`Port ${port} is not allowed to this user: set PORT above 1023.`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new UsageError(`HOST ${host} is no address of this machine: use 127.0.0.1 or 0.0.0.0.`);
  }
  return error;
}
