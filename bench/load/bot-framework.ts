import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { expectAnswer, type Client } from './client.ts';
import { openLine } from './line.ts';

const said = z.object({ type: z.string(), text: z.string().optional() });
const replies = z.object({ activities: z.array(said) });

/** A caller of a botbuilder bot in the way that costs the bot least: the replies come in the answer to the post. */
export async function connectExpectingReplies(url: string, nth: number): Promise<Client> {
  const line = await openLine(url);
  let posted = 0;
  return {
    async ask(text) {
      const body = JSON.stringify({
        ...activityOf(nth, posted++, text, 'http://127.0.0.1:1/'),
        deliveryMode: 'expectReplies',
      });
      const answer = await line.request('POST', '/api/messages', '', body);
      if (answer.status !== 200) throw new Error(`a message was refused: ${answer.status}`);
      const reply = replies.parse(JSON.parse(answer.body)).activities.find(({ type }) => type === 'message');
      if (reply?.text === undefined) throw new Error('the bot said nothing');
      return reply.text;
    },
    close: () => line.close(),
  };
}

/** By conversation, who waits for what the bot says. */
const waiting = new Map<string, (text: string) => void>();
let connector: Promise<string> | undefined;

/** The far side of every Bot Framework channel: the bot posts its replies here. Gives the address. */
function openConnector(): Promise<string> {
  return (connector ??= new Promise((resolve) => {
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      request.on('end', () => {
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"1"}');
        const { type, text } = said.parse(JSON.parse(body));
        const conversation = /\/conversations\/([^/]+)\/activities/.exec(request.url ?? '')?.[1] ?? '';
        if (type === 'message') waiting.get(conversation)?.(text ?? '');
      });
    });
    server.listen(0, '127.0.0.1', () => {
      server.unref();
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    });
  }));
}

/** A caller of a botbuilder bot as every channel of the Bot Framework calls it: the bot posts its replies back. */
export async function connectBotFramework(url: string, nth: number): Promise<Client> {
  const [line, back] = await Promise.all([openLine(url), openConnector()]);
  let posted = 0;
  return {
    async ask(text) {
      const answer = expectAnswer();
      waiting.set(`conversation-${nth}`, answer.resolve);
      const body = JSON.stringify(activityOf(nth, posted++, text, back));
      const { status } = await line.request('POST', '/api/messages', '', body);
      if (status >= 300) throw new Error(`a message was refused: ${status}`);
      return answer.promise;
    },
    close: () => line.close(),
  };
}

function activityOf(nth: number, posted: number, text: string, serviceUrl: string): object {
  return {
    type: 'message',
    id: `${nth}-${posted}`,
    channelId: 'directline',
    serviceUrl,
    conversation: { id: `conversation-${nth}` },
    from: { id: `dl_bench-${nth}` },
    recipient: { id: 'bot' },
    text,
  };
}
