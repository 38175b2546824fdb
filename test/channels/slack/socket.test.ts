import { afterEach, expect, it } from 'vitest';
import { BEATS, SILENCE_MS } from '../../../src/channels/slack/socket-receiver.ts';
import { envelope, messageEvent } from '../../slack-api/signed.ts';
import { APP_TOKEN, TEAM } from '../../slack-api/workspace.ts';
import { serve, type Served, until } from './served.ts';

const DM = 'D0ALICE';
const ALICE = 'U0ALICE';
const alice = `slack:${TEAM}/${DM}//${ALICE}` as const;

let served: Served;
afterEach(() => served.stop());
const write = (text: string): Record<string, unknown> =>
  envelope(messageEvent(DM, served.slack.post(DM, { user: ALICE, text })));

it('takes events, commands and actions, and acknowledges each with what was said', async () => {
  served = await serve({ appToken: APP_TOKEN });
  const socket = await served.slack.socket(1);
  served.platform.app.command('/kf', async ({ ack }) => ack({ response_type: 'ephemeral', text: '在线 3 人' }));
  expect(await socket.deliver('events_api', write('在吗'))).not.toHaveProperty('payload');
  expect(
    await socket.deliver('slash_commands', { command: '/kf', text: '状态', user_id: ALICE, team_id: TEAM }),
  ).toMatchObject({
    payload: { text: '在线 3 人' },
  });
  expect(await served.log(alice)).toEqual(['在吗']);
});

it('does not acknowledge what could not be kept, and takes it when it comes again', async () => {
  let failures = 1;
  served = await serve({
    appToken: APP_TOKEN,
    receive: (store) => (message) =>
      failures-- > 0 ? Promise.reject(new Error('disk full')) : store.receive(message, message.sentAt),
  });
  const socket = await served.slack.socket(1);
  const body = write('在吗');
  expect(await socket.deliver('events_api', body, {}, 200)).toBeNull();
  expect(await socket.deliver('events_api', body, { retry_attempt: 1, retry_reason: 'timeout' })).not.toBeNull();
  expect(await served.log(alice)).toEqual(['在吗']);
});

it(`notices a half-open connection: with ${SILENCE_MS} ms of silence and ${BEATS} beats within it, at the latest after ${SILENCE_MS + SILENCE_MS / BEATS} ms`, async () => {
  expect(SILENCE_MS + SILENCE_MS / BEATS).toBeLessThan(60_000);
  served = await serve({ appToken: APP_TOKEN, silenceMs: 300, beatMs: 50 });
  const socket = await served.slack.socket(1);
  await until(async () => (await served.store.setting('slack.heard')) !== null);
  // A connection that answers pings stays, however long nothing is said.
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(served.slack.sockets).toHaveLength(1);
  socket.freeze();
  served.clock.advance(3_600_000);
  served.slack.post(DM, { user: ALICE, text: '有人吗' });
  const began = performance.now();
  await served.slack.socket(2);
  // The scaled limit, and room for a busy machine.
  expect(performance.now() - began).toBeLessThan((300 + 100) * 3);
  await until(async () => (await served.log(alice)).length === 1);
  expect(await served.log(alice)).toEqual(['有人吗']);
});

it('is back after Slack renews, closes or loses the connection, or is away for a while', async () => {
  served = await serve({ appToken: APP_TOKEN, beatMs: 50 });
  (await served.slack.socket(1)).send('{"type":"disconnect","reason":"refresh_requested"}');
  (await served.slack.socket(2)).close();
  await served.slack.socket(3);
  const restore = await served.slack.goDown();
  await new Promise((resolve) => setTimeout(resolve, 700));
  await restore();
  const socket = await served.slack.socket(4);
  expect(await socket.deliver('events_api', write('在吗'))).not.toBeNull();
  expect(await served.log(alice)).toEqual(['在吗']);
});

it('survives frames that nobody expects', async () => {
  served = await serve({ appToken: APP_TOKEN });
  const socket = await served.slack.socket(1);
  for (const odd of [
    '',
    'not json',
    '[]',
    '{"type":5}',
    '{"type":"events_api","envelope_id":"e"}',
    '{"type":"events_api","envelope_id":"e","payload":{}}',
  ]) {
    socket.send(odd);
  }
  expect(await socket.deliver('events_api', write('在吗'))).not.toBeNull();
});

it('has no address for requests over HTTP', async () => {
  served = await serve({ appToken: APP_TOKEN });
  expect((await served.post({ body: '{}', headers: {} })).status).toBe(404);
});
