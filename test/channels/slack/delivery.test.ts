import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UnansweredError } from '../../../src/channels/slack/call.ts';
import { RefusedError, UnreachableError } from '../../../src/core/errors.ts';
import type { ConversationId } from '../../../src/core/message.ts';
import { BOT_USER, TEAM } from '../../slack-api/workspace.ts';
import { serve, type Served } from './served.ts';

const dm = (n: number): string => `D0${n}`;
const at = (n: number): ConversationId => `slack:${TEAM}/${dm(n)}//U0${n}`;
const sent = (served: Served, n: number): string[] =>
  served.slack
    .channel(dm(n))
    .messages.filter(({ user }) => user === BOT_USER)
    .map(({ text }) => text);
const posts = (served: Served): number =>
  served.slack.calls.filter(({ method }) => method === 'chat.postMessage').length;

/** Tries what is due until nothing is left, and moves the clock between. */
async function sendAll(served: Served, tries = 20): Promise<unknown[]> {
  const thrown: unknown[] = [];
  for (let n = 0; n < tries && (await served.store.nextDue('outgoing')) !== null; n += 1) {
    thrown.push(...(await served.sendDue()));
    served.clock.advance(1000);
  }
  return thrown;
}

let served: Served;
async function begin(options: Parameters<typeof serve>[0] = {}, people = 1): Promise<void> {
  served = await serve(options);
  for (let n = 1; n <= people; n += 1) await served.writes(dm(n), `U0${n}`, '在吗');
}
afterEach(() => served.stop());

describe('a send whose answer is lost', () => {
  beforeEach(() => begin());

  it.each([
    ['lost after the work', { kind: 'lost' } as const],
    ['lost after the work, twice', { kind: 'lost', times: 2 } as const],
    ['a 500 before the work', { kind: 'status', value: 500 } as const],
    ['internal_error', { kind: 'error', value: 'fatal_error' } as const],
  ])('is looked up before it is repeated, and is there once: %s', async (_, fault) => {
    await served.answer(at(1), '第一句', '第二句');
    served.slack.faults.push({ method: 'chat.postMessage', ...fault });
    const [first] = await sendAll(served);
    expect(first).toBeInstanceOf(UnansweredError);
    expect(sent(served, 1)).toEqual(['第一句', '第二句']);
  });

  it.each([
    ['', 60_000],
    [', though the clock was set back meanwhile', -10_000],
  ])('is looked up after a crash between sending and marking, though nothing had failed%s', async (_, ms) => {
    await served.answer(at(1), '第一句');
    const [message] = await served.store.unsent(served.clock.now().toISOString(), 1);
    await served.platform.channel.send(message!);
    served.clock.advance(ms);
    const after = await serve({ store: served.store, slack: served.slack, clock: served.clock });
    expect(await sendAll(after)).toEqual([]);
    expect(sent(served, 1)).toEqual(['第一句']);
    expect(await served.store.nextDue('outgoing')).toBeNull();
    await after.stop();
  });

  it('goes on with the part that is missing of a message in 3 parts', async () => {
    const long = ['一', '二', '三'].map((word) => word.repeat(2800)).join('\n');
    await served.answer(at(1), long);
    served.slack.faults.push({ method: 'conversations.history', kind: 'slow', value: 1 });
    served.slack.faults.push(
      { method: 'chat.postMessage', kind: 'slow', value: 1 },
      { method: 'chat.postMessage', kind: 'lost' },
    );
    await sendAll(served);
    expect(sent(served, 1).map((text) => text[0])).toEqual(['一', '二', '三']);
    expect(posts(served)).toBe(3);
  });

  it('is not taken for another database’s message with the same number', async () => {
    const { seq } = (await served.store.log(at(1), 0, 1))[0]!;
    const metadata = { event_type: 'yingsheng_message', event_payload: { seq: seq + 1, part: 0, by: 'another' } };
    served.slack.post(dm(1), { user: BOT_USER, bot_id: 'B0BOT', text: '别人的', metadata });
    await served.answer(at(1), '我们的');
    served.slack.faults.push({ method: 'chat.postMessage', kind: 'status', value: 502 });
    await sendAll(served);
    expect(sent(served, 1)).toEqual(['别人的', '我们的']);
  });

  it('is repeated when looking it up is refused: rather twice than never', async () => {
    await served.answer(at(1), '第一句');
    served.slack.faults.push(
      { method: 'chat.postMessage', kind: 'lost' },
      { method: 'conversations.history', kind: 'error', value: 'missing_scope' },
    );
    await sendAll(served);
    expect(sent(served, 1)).toEqual(['第一句', '第一句']);
  });

  it('finds a file that arrived, and sends the one that did not', async () => {
    for (const name of ['一.png', '二.png']) {
      const attachment = { id: name, kind: 'image', contentType: 'image/png', name, size: 3, url: '' } as const;
      await served.store.putAttachment(at(1), attachment, new Uint8Array([1, 2, 3]));
    }
    const attachments = (['一.png', '二.png'] as const).map((id) => ({
      id,
      kind: 'image' as const,
      contentType: 'image/png',
      name: id,
      size: 3,
      url: '',
    }));
    await served.answer(at(1), { text: '请看', attachments });
    served.slack.faults.push({ method: 'files.completeUploadExternal', kind: 'lost' });
    await sendAll(served);
    const files = served.slack.channel(dm(1)).messages.flatMap((message) => message.files ?? []);
    expect(files.map(({ title }) => title)).toEqual(['一.png', '二.png']);
    expect(files.map(({ bytes }) => [...bytes])).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(sent(served, 1).filter(Boolean)).toEqual(['请看']);
  });
});

describe('pace', () => {
  it('is one message a second in a channel: 3 take 2 s, while 5 other channels do not wait', async () => {
    await begin({ paceMs: 1000 }, 6);
    await served.answer(at(1), '一', '二', '三');
    for (let n = 2; n <= 6; n += 1) await served.answer(at(n), '您好');
    const due = async () => served.store.unsent(served.clock.now().toISOString(), 10);
    const send = async (seq: number, id: ConversationId): Promise<void> => {
      for (
        let message = (await due()).find((one) => one.conversation === id);
        message;
        message = (await due()).find((one) => one.conversation === id)
      ) {
        await served.platform.channel.send(message);
        await served.store.markSent(message.seq, served.clock.now().toISOString());
      }
    };
    const began = performance.now();
    await Promise.all([1, 2, 3, 4, 5, 6].map((n) => send(n, at(n))));
    const arrivals = (n: number): number[] =>
      served.slack
        .channel(dm(n))
        .messages.filter(({ user }) => user === BOT_USER)
        .map(({ arrived }) => arrived);
    const [one = 0, two = 0, three = 0] = arrivals(1);
    // Timers may be a little early.
    expect(Math.min(two - one, three - two)).toBeGreaterThan(950);
    for (let n = 2; n <= 6; n += 1) expect(arrivals(n)[0]! - began).toBeLessThan(900);
  });

  it('tells who would wait longer than 3 s when to come again, so that nobody blocks the others', async () => {
    await begin({ paceMs: 1000 });
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, (_, n) =>
        served.platform.call('chat.postMessage', { channel: dm(1), text: `${n}` }, { lane: dm(1) }),
      ),
    );
    const late = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as UnreachableError] : []));
    expect(late.length).toBe(2);
    expect(late.every(({ retryAfter = 0 }) => retryAfter > 3000 && retryAfter <= 4000)).toBe(true);
    expect(sent(served, 1)).toEqual(['0', '1', '2', '3']);
  });

  it('does not hold up what is no message: a modal must open within 3 s', async () => {
    await begin({ paceMs: 1000 });
    const began = performance.now();
    await Promise.all(
      Array.from({ length: 5 }, () =>
        served.platform.call('views.open', { trigger_id: 't', view: {} }, { lane: dm(1) }),
      ),
    );
    expect(performance.now() - began).toBeLessThan(900);
  });
});

describe('Retry-After', () => {
  beforeEach(() => begin({}, 2));

  it('of 30 s closes one channel for that time: 1 request there, and the other channel is served', async () => {
    await served.answer(at(1), '一');
    await served.answer(at(2), '您好');
    served.slack.faults.push({
      method: 'chat.postMessage',
      channel: dm(1),
      kind: 'ratelimited',
      value: 30,
      times: 100,
    });
    const before = posts(served);
    const [error] = await served.sendDue();
    expect(error).toBeInstanceOf(UnreachableError);
    expect((error as UnreachableError).retryAfter).toBe(30_000);
    served.clock.advance(1000);
    const [again] = await served.sendDue();
    expect((again as UnreachableError).retryAfter).toBeGreaterThan(25_000);
    expect(posts(served) - before).toBe(2);
    expect(sent(served, 2)).toEqual(['您好']);
  });

  it('is over when it is over, and what was refused is sent without being looked up', async () => {
    await served.answer(at(1), '一');
    served.slack.faults.push({ method: 'chat.postMessage', kind: 'ratelimited', value: 1 });
    await served.sendDue();
    served.slack.calls.length = 0;
    await new Promise((resolve) => setTimeout(resolve, 1010));
    await sendAll(served);
    expect(sent(served, 1)).toEqual(['一']);
    expect(served.slack.calls.some(({ method }) => method === 'conversations.history')).toBe(false);
  });
});

describe('a refusal', () => {
  beforeEach(() => begin());

  it.each(['channel_not_found', 'is_archived', 'user_not_found', 'msg_too_long'])('is for good: %s', async (code) => {
    await served.answer(at(1), '一');
    served.slack.faults.push({ method: 'chat.postMessage', kind: 'error', value: code });
    const [error] = await served.sendDue();
    expect(error).toBeInstanceOf(RefusedError);
    expect((error as RefusedError).code).toBe(code);
  });

  it.each(['invalid_auth', 'missing_scope', 'not_in_channel', 'token_revoked'])(
    'waits where somebody can put it right: %s',
    async (code) => {
      await served.answer(at(1), '一');
      served.slack.faults.push({ method: 'chat.postMessage', kind: 'error', value: code });
      const [error] = await sendAll(served);
      expect(error).toBeInstanceOf(UnreachableError);
      expect(sent(served, 1)).toEqual(['一']);
    },
  );
});
