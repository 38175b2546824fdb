import { WebSocket } from 'ws';
import { z } from 'zod';
import { expectAnswer, type Client } from './client.ts';
import { openLine } from './line.ts';

const opened = z.object({ conversationId: z.string(), token: z.string(), streamUrl: z.string() });
const activities = z.object({
  activities: z.array(
    z.object({
      type: z.string(),
      text: z.string().optional(),
      id: z.string().optional(),
      replyToId: z.string().optional(),
      from: z.object({ role: z.string().optional() }),
      channelData: z.object({ clientActivityID: z.string().optional() }).optional(),
    }),
  ),
});

/** Visitors of one address; the door lets in 600 a minute from each. */
const PER_ADDRESS = 200;

/** A visitor of the web page: posts over HTTP, hears over the stream, as the page does. */
export async function connectDirectLine(url: string, nth: number): Promise<Client> {
  const address = Math.floor(nth / PER_ADDRESS) + 1;
  const line = await openLine(url, `127.0.${Math.floor(address / 250)}.${(address % 250) + 1}`);
  const user = JSON.stringify({ user: { id: `dl_bench-${nth}` } });
  const begun = await line.request('POST', '/v3/directline/conversations', '', user);
  if (begun.status !== 201) throw new Error(`a conversation could not be begun: ${begun.status} ${begun.body}`);
  const { conversationId, token, streamUrl } = opened.parse(JSON.parse(begun.body));
  const stream = new WebSocket(streamUrl, { perMessageDeflate: false });
  await new Promise((resolve, reject) => {
    stream.once('open', resolve);
    stream.once('error', reject);
  });
  const path = `/v3/directline/conversations/${conversationId}/activities`;
  const headers = `Authorization: Bearer ${token}\r\n`;
  let posted = 0;
  let own: { id: string; place: string | undefined; answer: ReturnType<typeof expectAnswer> } | undefined;

  stream.on('message', (data: Buffer) => {
    if (data.length === 0 || own === undefined) return;
    for (const activity of activities.parse(JSON.parse(data.toString('utf8'))).activities) {
      if (activity.type !== 'message') continue;
      // Our own message comes back first and tells its place, then what answers it.
      if (activity.channelData?.clientActivityID === own.id) own.place = activity.id;
      else if (activity.from.role === 'bot' && own.place !== undefined && activity.replyToId === own.place)
        own.answer.resolve(activity.text ?? '');
    }
  });

  return {
    async ask(text) {
      const id = `${nth}-${posted++}`;
      own = { id, place: undefined, answer: expectAnswer() };
      const body = JSON.stringify({
        type: 'message',
        from: { id: `dl_bench-${nth}` },
        text,
        channelData: { clientActivityID: id },
      });
      const { status } = await line.request('POST', path, headers, body);
      if (status !== 200) throw new Error(`a message was refused: ${status}`);
      return own.answer.promise;
    },
    close() {
      line.close();
      stream.terminate();
    },
  };
}
