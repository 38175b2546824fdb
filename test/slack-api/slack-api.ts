import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Args, perform } from './methods.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/**
 * What goes wrong with calls. `ratelimited`: 429 with Retry-After. `lost`: the work is done and the connection is cut.
 * `status`: nothing is done. `error`: nothing is done, and Slack says so.
 */
export interface Fault {
  readonly method?: string | RegExp;
  readonly channel?: string;
  readonly kind: 'slow' | 'ratelimited' | 'lost' | 'status' | 'error';
  /** slow: ms. ratelimited: seconds. status: the status. error: the word. */
  readonly value?: number | string;
  /** How many calls it hits; 1 where it is not given. */
  times?: number;
}
export interface Called {
  readonly method: string;
  readonly args: Args;
  readonly at: number;
}
export interface Socket {
  /** Sends an envelope; resolves with its acknowledgement, or null when none came in time. */
  deliver(type: string, payload: object, extra?: object, waitMs?: number): Promise<Record<string, unknown> | null>;
  send(text: string): void;
  /** Half open: it neither answers nor closes. */
  freeze(): void;
  close(): void;
  readonly closed: Promise<void>;
}

/** A Slack on loopback: Web API, files and Socket Mode, with its state to look at and its faults to set. */
export interface SlackApi extends Workspace {
  /** For SLACK_API_URL. */
  readonly apiUrl: string;
  readonly calls: Called[];
  readonly faults: Fault[];
  scopes: string | null;
  /** ms that a file takes to come. */
  fileDelay: number;
  /** Sockets in the order in which they were opened. */
  readonly sockets: Socket[];
  /** Resolves with the n-th socket (from 1) once it is open. */
  socket(n: number): Promise<Socket>;
  /** Nobody is there any more; gives the way back. */
  goDown(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export async function startSlackApi(now: () => number = Date.now): Promise<SlackApi> {
  const workspace = createWorkspace(now);
  const server = createServer((request, response) => void answer(request, response));
  const listen = (port: number): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const waiting: (() => void)[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, room = '', rest = ''] = (request.url ?? '').split('/');
    const body = await buffer(request);
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (room === 'files' || room === 'upload') {
      if (slack.fileDelay > 0) await new Promise((resolve) => setTimeout(resolve, slack.fileDelay));
      return moveFile(room, rest, body, token, response);
    }
    const args = readArgs(body);
    slack.calls.push({ method: rest, args, at: performance.now() });
    const fault = takeFault(rest, args);
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, Number(fault.value)));
    if (fault?.kind === 'ratelimited') {
      response.writeHead(429, { 'retry-after': String(fault.value), 'content-type': 'application/json' });
      return void response.end('{"ok":false,"error":"ratelimited"}');
    }
    if (fault?.kind === 'status') return void response.writeHead(Number(fault.value)).end('trouble');
    const done =
      fault?.kind === 'error'
        ? { ok: false, error: String(fault.value) }
        : perform(rest, args, token, { workspace, url, socketUrl: () => `ws://127.0.0.1:${port}/link` });
    if (fault?.kind === 'lost') return void request.socket.destroy();
    const scopes = slack.scopes === null ? {} : { 'x-oauth-scopes': slack.scopes };
    response.writeHead(200, { 'content-type': 'application/json', ...scopes }).end(JSON.stringify(done));
  }

  function takeFault(method: string, args: Args): Fault | undefined {
    const channel = args['channel'] ?? args['channel_id'];
    const hits = ({ method: wanted, channel: where }: Fault): boolean =>
      (wanted === undefined || (typeof wanted === 'string' ? wanted === method : wanted.test(method))) &&
      (where === undefined || where === channel);
    const fault = slack.faults.find(hits);
    if (!fault) return undefined;
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) slack.faults.splice(slack.faults.indexOf(fault), 1);
    return fault;
  }

  function moveFile(room: string, id: string, body: Buffer, token: string, response: ServerResponse): void {
    const file = workspace.files.get(id);
    if (!file) return void response.writeHead(404).end();
    if (room === 'upload') {
      file.bytes = body;
      return void response.end('OK');
    }
    // As Slack does: who may not see it is shown the way to sign in.
    if (token === '')
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><p>Sign in');
    response.end(file.bytes);
  }

  const links = new WebSocketServer({ server, path: '/link' });
  links.on('connection', (link) => {
    slack.sockets.push(socketOf(link));
    link.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
    for (const wake of waiting.splice(0)) wake();
  });

  async function stop(): Promise<void> {
    for (const link of links.clients) link.terminate();
    server.closeAllConnections();
    await new Promise<void>((resolve) => void server.close(() => resolve()));
  }

  const slack: SlackApi = {
    ...workspace,
    apiUrl: `${url}/api/`,
    calls: [],
    faults: [],
    scopes: null,
    fileDelay: 0,
    sockets: [],
    async socket(n) {
      for (;;) {
        const found = slack.sockets[n - 1];
        if (found) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    async goDown() {
      await stop();
      return () => listen(port);
    },
    close: stop,
  };
  return slack;
}

let envelopes = 0;

function socketOf(link: WebSocket): Socket {
  const acks = new Map<string, (said: Record<string, unknown>) => void>();
  link.on('message', (data) => {
    const said = JSON.parse((data as Buffer).toString('utf8')) as Record<string, unknown>;
    acks.get(String(said['envelope_id']))?.(said);
  });
  return {
    deliver(type, payload, extra = {}, waitMs = 3000) {
      const id = `env-${(envelopes += 1)}`;
      return new Promise((resolve) => {
        const tired = setTimeout(() => resolve(null), waitMs);
        acks.set(id, (said) => {
          clearTimeout(tired);
          resolve(said);
        });
        link.send(
          JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: type !== 'events_api', ...extra }),
        );
      });
    },
    send: (text) => link.send(text),
    freeze: () => void (link as unknown as { _socket: { pause(): void } })._socket.pause(),
    close: () => link.close(),
    closed: new Promise((resolve) => link.on('close', () => resolve())),
  };
}

/** A form whose values may be JSON, as the SDK sends them. */
function readArgs(body: Buffer): Args {
  const entries = [...new URLSearchParams(body.toString('utf8'))];
  return Object.fromEntries(
    entries.map(([key, value]) => [key, /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value]),
  );
}
