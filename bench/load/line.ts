import { connect, type Socket } from 'node:net';

/** One connection to an HTTP server on this machine, with one request at a time: cheap enough not to be what is measured. */
export interface Line {
  /** Throws where the connection is lost, or the answer has no length. */
  request(method: 'GET' | 'POST', path: string, headers: string, body: string): Promise<Answer>;
  close(): void;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A server closes what was idle for 5 s: one that was idle nearly as long is opened anew. */
const IDLE_MS = 4000;

/** `from`: an address of this machine to come from, e.g. 127.0.3.7: visitors do not all share one. */
export async function openLine(url: string, from?: string): Promise<Line> {
  let line = await connectTo(url, from);
  let used = performance.now();
  return {
    async request(...given) {
      if (performance.now() - used > IDLE_MS) {
        line.close();
        line = await connectTo(url, from);
      }
      try {
        return await line.request(...given);
      } finally {
        used = performance.now();
      }
    },
    close: () => line.close(),
  };
}

async function connectTo(url: string, from: string | undefined): Promise<Line> {
  const { hostname, port } = new URL(url);
  const socket = connect({
    host: hostname,
    port: Number(port),
    noDelay: true,
    ...(from === undefined ? {} : { localAddress: from }),
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return lineOver(socket, `${hostname}:${port}`);
}

function lineOver(socket: Socket, host: string): Line {
  let received: Buffer = Buffer.alloc(0);
  let waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;

  function lost(error?: Error): void {
    waiting?.reject(error ?? new Error('the server closed the connection'));
    waiting = undefined;
  }
  socket.on('error', lost);
  socket.on('close', () => lost());
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const head = received.indexOf('\r\n\r\n');
    if (head < 0) return;
    const headers = received.toString('latin1', 0, head);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(headers)?.[1] ?? '0');
    if (received.length < head + 4 + length) return;
    const answer = {
      status: Number(headers.slice(9, 12)),
      body: received.toString('utf8', head + 4, head + 4 + length),
    };
    received = received.subarray(head + 4 + length);
    const { resolve } = waiting ?? {};
    waiting = undefined;
    resolve?.(answer);
  });

  return {
    request: (method, path, headers, body) =>
      new Promise((resolve, reject) => {
        if (waiting) return reject(new Error('one request at a time'));
        if (socket.destroyed) return reject(new Error('the connection is closed'));
        waiting = { resolve, reject };
        const length = method === 'GET' ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
        socket.write(
          `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n${length}${headers}\r\n${body}`,
        );
      }),
    close: () => socket.destroy(),
  };
}
