import { openSqliteStore } from '../../../src/store/open-sqlite.ts';
import { channelContract, createKeeper } from '../../contracts/channel.ts';
import { until } from '../../serve/program.ts';
import { openGateway } from '../../wechat-gateway/gateway.ts';
import { connect } from './connected.ts';

/** WeChat knows no acknowledgement: here, that the message is kept stands for it. */
channelContract('wechat', async () => {
  const gateway = await openGateway();
  gateway.person('zhang', '张三');
  const store = await openSqliteStore({ path: ':memory:' });
  const keeper = createKeeper();
  const wechat = await connect(gateway.endpoint, store);
  const acknowledged = new Map<string, number>();
  await wechat.channel.start(async (message) => {
    const receipt = await keeper.receive(message);
    acknowledged.set(message.id, (acknowledged.get(message.id) ?? 0) + 1);
    return receipt;
  });
  await wechat.online();
  let seq = 0;
  return {
    keeper,
    under: {
      channel: wechat.channel,
      async write(id, text) {
        const before = acknowledged.get(id) ?? 0;
        gateway.say('zhang', null, text, { id });
        await until(() => (acknowledged.get(id) ?? 0) > before, 1500);
      },
      say: (text) => wechat.say(text, ++seq),
      seen: () => Promise.resolve(gateway.written.map(({ text }) => text)),
      async cut() {
        await gateway.kill();
        return async () => {
          await gateway.restart();
          await until(() => wechat.status().builds > 1, 20_000);
          await wechat.online(30_000);
        };
      },
      async close() {
        await wechat.close();
        await gateway.kill();
        await store.close();
      },
    },
  };
});
