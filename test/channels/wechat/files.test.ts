import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Attachment, ConversationId, OutgoingDraft } from '../../../src/core/message.ts';
import { openSqliteStore } from '../../../src/store/open-sqlite.ts';
import { openDesk, sampleClock, type Desk } from '../../wechat-gateway/desk.ts';
import { openGateway, type Gateway } from '../../wechat-gateway/gateway.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n');

describe('files in WeChat', () => {
  const clock = sampleClock();
  let gateway: Gateway;
  let desk: Desk;
  beforeAll(async () => {
    gateway = await openGateway({ now: () => clock.now().getTime() });
    gateway.person('zhang', '张三');
    gateway.person('li', '李四');
    gateway.person('zhao', '赵六', { friend: false });
    gateway.room('r@chatroom', '客户群', ['zhang', 'li', 'zhao']);
    desk = await openDesk(gateway, await openSqliteStore({ path: ':memory:' }), { clock });
  }, 60_000);
  afterAll(async () => {
    await desk.close();
    await gateway.kill();
    await desk.store.close();
  });

  /** An agent writes, as a desk lets them. Gives what WeChat was given for it. */
  async function agentSays(conversation: ConversationId, text: string, files: readonly [string, Buffer][]) {
    const [ticket] = await desk.store.tickets({ conversation });
    if (ticket === undefined) throw new Error('no ticket');
    const attachments: Attachment[] = [];
    for (const [name, bytes] of files) {
      const id = `${conversation} ${name}`;
      const one: Attachment = {
        id,
        kind: 'file',
        contentType: 'application/pdf',
        name,
        size: bytes.length,
        url: `/${id}`,
      };
      await desk.store.putAttachment(conversation, one, bytes);
      attachments.push(one);
    }
    const from = { role: 'agent' as const, id: '1001', name: '小梅' };
    const outgoing: OutgoingDraft[] = [{ from, text, suggestions: [], attachments }];
    const before = gateway.written.length;
    await desk.store.commitTicket({ ticket: { ...ticket, version: ticket.version + 1 }, events: [], outgoing });
    await desk.settled('r@chatroom', ['zhang', 'li', 'zhao'], []);
    return gateway.written.slice(before).map(({ to, text: words, file }) => ({ to, text: words, file: file?.name }));
  }

  it('go with the ticket: kept by what their bytes are, in order, not what could harm', async () => {
    const said = [
      gateway.say('zhang', null, '12345678箱子破了怎么赔'),
      gateway.file('zhang', null, PNG, '破损.exe'),
      gateway.file('zhang', null, Buffer.from('MZ\u0090 a program'), '照片.png'),
      gateway.file('zhang', null, PDF, '../../清单.pdf', 1),
      gateway.say('zhang', null, '转人工'),
    ];
    await desk.settled('', ['zhang'], said);
    const tickets = await desk.store.tickets({ conversation: 'wechat:zhang' });
    const story = await desk.store.ticket(tickets[0]?.id ?? '');
    const files = (story?.transcript ?? []).flatMap(({ attachments }) => attachments);
    expect(files.map(({ name, contentType }) => [name, contentType])).toEqual([
      ['破损.png', 'image/png'],
      ['清单.pdf', 'application/pdf'],
    ]);
    const kept = await Promise.all(files.map(({ id }) => desk.store.attachment(id)));
    expect(kept.map((one) => Buffer.from(one?.bytes ?? []))).toEqual([PNG, PDF]);
    // What was no picture: the customer is told.
    expect(gateway.written.map(({ text }) => text).join()).toContain('没能收到');
  });

  it('from an agent reach the customer after the words, byte for byte', async () => {
    const files: [string, Buffer][] = [
      ['签收单.png', PNG],
      ['说明.pdf', PDF],
    ];
    expect(await agentSays('wechat:zhang', '签收单发您了', files)).toEqual([
      { to: 'zhang', text: '小梅（工号1001）：\n签收单发您了', file: undefined },
      { to: 'zhang', text: '', file: '签收单.png' },
      { to: 'zhang', text: '', file: '说明.pdf' },
    ]);
    expect(gateway.written.slice(-2).map(({ file }) => file?.bytes)).toEqual([PNG, PDF]);
    expect(await agentSays('wechat:zhang', '', [['照片.png', PNG]])).toMatchObject([{ file: '照片.png' }]);
  });

  it('from an agent never stand in a group: they go to the asker’s own chat, and the desk hears where that is not possible', async () => {
    for (const who of ['li', 'zhao']) {
      const id = gateway.say(who, 'r@chatroom', '@应声客服 转人工');
      await desk.settled('r@chatroom', [who], [id]);
    }
    expect(await agentSays('wechat:r@chatroom/li', '签收单', [['签收单.png', PNG]])).toMatchObject([
      { to: 'li', text: expect.stringContaining('签收单') as string },
      { to: 'li', file: '签收单.png' },
      { to: 'r@chatroom', text: expect.stringContaining('私聊') as string },
    ]);
    gateway.puppet.failures.push('对方不是好友');
    expect(await agentSays('wechat:r@chatroom/zhao', '签收单', [['签收单.png', PNG]])).toEqual([]);
    const [notice] = await desk.store.notices('2000-01-01T00:00:00Z');
    expect(notice).toMatchObject({ kind: 'undelivered', about: [{ conversation: 'wechat:r@chatroom/zhao' }] });
  });
});
