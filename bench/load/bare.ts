/**
 * The road alone: Node's own HTTP server and a WebSocket, a message kept on disk before it is acknowledged and its answer before it is
 * said, by our own store, and nothing else: no understanding, no dialogue, no botbuilder, no tokens, no limits. No desk that keeps what it
 * acknowledges is faster on the same machine and store. `node bench/load/bare.ts DATABASE` prints its address.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { emptyTurn } from '../../src/core/empty-turn.ts';
import { conversationId } from '../../src/core/message.ts';
import type { ConversationRecord } from '../../src/core/store.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';

const ANSWER = '您好，您问的我们马上为您处理，请稍等。';

interface Posted {
  readonly text: string;
  readonly channelData: { readonly clientActivityID: string };
}

const store = await openSqliteStore({ path: process.argv[2] ?? ':memory:' });
const versions = new Map<string, number>();
const streams = new Map<string, WebSocket>();

async function keep(key: string, { text, channelData }: Posted): Promise<number> {
  const now = new Date();
  const at = now.toISOString();
  const customer = { id: key };
  const conversation = conversationId('webchat', key);
  const id = `${key}|${channelData.clientActivityID}`;
  const message = { channel: 'webchat', id, conversation, customer, group: false, text, attachments: [], channelData };
  const { seq } = await store.receive({ ...message, sentAt: at }, at);
  setImmediate(() => void answer({ id: conversation, customer, group: false, seq, now, channelData }));
  return seq;
}

type Asked = Pick<ConversationRecord, 'id' | 'customer' | 'group'> &
  Pick<Posted, 'channelData'> & { readonly seq: number; readonly now: Date };

async function answer({ id, customer, group, seq, now, channelData }: Asked): Promise<void> {
  const key = customer.id;
  const version = versions.get(key) ?? 0;
  const record = { id, customer, group, state: null, version, waiting: [], tickets: [] };
  await store.commitTurn({
    ...emptyTurn(record, now),
    outcomes: new Map([[seq, { kind: 'answered' }]]),
    outgoing: [{ from: { role: 'bot' }, text: ANSWER, suggestions: [], attachments: [] }],
  });
  versions.set(key, version + 1);
  const own = { type: 'message', id: String(seq), from: { role: 'user' }, channelData };
  const said = { type: 'message', text: ANSWER, replyToId: String(seq), from: { role: 'bot' } };
  streams.get(key)?.send(JSON.stringify({ activities: [own, said], watermark: String(seq) }));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

const server = createServer((request, response) => {
  const key = /conversations\/([^/]+)\/activities/.exec(request.url ?? '')?.[1];
  const tell = (status: number, body: object): void => {
    const text = JSON.stringify(body);
    response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
    response.end(text);
  };
  void bodyOf(request).then(async (body) => {
    if (key !== undefined) return tell(200, { id: String(await keep(key, JSON.parse(body) as Posted)) });
    const opened = randomUUID();
    tell(201, { conversationId: opened, token: opened, streamUrl: `ws://${request.headers.host}/${opened}` });
  });
});
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on('connection', (socket, request) => void streams.set(request.url?.slice(1) ?? '', socket));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`);
});
