import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { memoryStore } from '../../store/memory-store.ts';
import { until } from '../../serve/program.ts';
import { openGateway } from '../../wechat-gateway/gateway.ts';
import { connect } from './connected.ts';

describe('how long each stage of the WeChat process may take', { timeout: 90_000 }, () => {
  it('lets a slow machine load it, however soon it must be heard of afterwards', async () => {
    const gateway = await openGateway();
    onTestFinished(() => gateway.kill());
    const slow = 'data:text/javascript,await new Promise((load) => setTimeout(load, 6000))';
    const wechat = await connect(gateway.endpoint, await memoryStore(), {
      env: { NODE_OPTIONS: `--import "${slow}"` },
      patience: { firstSignMs: 5500, graceMs: 1000 },
    });
    onTestFinished(() => wechat.close());
    await wechat.channel.start(() => Promise.reject(new Error('nobody writes')));
    await wechat.online(40_000);
    expect(wechat.status().builds).toBe(1);
  });

  it('says what to do about a gateway that takes it in and tells it nothing', async () => {
    const deaf = createServer();
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void deaf.close());
    const { port } = deaf.address() as AddressInfo;
    const wechat = await connect(`127.0.0.1:${port}`, await memoryStore(), { patience: { firstSignMs: 1000 } });
    onTestFinished(() => wechat.close());
    await wechat.channel.start(() => Promise.reject(new Error('nobody writes')));
    await until(() => /gateway must be restarted/.test(wechat.status().trouble), 40_000);
    await until(() => wechat.status().builds > 1);
  });
});
