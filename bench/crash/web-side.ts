import { z } from 'zod';
import { pause, type Person, type Side } from './side.ts';

const opened = z.object({ conversationId: z.string(), token: z.string() });
const posted = z.object({ id: z.string() });
const read = z.object({
  activities: z.array(z.object({ id: z.string(), from: z.object({ id: z.string() }), text: z.string().optional() })),
  watermark: z.string(),
});
type Activity = z.output<typeof read>['activities'][number];

/** All in ms. */
const POLL = 250;
const AGAIN = 200;
const PATIENCE = 5000;

/** Customers of the page: Direct Line over HTTP, the watermark kept by the client from life to life. */
export function webSide(url: string, options: { readonly seats: number }): Side {
  return {
    channel: 'webchat',
    atOnce: 3,
    attended: true,
    env: {},
    seats: options.seats,
    messagesEach: 40,
    newPerson: (name, hear) => openPerson(url, `dl_${name}`, hear),
    close: () => Promise.resolve(),
  };
}

async function openPerson(url: string, user: string, hear: (text: string) => void): Promise<Person> {
  const body = JSON.stringify({ user: { id: user } });
  const json = { 'content-type': 'application/json' };
  const generated = await insist(() =>
    fetch(`${url}/v3/directline/tokens/generate`, { method: 'POST', headers: json, body, signal: soon() }),
  );
  const { conversationId, token } = opened.parse(generated);
  const headers = { ...json, authorization: `Bearer ${token}` };
  const activities = `${url}/v3/directline/conversations/${conversationId}/activities`;
  const heard: string[] = [];
  const delivered = new Map<string, string>();
  let [watermark, listening, left, count] = ['', false, false, 0];

  async function readFrom(mark: string): Promise<z.output<typeof read> | null> {
    const query = mark === '' ? '' : `?watermark=${encodeURIComponent(mark)}`;
    const response = await fetch(activities + query, { headers, signal: soon() }).catch(() => null);
    return response?.status === 200 ? read.parse(await response.json().catch(() => null)) : null;
  }

  async function poll(): Promise<void> {
    const set = await readFrom(watermark).catch(() => null);
    if (set === null) return;
    for (const activity of set.activities.filter(({ from }) => from.id !== user)) {
      heard.push(activity.id);
      hear(activity.text ?? '');
    }
    watermark = set.watermark;
  }

  void (async () => {
    for (; !left; await pause(POLL)) if (listening) await poll();
  })();

  return {
    async say(text) {
      // The client's own id, the same at every try: what makes trying again safe.
      const clientActivityID = `${user}-${count++}`;
      const message = JSON.stringify({ type: 'message', from: { id: user }, text, channelData: { clientActivityID } });
      const { id } = posted.parse(
        await insist(() => fetch(activities, { method: 'POST', headers, body: message, signal: soon() })),
      );
      delivered.set(id, text);
    },
    listen: (on) => void (listening = on),
    leave: () => void (left = true),
    async review() {
      left = true;
      await poll();
      const whole = await insistOn(() => readFrom(''));
      return [...compareOwn(whole.activities, user, delivered), ...compareHeard(whole.activities, user, heard)];
    },
  };
}

/** Everything acknowledged is in the conversation, once, under the id that was acknowledged. */
function compareOwn(all: readonly Activity[], user: string, delivered: ReadonlyMap<string, string>): string[] {
  const own = all.filter(({ from }) => from.id === user);
  const missing = [...delivered].filter(([id, text]) => !own.some((one) => one.id === id && one.text === text));
  return [
    ...missing.map(([id]) => `${user}: ${id} was acknowledged and is not in the conversation`),
    ...(own.length > delivered.size ? [`${user}: ${own.length} messages kept, ${delivered.size} written`] : []),
  ];
}

/** Reading bit by bit, with the watermark, gives what reading it all at once gives: nothing missing, twice, or elsewhere. */
function compareHeard(all: readonly Activity[], user: string, heard: readonly string[]): string[] {
  const theirs = all.filter(({ from }) => from.id !== user).map(({ id }) => id);
  return theirs.join() === heard.join() ? [] : [`${user}: the watermark gave ${heard.length} of ${theirs.length}`];
}

const soon = (): AbortSignal => AbortSignal.timeout(PATIENCE);

/** As a client does: again and again until it is taken. */
function insist(request: () => Promise<Response>): Promise<unknown> {
  return insistOn<unknown>(async () => {
    const response = await request().catch(() => null);
    if (response === null || !response.ok) return null;
    return response.json().catch(() => null);
  });
}

async function insistOn<T>(look: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const found = await look().catch(() => null);
    if (found !== null) return found;
    await pause(AGAIN);
  }
}
