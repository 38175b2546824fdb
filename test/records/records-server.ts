import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A loopback server as a company would put before its own system. Gives its base address and what it was asked. */
export async function serveRecords(
  answer: (asked: Asked, response: ServerResponse) => unknown,
): Promise<{ readonly url: string; readonly asked: readonly Asked[]; close(): Promise<void> }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const body = Buffer.concat(chunks).toString();
      const one = { method: request.method ?? '', path: pathname, query: searchParams, headers: request.headers, body };
      asked.push(one);
      const value = answer(one, response);
      if (value !== undefined) response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/orders`, asked, close };
}

/** The same, closed when the test ends. */
export async function serveForTest(answer: Parameters<typeof serveRecords>[0]): ReturnType<typeof serveRecords> {
  const server = await serveRecords(answer);
  onTestFinished(() => server.close());
  return server;
}
