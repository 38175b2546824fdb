import { channelContract, createKeeper } from '../../contracts/channel.ts';
import { BOT_USER, TEAM } from '../../slack-api/workspace.ts';
import { envelope, messageEvent } from '../../slack-api/signed.ts';
import { APP_TOKEN } from '../../slack-api/workspace.ts';
import { serve, until } from './served.ts';

const DM = 'D0ALICE';
const ALICE = 'U0ALICE';
const conversation = `slack:${TEAM}/${DM}//${ALICE}` as const;

/** One customer in a direct message. The platform's id of a message is its time. */
for (const road of ['HTTP', 'Socket Mode'] as const) {
  channelContract(`slack over ${road}`, async () => {
    const keeper = createKeeper((message) => served.store.receive(message, message.sentAt));
    const served = await serve({
      receive: () => keeper.receive,
      ...(road === 'HTTP' ? {} : { appToken: APP_TOKEN }),
    });
    const { slack } = served;
    slack.channel(DM);
    const known = new Map<string, object>();
    const socket = road === 'HTTP' ? null : await slack.socket(1);
    return {
      keeper,
      under: {
        channel: served.platform.channel,
        async write(id, text) {
          const body = known.get(id) ?? envelope(messageEvent(DM, slack.post(DM, { user: ALICE, text })));
          known.set(id, body);
          const taken = socket
            ? (await socket.deliver('events_api', body, {}, 300)) !== null
            : (await served.event(body)) === 200;
          if (!taken) throw new Error('not acknowledged');
        },
        async say(text) {
          if ((await served.store.unsent(served.clock.now().toISOString(), 1)).length === 0)
            await served.answer(conversation, text);
          const [error] = await served.sendDue();
          if (error) {
            served.clock.advance(2000);
            throw error as Error;
          }
        },
        seen: () => {
          const sent = slack.channel(DM).messages.filter(({ user }) => user === BOT_USER);
          return Promise.resolve(sent.map(({ text }) => text));
        },
        cut: async () => {
          const restore = await slack.goDown();
          return async () => {
            await restore();
            if (socket) await until(() => slack.sockets.length > 1);
          };
        },
        close: () => served.stop(),
      },
    };
  });
}
