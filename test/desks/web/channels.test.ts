import { FileBox } from 'file-box';
import { describe, expect, it } from 'vitest';
import type { ChannelStatus } from '../../../src/core/channel.ts';
import { HERE, openDesk, TOKEN } from './setup.ts';

const CODE = 'http://weixin.qq.com/x/Ab-C9_d==';
const status = (changes: Partial<ChannelStatus>): ChannelStatus => ({
  state: 'online',
  since: '2026-11-23T01:00:00.000Z',
  qrcode: null,
  account: '应声客服',
  trouble: '',
  pausedUntil: null,
  ...changes,
});

describe('how the channels stand, at the desk', () => {
  it('is told with the words of the last day, newest first; private words are covered', async () => {
    const desk = await openDesk({
      channels: () => [
        ['webchat', null],
        ['wechat', status({ state: 'scan', qrcode: CODE, account: null })],
      ],
    });
    const seq = await desk.write('我的电话是13800138000，货到了吗');
    const at = desk.clock.now().toISOString();
    await desk.store.note({ channel: 'wechat', kind: 'login' }, '2026-11-21T01:00:00Z');
    await desk.store.note({ channel: 'wechat', kind: 'lost', detail: 'no sign of life' }, at);
    await desk.store.note({ channel: 'wechat', kind: 'missed', about: [{ conversation: HERE, seq }] }, at);
    const { body } = await desk.get('/api/channels');
    expect(body).toMatchObject({
      channels: [
        { name: 'webchat', state: 'online', since: null },
        { name: 'wechat', title: '微信', state: 'scan', since: '2026-11-23T01:00:00.000Z' },
      ],
      notices: [
        { kind: 'missed', messages: [{ customer: '韩梅梅', group: false, from: 'customer' }] },
        { kind: 'lost', text: expect.stringContaining('微信断开了（no sign of life）') as string },
      ],
    });
    // What comes while a page is open is there at its next look.
    await desk.store.note({ channel: 'wechat', kind: 'back' }, at);
    expect((await desk.get('/api/channels')).body).toMatchObject({ notices: [{ kind: 'back' }, {}, {}] });
    const told = JSON.stringify(body);
    expect(told).toContain('货到了吗');
    expect(told).not.toContain('13800138000');
    // The code is a key: it is only in the picture.
    expect(told).not.toContain(CODE);
  });

  it('gives the code as a picture that a reader reads, for those at the desk, as long as there is one', async () => {
    let now: ChannelStatus = status({ state: 'scan', qrcode: CODE });
    const desk = await openDesk({ channels: () => [['wechat', now]] });
    const ask = (token: string) =>
      fetch(`${desk.url}/api/channels/wechat/qrcode`, { headers: { authorization: `Bearer ${token}` } });
    const answer = await ask(TOKEN);
    expect(answer.headers.get('content-type')).toContain('image/png');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const png = Buffer.from(await answer.arrayBuffer());
    expect(await FileBox.fromBuffer(png, 'code.png').toQRCode()).toBe(CODE);
    expect((await ask('somebody else')).status).toBe(401);
    now = status({});
    expect((await ask(TOKEN)).status).toBe(404);
    expect((await desk.get('/api/channels/fax/qrcode')).status).toBe(404);
  });
});
