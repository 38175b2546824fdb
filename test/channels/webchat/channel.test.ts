import { channelContract, createKeeper } from '../../contracts/channel.ts';
import { customer } from './customer.ts';
import { farSide } from './far-side.ts';
import { serve } from './served.ts';

channelContract('webchat', async () => {
  const keeper = createKeeper((message) => served.store.receive(message, message.sentAt));
  const served = await serve({ receive: keeper.receive });
  const one = await customer(served.url);
  return {
    keeper,
    under: {
      channel: served.channels[0],
      write: async (id, text) => void (await one.write(text, id)),
      say: (text) => served.say(one.conversationId, text),
      seen: async () =>
        (await one.poll()).activities.filter(({ from }) => from.role === 'bot').map(({ text }) => text ?? ''),
      close: served.stop,
    },
  };
});

channelContract('botframework', async () => {
  const keeper = createKeeper();
  const served = await serve({ receive: keeper.receive });
  const far = await farSide();
  const channel = served.channels[1];
  return {
    keeper,
    under: {
      channel,
      async write(id, text) {
        const { status } = await far.write(served.url, { id, text });
        if (status !== 200) throw new Error(`status ${status}`);
      },
      say: (text) => channel.send({ ...far.outgoing(text), ...kept(keeper.kept.at(-1)) }),
      seen: () => Promise.resolve(far.received.map(({ text }) => text ?? '')),
      cut: far.cut,
      async close() {
        await served.stop();
        await far.stop();
      },
    },
  };
});

const kept = (message: { channelData?: unknown } | undefined) => ({
  channelData: JSON.parse(JSON.stringify(message?.channelData)) as unknown,
});
