import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { OutgoingMessage } from '../../../src/core/message.ts';
import { type Answer, call, type WireActivity, type WireError } from './customer.ts';
import { closed } from './served.ts';

export interface FarSide {
  readonly serviceUrl: string;
  readonly received: (WireActivity & { readonly path: string; readonly headers: IncomingHttpHeaders })[];
  /** What it answers to a bot's message. */
  status: number;
  write(url: string, activity: object, headers?: Record<string, string>): Promise<Answer<WireError | null>>;
  outgoing(text: string): OutgoingMessage;
  readonly cut: () => Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

/** A Bot Framework channel on this machine: posts activities and takes the bot's at its serviceUrl. */
export async function farSide(): Promise<FarSide> {
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      if (far.status === 200)
        far.received.push({ ...(body as WireActivity), path: request.url ?? '', headers: request.headers });
      response.writeHead(far.status, { 'content-type': 'application/json' }).end('{"id":"1"}');
    });
  });
  const listen = (port: number): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const far: FarSide = {
    serviceUrl: `http://127.0.0.1:${port}`,
    received: [],
    status: 200,
    write: (url, activity, headers) =>
      call<WireError | null>(`${url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({
          type: 'message',
          channelId: 'emulator',
          serviceUrl: far.serviceUrl,
          conversation: { id: 'c-1' },
          from: { id: 'u-1', name: '王女士' },
          recipient: { id: 'bot', name: '客服' },
          ...activity,
        }),
      }),
    outgoing: (text) => ({
      seq: 9,
      conversation: 'botframework:emulator|c-1',
      attempts: 0,
      from: { role: 'bot' },
      text,
      suggestions: [],
      attachments: [],
    }),
    async cut() {
      await closed(server);
      return () => listen(port);
    },
    stop: () => closed(server),
  };
  return far;
}
