import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock } from '../../core/clock.ts';
import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { channelOf, conversationId, keyOf } from '../../core/message.ts';
import type { Store } from '../../core/store.ts';
import { typing, type View } from './activity.ts';
import { type ActivitySet, readSet } from './activity-set.ts';
import { linksFrom } from './attachment.ts';
import { Failure, forbidden, unavailable } from './failure.ts';
import { originOf } from './origin.ts';
import type { Passes } from './token.ts';
import { parseWatermark } from './watermark.ts';

const STREAM_PATH = /^\/v3\/directline\/conversations\/([^/]+)\/stream$/;
const KEEP_ALIVE_MS = 15_000;
/** What is answered within so long is answered at once. */
const AT_ONCE_MS = 250;
/** Tabs of one customer; the oldest gives way. */
const STREAMS_PER_CONVERSATION = 8;
/** Of all customers together; those who find no place poll. */
const MOST_STREAMS = 5000;

export interface Streams {
  /** Takes the socket and gives true when the path is a stream's. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** There may be something new in the log of this conversation. */
  look(key: string): void;
  close(): void;
}

export interface StreamDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly passes: Passes;
}

interface Stream {
  readonly socket: WebSocket;
  readonly view: View;
  watermark: number;
  /** The watermark was told by ourselves. */
  ours: boolean;
  alive: boolean;
  /** Calls off what would be shown soon. */
  soon: (() => void) | undefined;
  /** Reading the log and sending: one at a time, so that order and watermark hold. */
  work: Promise<void>;
  /** A look is waiting for its turn: another would find the same. */
  looking: boolean;
}

/** WebSockets that follow the log. Nothing is kept in them: a client that comes back with its watermark misses nothing. */
export function createStreams(deps: StreamDeps): Streams {
  const { store, log, passes } = deps;
  const server = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024, perMessageDeflate: false });
  const open = new Map<string, Set<Stream>>();

  const send = (stream: Stream, set: ActivitySet | null): Promise<void> =>
    // Waiting until it is written keeps a slow reader from filling our memory.
    new Promise((resolve) => stream.socket.send(set === null ? '' : JSON.stringify(set), () => resolve()));

  async function follow(stream: Stream): Promise<void> {
    for (let more = true; more && stream.socket.readyState === stream.socket.OPEN;) {
      const found = await readSet(store, stream.view, stream.watermark, stream.ours);
      const moved = found.watermark !== stream.watermark;
      stream.watermark = found.watermark;
      stream.ours = true;
      more = found.more;
      if (moved) await send(stream, found.set);
    }
  }

  async function showTyping(stream: Stream): Promise<void> {
    const conversation = await store.conversation(conversationId('webchat', stream.view.key));
    const byAgent = conversation?.tickets.some(({ status }) => status === 'claimed' || status === 'waiting') ?? true;
    if (byAgent || conversation?.waiting.length === 0) return;
    const activity = typing(stream.view.key, String(conversation?.waiting.at(-1)?.seq ?? 0), deps.clock.now());
    await send(stream, { activities: [activity], watermark: String(stream.watermark) });
  }

  /** What came in is shown with its answer where that comes at once, else with the sign that we type: who wrote it knows it already. */
  function showSoon(stream: Stream): void {
    stream.soon ??= deps.clock.after(AT_ONCE_MS, () => {
      stream.soon = undefined;
      look(stream);
      enqueue(stream, () => showTyping(stream));
    });
  }

  function callOff(stream: Stream): void {
    stream.soon?.();
    stream.soon = undefined;
  }

  function enqueue(stream: Stream, work: () => Promise<void>): void {
    // What fails now is tried again with the next keep-alive: the log still has it.
    stream.work = stream.work
      .then(work)
      .catch((error: unknown) => log.warn({ error: messageOf(error) }, 'webchat: a stream could not read the log'));
  }

  function look(stream: Stream): void {
    if (stream.looking) return;
    stream.looking = true;
    enqueue(stream, () => {
      stream.looking = false;
      return follow(stream);
    });
  }

  function begin(socket: WebSocket, view: View, watermark: number): void {
    const stream: Stream = {
      socket,
      view,
      watermark,
      ours: false,
      alive: true,
      soon: undefined,
      work: Promise.resolve(),
      looking: false,
    };
    const streams = open.get(view.key) ?? new Set();
    open.set(view.key, streams.add(stream));
    if (streams.size > STREAMS_PER_CONVERSATION) [...streams][0]?.socket.close(1008, 'too many streams');
    socket.on('pong', () => void (stream.alive = true));
    socket.on('message', () => void (stream.alive = true));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      callOff(stream);
      streams.delete(stream);
      if (streams.size === 0) open.delete(view.key);
    });
    look(stream);
  }

  const unsubscribe = store.subscribe((change) => {
    if (change.kind !== 'received' && change.kind !== 'delivered') return;
    if (channelOf(change.conversation) !== 'webchat') return;
    for (const stream of open.get(keyOf(change.conversation)) ?? []) {
      if (change.kind === 'received') showSoon(stream);
      else {
        callOff(stream);
        look(stream);
      }
    }
  });

  const keepAlive = setInterval(() => {
    for (const stream of [...open.values()].flatMap((streams) => [...streams])) {
      if (!stream.alive) {
        stream.socket.terminate();
        continue;
      }
      stream.alive = false;
      stream.socket.ping();
      enqueue(stream, () => send(stream, null));
      look(stream);
    }
  }, KEEP_ALIVE_MS).unref();

  return {
    look(key) {
      for (const stream of open.get(key) ?? []) look(stream);
    },
    upgrade(request, socket, head) {
      const url = URL.parse(request.url ?? '', 'http://localhost');
      const key = STREAM_PATH.exec(url?.pathname ?? '')?.[1];
      if (!url || key === undefined) return false;
      socket.on('error', () => socket.destroy());
      try {
        if (server.clients.size >= MOST_STREAMS) throw unavailable();
        const pass = passes.read(url.searchParams.get('t') ?? '', 'stream');
        if (encodeURIComponent(pass.conversation) !== key)
          throw forbidden('Forbidden', 'the token belongs to another conversation');
        const view = {
          key: pass.conversation,
          user: pass.user,
          link: linksFrom(passes, conversationId('webchat', pass.conversation), originOf(request)),
        };
        const watermark = parseWatermark(url.searchParams.get('watermark'));
        server.handleUpgrade(request, socket, head, (opened) => begin(opened, view, watermark));
      } catch (error) {
        refuse(socket, error);
      }
      return true;
    },
    close() {
      unsubscribe();
      clearInterval(keepAlive);
      for (const streams of open.values()) for (const { socket } of streams) socket.close(1001, 'going away');
      server.close();
    },
  };
}

function refuse(socket: Duplex, error: unknown): void {
  const failure = error instanceof Failure ? error : forbidden('Forbidden', 'the stream cannot be opened');
  const body = JSON.stringify(failure.body());
  socket.end(
    `HTTP/1.1 ${failure.status} ${failure.code}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
