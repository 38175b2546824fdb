import { describe, expect, it, onTestFinished } from 'vitest';
import type { InboundMessage } from '../../../src/core/message.ts';
import type { Store } from '../../../src/core/store.ts';
import { memoryStore } from '../../store/memory-store.ts';
import { openGateway, type Gateway } from '../../wechat-gateway/gateway.ts';
import { until } from '../../serve/program.ts';
import { connect } from './connected.ts';

async function town(options?: Parameters<typeof openGateway>[0]): Promise<Gateway> {
  const gateway = await openGateway(options);
  gateway.person('zhang', '张三');
  gateway.room('r@chatroom', '客户群', ['zhang']);
  onTestFinished(() => gateway.kill());
  return gateway;
}

async function connected(gateway: Gateway, store: Store, options?: Parameters<typeof connect>[2]) {
  const wechat = await connect(gateway.endpoint, store, options);
  const kept: InboundMessage[] = [];
  await wechat.channel.start(async (message) => {
    const receipt = await store.receive(message, new Date().toISOString());
    if (receipt.kind === 'new') kept.push(message);
    return receipt;
  });
  onTestFinished(() => wechat.close());
  return { wechat, kept };
}

const kinds = async (store: Store): Promise<readonly string[]> =>
  (await store.notices('2000-01-01T00:00:00Z')).map(({ kind }) => kind);

describe('the connection to a gateway', { timeout: 90_000 }, () => {
  it('is built again when the gateway was killed, and takes no message twice', async () => {
    const gateway = await town();
    const { wechat, kept } = await connected(gateway, await memoryStore());
    await wechat.online();
    gateway.say('zhang', null, '一', { id: 'm1' });
    await until(() => kept.length === 1);
    await gateway.kill();
    await until(() => wechat.status().state !== 'online');
    await expect(wechat.say('在')).rejects.toThrow('not connected');
    await gateway.restart();
    await wechat.online(30_000);
    // The puppet tells again what it told before, and something new.
    gateway.say('zhang', null, '一', { id: 'm1' });
    gateway.say('zhang', null, '二', { id: 'm2' });
    await until(() => kept.length === 2);
    expect(kept.map(({ id }) => id)).toEqual(['m1', 'm2']);
    await wechat.say('在');
    expect(gateway.written.map(({ text }) => text)).toEqual(['在']);
    expect(wechat.status().builds).toBeGreaterThan(1);
  });

  it('is found dead when it is half-open: all is taken, and no sign of life given', async () => {
    const gateway = await town();
    const { wechat } = await connected(gateway, await memoryStore());
    await wechat.online();
    gateway.puppet.mute = true;
    await until(() => wechat.status().state !== 'online');
    expect(wechat.status().trouble).toMatch(/no sign of life/);
    gateway.puppet.mute = false;
    await wechat.online(30_000);
  });

  it('survives an instance that is killed in the middle', async () => {
    const gateway = await town();
    const { wechat, kept } = await connected(gateway, await memoryStore());
    await wechat.online();
    gateway.puppet.emit('error', { data: '14 UNAVAILABLE: made up' });
    await until(() => wechat.status().builds === 2);
    await wechat.online(30_000);
    gateway.say('zhang', null, '还在吗');
    await until(() => kept.length === 1);
  });

  it.each([
    ['nobody listens', { token: undefined, there: false }],
    ['the token is wrong', { token: 'insecure_00000000-0000-0000-0000-000000000000', there: true }],
  ])('is tried again and again while %s, and harms nothing', async (_, { token, there }) => {
    const gateway = await town();
    if (!there) await gateway.kill();
    const { wechat } = await connected(gateway, await memoryStore(), token === undefined ? {} : { token });
    await until(() => wechat.status().builds >= 2 && wechat.status().trouble !== '', 40_000);
    expect(wechat.status().state).not.toBe('online');
    await expect(wechat.say('在')).rejects.toThrow('not connected');
  });

  it('shows the QR code until somebody scans it, and says when it is logged out', async () => {
    const gateway = await town({ loggedIn: false });
    const store = await memoryStore();
    const { wechat } = await connected(gateway, store);
    const scanning = setInterval(
      () => gateway.puppet.emit('scan', { qrcode: 'https://example.com/l/abc', status: 2 }),
      100,
    );
    await until(() => wechat.status().state === 'scan');
    clearInterval(scanning);
    expect(wechat.status().qrcode).toBe('https://example.com/l/abc');
    // In the terminal too: the address, and the code in block letters.
    await until(() => wechat.told.length > 0);
    expect(wechat.told.join()).toContain('https://example.com/l/abc');
    expect(wechat.told.join()).toMatch(/[▀▄█]{7}/);
    gateway.puppet.login('bot');
    await wechat.online();
    expect(wechat.status()).toMatchObject({ qrcode: null, self: { id: 'bot' } });
    await gateway.puppet.logout('kicked out');
    await until(() => wechat.status().state !== 'online');
    // Both are told to the desk, once each however often the code was shown.
    await until(async () => (await kinds(store)).length === 2);
    expect(await kinds(store)).toEqual(['logged-out', 'login']);
  });

  it('tells the desk of a gateway that is lost, and when it is well again', async () => {
    const gateway = await town();
    const store = await memoryStore();
    const { wechat } = await connected(gateway, store, { vigil: { lost: 500, steady: 500 } });
    await wechat.online();
    await gateway.kill();
    await until(async () => (await kinds(store)).length === 1);
    expect(await kinds(store)).toEqual(['lost']);
    await gateway.restart();
    await wechat.online(30_000);
    await until(async () => (await kinds(store)).length === 2);
    expect(await kinds(store)).toEqual(['back', 'lost']);
  });

  it('tells the desk when WeChat finds us too busy, and what may not have arrived', async () => {
    const gateway = await town();
    const store = await memoryStore();
    const { wechat } = await connected(gateway, store);
    await wechat.online();
    gateway.puppet.failures.push('操作过于频繁，请稍后再试');
    await expect(wechat.say('一')).rejects.toMatchObject({ retryAfter: 600_000 });
    expect(await kinds(store)).toEqual(['too-often']);
    expect(Date.parse(wechat.status().pausedUntil ?? '') - Date.now()).toBeGreaterThan(590_000);
    await expect(wechat.say('二')).rejects.toThrow('not yet time');
    expect(gateway.written).toEqual([]);
  });

  it('takes no harm from a message that cannot be read', async () => {
    const gateway = await town();
    const { wechat, kept } = await connected(gateway, await memoryStore());
    await wechat.online();
    gateway.puppet.emit('message', { messageId: 'there is no such message' });
    gateway.say('zhang', 'gone@chatroom', '没有这个群');
    gateway.say('zhang', null, '还在吗');
    await until(() => kept.some(({ text }) => text === '还在吗'));
    expect(wechat.status()).toMatchObject({ state: 'online', builds: 1 });
  });

  it('keeps pictures, and the order of a room, however long a picture takes', async () => {
    const gateway = await town();
    const store = await memoryStore();
    const { wechat, kept } = await connected(gateway, store);
    await wechat.online();
    gateway.puppet.slowFiles = 400;
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    gateway.file('zhang', 'r@chatroom', png, '../../箱子.exe');
    gateway.say('zhang', 'r@chatroom', '箱子破了');
    gateway.say('zhang', null, '私聊的话');
    await until(() => kept.length === 3);
    expect(kept.map(({ text }) => text)).toEqual(['私聊的话', '', '箱子破了']);
    const [picture] = kept[1]!.attachments;
    expect(picture).toMatchObject({ kind: 'image', contentType: 'image/png', name: '箱子.png' });
    expect(Buffer.from((await store.attachment(picture!.id))!.bytes)).toEqual(png);
  });

  it('welcomes new members once a day, where the administrator wants it', async () => {
    const gateway = await town();
    gateway.person('li', '李四');
    const { POLICY } = await import('./connected.ts');
    const { wechat } = await connected(gateway, await memoryStore(), {
      policy: { ...POLICY, welcome: () => '欢迎新朋友' },
    });
    await wechat.online();
    gateway.joined('r@chatroom', 'li');
    await gateway.until(1);
    gateway.joined('r@chatroom', 'zhang');
    gateway.say('zhang', null, '您好');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(gateway.written.map(({ to, text }) => [to, text])).toEqual([['r@chatroom', '欢迎新朋友']]);
  });
});
