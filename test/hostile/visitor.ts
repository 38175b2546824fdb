import { WebSocket } from 'ws';
import { z } from 'zod';
import type { Answered, Door } from './door.ts';

const opened = z.object({ conversationId: z.string(), token: z.string(), streamUrl: z.string() });
const activity = z.looseObject({
  type: z.string(),
  id: z.string().default(''),
  replyToId: z.string().optional(),
  text: z.string().default(''),
  from: z.looseObject({ role: z.string().optional() }),
  suggestedActions: z.looseObject({ actions: z.array(z.looseObject({ title: z.string() })) }).optional(),
});
const set = z.object({ activities: z.array(activity) });
const posted = z.object({ id: z.string() });

/** Somebody on the page: posts over HTTP, hears over the stream, and keeps all that they get to read. */
export interface Visitor {
  readonly conversation: string;
  readonly token: string;
  /** Where its stream is, `ws://…`. */
  readonly origin: string;
  /** Everything that came, as it came. */
  readonly raw: readonly string[];
  /** The bot's words and buttons, in order. */
  readonly words: readonly string[];
  post(activity: object): Promise<Answered>;
  /** Writes, and waits for what answers it: the bot's words since. */
  say(text: string | object): Promise<string>;
  close(): void;
}

const PATIENCE_MS = 30_000;

export async function newVisitor(door: Door, user: string): Promise<Visitor> {
  const begun = await door.ask('POST', '/v3/directline/conversations', { body: { user: { id: `dl_${user}` } } });
  const { conversationId, token, streamUrl } = opened.parse(JSON.parse(begun.text));
  const stream = new WebSocket(streamUrl, { perMessageDeflate: false });
  const raw: string[] = [];
  const words: string[] = [];
  const answered = new Set<string>();
  let wake = (): void => {};
  await new Promise((resolve, reject) => {
    stream.once('open', resolve);
    stream.once('error', reject);
  });
  stream.on('error', () => {});
  stream.on('message', (data: Buffer) => {
    if (data.length === 0) return;
    const text = data.toString('utf8');
    raw.push(text);
    for (const one of set.parse(JSON.parse(text)).activities) {
      if (one.type !== 'message' || one.from.role === 'user') continue;
      words.push([one.text, ...(one.suggestedActions?.actions ?? []).map(({ title }) => title)].join('\n'));
      if (one.replyToId !== undefined) answered.add(one.replyToId);
    }
    wake();
  });
  const path = `/v3/directline/conversations/${conversationId}/activities`;

  return {
    conversation: conversationId,
    token,
    origin: new URL(streamUrl).origin,
    raw,
    words,
    post: (body) => door.ask('POST', path, { token, body }),
    async say(said) {
      const before = words.length;
      const answer = await door.ask('POST', path, {
        token,
        body: typeof said === 'string' ? { type: 'message', from: { id: user }, text: said } : said,
      });
      if (answer.status !== 200) throw new Error(`a message was refused: ${answer.status} ${answer.text}`);
      const { id } = posted.parse(JSON.parse(answer.text));
      const late = Date.now() + PATIENCE_MS;
      while (!answered.has(id)) {
        if (Date.now() > late) throw new Error(`no answer to ${JSON.stringify(said).slice(0, 200)}`);
        await new Promise<void>((resolve) => {
          const alarm = setTimeout(resolve, 1000);
          wake = () => {
            clearTimeout(alarm);
            resolve();
          };
        });
      }
      return words.slice(before).join('\n');
    },
    close: () => stream.terminate(),
  };
}
