import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAuditCheck } from '../../src/core/audit.ts';
import type { ConversationId } from '../../src/core/message.ts';
import type { Store } from '../../src/core/store.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import { scrubFile } from '../../src/store/scrub.ts';
import { after, bob, message, noon, says, ticket, turn } from './samples.ts';

/** Words that are in no other place of the file. */
const PHONE = '13988776655';
const WORDS = [
  'canary-user-7731',
  '欧阳金丝雀',
  '金丝雀路九百号',
  'canary-file-bytes',
  'canary-note',
  'canary-event',
  'canary-timer',
];
const page: ConversationId = 'webchat:canary-page-5512';
const chat: ConversationId = 'wechat:canary-room-9921/canary-user-7731';
const desk: ConversationId = 'desk:canary-call-3388';
const customer = { id: 'canary-user-7731', name: '欧阳金丝雀' };
const filler = (i: number): ConversationId => `webchat:other-${i}`;

describe('a customer who is to be forgotten', () => {
  let folder: string;
  let path: string;
  let store: Store;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yingsheng-forget-'));
    path = join(folder, 'yingsheng.db');
    store = await openSqliteStore({ path });
    for (let i = 0; i < 60; i++) await fill(i);
    await live();
    for (let i = 60; i < 120; i++) await fill(i);
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  /** Others, before and behind, so that pages are shared and split. */
  async function fill(i: number): Promise<void> {
    await store.receive(
      message(`other-${i}`, {
        conversation: filler(i),
        customer: { id: `other-${i}` },
        text: `别人的话 ${i} `.repeat(1 + (i % 40)),
      }),
      noon,
    );
  }

  async function live(): Promise<void> {
    const file = {
      id: 'file-1',
      kind: 'image',
      contentType: 'image/png',
      name: '欧阳金丝雀.png',
      size: 17,
      url: '/a',
    } as const;
    for (const [i, conversation] of [page, chat].entries()) {
      await store.receive(
        message(`canary-${i}`, {
          conversation,
          customer,
          text: `我叫欧阳金丝雀,住金丝雀路九百号,电话${PHONE}`,
          attachments: i === 0 ? [file] : [],
          channelData: { who: customer },
        }),
        noon,
      );
      await store.commitTurn(
        turn(
          { id: conversation, version: 0 },
          {
            state: JSON.stringify({
              proofs: [{ waybill: '12345678', phone: PHONE, until: noon }],
              note: 'canary-event',
            }),
            events: [JSON.stringify({ type: 'canary-event', phone: PHONE, address: '金丝雀路九百号' })],
            outgoing: [says('欧阳金丝雀您好')],
            timers: [
              { key: 'k', at: after(9999), kind: 'follow-up', payload: JSON.stringify({ words: 'canary-timer' }) },
            ],
            wrongProofs: ['12345678'],
            disclosed: ['12345678'],
          },
        ),
      );
    }
    await store.putAttachment(page, file, Buffer.from('canary-file-bytes'));
    const own = ticket('T-7', {
      conversation: page,
      customer,
      summary: `欧阳金丝雀 ${PHONE}`,
      form: { phone: PHONE, address: '金丝雀路九百号' },
    });
    await store.commitTicket({
      ticket: own,
      events: [{ ticket: 'T-7', kind: 'noted', at: noon, text: 'canary-note' }],
      outgoing: [],
    });
    await store.saveDeskPost({ ticket: 'T-7', channel: 'C1', part: 'card', ts: '1.1', shown: 'x', at: noon });
    await store.openConversation(desk, { id: 'desk-digest', name: '欧阳金丝雀' }, false, noon);
    await store.commitTicket({
      ticket: ticket('T-8', {
        conversation: desk,
        customer: { id: 'desk-digest', name: '欧阳金丝雀' },
        form: { phone: '139 8877 6655' },
      }),
      events: [],
      outgoing: [],
    });
    await store.keepContact({
      channel: 'wechat',
      id: 'canary-user-7731',
      person: 'canary-user-7731',
      handle: 'h',
      remark: '',
      seen_at: noon,
    });
    await store.keepSetting('wechat.pace', JSON.stringify({ last: { to: 'canary-user-7731' } }));
    await store.settingOnce('webchat.invitation.canary-page-5512', 'canary-user-7731');
    await store.audit({ at: noon, by: '8001', action: 'revealed', subject: 'T-7 form.phone' });
    // Somebody else's words: theirs stay, the number goes.
    await store.receive(
      message('mention', {
        conversation: bob,
        customer: { id: 'bob' },
        text: `收货人电话１３９８８７７６６５５,单号12345678`,
      }),
      noon,
    );
    // An answer of hers in somebody else's conversation.
    await store.receive(
      message('answer', { conversation: bob, customer, text: '金丝雀路九百号我知道', context: { answer: 'member' } }),
      noon,
    );
  }

  const bytes = (word: string): number =>
    readdirSync(folder).filter((file) => readFileSync(join(folder, file)).includes(word)).length;
  const everywhere = (): string[] =>
    [...WORDS, PHONE, 'canary-page-5512', 'canary-room-9921', 'canary-call-3388', '１３９８８７７６６５５'].filter(
      (word) => bytes(word) + bytes(escaped(word)) > 0,
    );
  const escaped = (word: string): string =>
    word.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);

  it('is found on every channel by id, by conversation or by phone', async () => {
    for (const query of [{ customer: 'canary-user-7731' }, { customer: page }]) {
      expect(await store.findPerson(query)).toMatchObject({
        ids: ['canary-user-7731'],
        names: ['欧阳金丝雀'],
        conversations: [page, chat],
        tickets: ['T-7'],
      });
    }
    const byPhone = await store.findPerson({ phone: '+86 139-8877-6655' });
    expect(new Set(byPhone.conversations)).toEqual(new Set([page, chat, desk]));
    expect(byPhone).toMatchObject({ tickets: ['T-7', 'T-8'], phone: PHONE });
    expect(await store.findPerson({ customer: 'nobody' })).toMatchObject({ ids: [], conversations: [] });
    expect(await store.findPerson({ phone: '13500000000' })).toMatchObject({ ids: [], conversations: [] });
  });

  it('is given everything that is held', async () => {
    const held = await store.heldAbout(await store.findPerson({ phone: PHONE }));
    const all = JSON.stringify(held);
    for (const word of WORDS.filter((one) => one !== 'canary-file-bytes')) expect(all).toContain(word);
    expect(held['attachments']?.[0]?.['bytes_base64']).toBe(Buffer.from('canary-file-bytes').toString('base64'));
    const counts = Object.fromEntries(Object.entries(held).map(([table, rows]) => [table, rows.length]));
    expect(counts).toMatchObject({
      conversations: 3,
      messages: 5,
      events: 2,
      timers: 2,
      wrong_proofs: 2,
      attachments: 1,
      tickets: 2,
      ticket_events: 1,
      desk_posts: 1,
      contacts: 1,
      settings: 2,
      mentions: 1,
    });
    expect(held['audit']?.map(({ subject }) => subject)).toEqual([
      `${page} 12345678`,
      `${chat} 12345678`,
      'T-7 form.phone',
    ]);
    expect(all).not.toContain('别人的话');
  });

  it('leaves no byte in the database, its log or its free pages, and nothing of others goes', async () => {
    expect(everywhere().length).toBeGreaterThan(8);
    const gone = await store.forget(await store.findPerson({ phone: PHONE }), 'cli:test', noon);
    expect(gone).toMatchObject({ conversations: 3, messages: 5, tickets: 2, mentions: 1, attachments: 1 });
    await store.close();
    expect(await scrubFile(path, true)).toBe(true);
    expect(everywhere()).toEqual([]);
    store = await openSqliteStore({ path });
    expect(bytes('别人的话')).toBeGreaterThan(0);
    for (let i = 0; i < 120; i++) expect(await store.log(filler(i), 0, 10)).toHaveLength(1);
    expect(await store.log(bob, 0, 10)).toMatchObject([{ text: '收货人电话****,单号12345678' }]);
    expect(await store.setting('wechat.pace')).toBe('{"last":{"to":"forgotten"}}');
    const head = await store.auditHead();
    const check = createAuditCheck(head);
    for (const row of await store.auditTrail(0, 100)) check.row(row);
    expect(check.end()).toBeNull();
    expect((await store.auditTrail(0, 100)).at(-1)).toMatchObject({
      action: 'deleted',
      by: 'cli:test',
      why: 'forget blanked 1,2,3',
    });
  });

  it('leaves no byte where serve goes on meanwhile', async () => {
    const other = await openSqliteStore({ path });
    await other.forget(await other.findPerson({ phone: PHONE }), 'cli:test', noon);
    await other.close();
    expect(await scrubFile(path, true)).toBe(true);
    expect(everywhere()).toEqual([]);
    await fill(500);
    expect(await store.log(filler(500), 0, 10)).toHaveLength(1);
  });

  it('gave the name to nobody else', async () => {
    expect((await store.conversation(bob))?.customer).toEqual({ id: 'bob' });
  });

  it('is a new one when writing again', async () => {
    await store.forget(await store.findPerson({ phone: PHONE }), 'cli:test', noon);
    await store.receive(
      message('canary-again', { conversation: page, customer: { id: customer.id }, text: '您好' }),
      noon,
    );
    expect(await store.conversation(page)).toMatchObject({
      state: null,
      version: 0,
      tickets: [],
      customer: { id: customer.id },
    });
    expect(await store.log(page, 0, 10)).toHaveLength(1);
  });
});
