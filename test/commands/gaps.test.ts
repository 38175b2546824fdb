import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixedClock } from '../../src/core/clock.ts';
import { silentLog } from '../../src/core/log.ts';
import type { ConversationId } from '../../src/core/message.ts';
import type { Store } from '../../src/core/store.ts';
import { createInProcessCoordination } from '../../src/coordination/in-process.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { createRecords } from '../../src/records/records.ts';
import { createReplier } from '../../src/replying/replier.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import { put, writeDesk } from '../knowledge/desk-fixture.ts';
import { message } from '../store/samples.ts';
import { runCli, type Ran } from './run-cli.ts';

const NOW = '2026-06-15T12:00:00+08:00';

interface Talk {
  readonly root: string;
  /** The customer writes, the engine answers. */
  ask(conversation: ConversationId, text: string, name?: string): Promise<void>;
  /** An agent answers in the conversation's ticket. */
  answer(conversation: ConversationId, text: string): Promise<void>;
  close(): Promise<void>;
}

/** A small desk with its database, which the real engine fills. */
async function openTalk(): Promise<Talk> {
  const desk = await writeDesk({ 'knowledge/chatter.txt': '能开什么\n专用发票\n增值税\n你叫什么\n今天天气不错\n' });
  const { knowledge } = await loadKnowledge(desk);
  if (knowledge === null) throw new Error('the small desk has errors');
  const store: Store = await openSqliteStore({ path: path.join(desk.root, 'data', 'yingsheng.db') });
  const clock = fixedClock('2026-06-14T09:00:00+08:00');
  const replier = createReplier({
    store,
    knowledge: () => knowledge,
    records: () => createRecords(knowledge.sources, {}),
    coordination: createInProcessCoordination({ clock, concurrency: 1 }),
    clock,
    log: silentLog,
  });
  let count = 0;
  const read = async (id: ConversationId) => (await store.conversation(id)) ?? expect.fail(`no conversation ${id}`);
  return {
    root: desk.root,
    async ask(id, text, name) {
      clock.advance(60_000);
      const customer = { id: `c-${id}`, ...(name === undefined ? {} : { name }) };
      const at = clock.now().toISOString();
      await store.receive(message(`m-${++count}`, { conversation: id, customer, text, sentAt: at }), at);
      expect(await store.commitTurn(await replier.reply(await read(id), clock.now()))).toBe('done');
    },
    async answer(id, text) {
      clock.advance(60_000);
      const ticket = (await read(id)).tickets[0] ?? expect.fail('no ticket to answer in');
      const from = { role: 'agent' as const, id: '8001', name: '林晓' };
      const outgoing = [{ from, text, suggestions: [], attachments: [] }];
      const changed = { ...ticket, version: ticket.version + 1, updated_at: clock.now().toISOString() };
      expect(await store.commitTicket({ ticket: changed, events: [], outgoing })).toBe('done');
    },
    close: () => store.close(),
  };
}

function gaps(root: string, ...args: string[]): Promise<Ran> {
  const folders = ['--intents', path.join(root, 'intents'), '--knowledge', path.join(root, 'knowledge')];
  return runCli(['gaps', ...folders, '--data-dir', path.join(root, 'data'), '--now', NOW, ...args]);
}

interface Group {
  readonly count: number;
  readonly kinds: Record<string, number>;
  readonly questions: { text: string; count: number }[];
  readonly replies: { text: string }[];
}

const groupsOf = (out: string): Group[] => (JSON.parse(out) as { groups: Group[] }).groups;

async function talkOfInvoices(): Promise<Talk> {
  const talk = await openTalk();
  await talk.ask('webchat:a', '能开增值税专用发票吗');
  await talk.ask('webchat:a', '能不能开增值税专用发票');
  await talk.answer('webchat:a', '您好');
  await talk.answer('webchat:a', '可以开，请到官网的“我的发票”里申请。');
  await talk.ask('webchat:b', '能开增值税专用发票吗', '欧阳小明');
  await talk.ask('webchat:b', '能开增值税专用发票吗（欧阳小明13800005678）', '欧阳小明');
  await talk.answer('webchat:b', '欧阳先生，您这票的发票已经寄出，金额3860元。');
  return talk;
}

describe('gaps', { timeout: 90_000 }, () => {
  it('groups what found no answer, counted, masked, with what a human said', async () => {
    const talk = await talkOfInvoices();
    await talk.ask('webchat:c', '包裹怎么还没送到');
    await talk.ask('webchat:c', '答非所问，我问的不是这个');
    await talk.ask('webchat:d', '你们几点上班');
    await talk.close();
    const { code, out } = await gaps(talk.root, '--json');
    expect(code).toBe(0);
    const [invoices, parcel, ...rest] = groupsOf(out);
    expect(rest).toEqual([]);
    expect(invoices).toMatchObject({ count: 4, kinds: { unanswered: 4 } });
    expect(invoices?.questions[0]).toEqual({ text: '能开增值税专用发票吗', count: 2 });
    expect(invoices?.replies.map(({ text }) => text)).toContain('可以开，请到官网的“我的发票”里申请。');
    expect(parcel).toMatchObject({ count: 1, kinds: { misunderstood: 1 }, questions: [{ text: '包裹怎么还没送到' }] });
    expect(out).not.toMatch(/13800005678|欧阳|3860/);
    expect((await gaps(talk.root)).out).toMatch(/×4 {2}没听懂[^]*「能开增值税专用发票吗」 ×2[^]*坐席答[^]*官网/);
  });

  it('drafts an entry without anything of one customer, which is not live until it is filled in and moved', async () => {
    const talk = await talkOfInvoices();
    await talk.close();
    const folder = path.join(talk.root, 'knowledge', 'drafts');
    await gaps(talk.root);
    expect(existsSync(folder)).toBe(false);
    expect((await gaps(talk.root, '--draft')).out).toContain('2026-06-15-01.yml');
    const text = readFileSync(path.join(folder, '2026-06-15-01.yml'), 'utf8');
    expect(text).toContain('- question: 能开增值税专用发票吗\n');
    expect(text).toContain('我的发票');
    expect(text).toContain('owner: ""');
    expect(text).not.toMatch(/13800005678|138\*|欧|3860|寄出/);

    const load = async () =>
      loadKnowledge({ intents: path.join(talk.root, 'intents'), knowledge: path.join(talk.root, 'knowledge') });
    expect((await load()).knowledge?.faq).toHaveLength(1);
    await gaps(talk.root, '--draft');
    expect(readdirSync(folder)).toHaveLength(1);

    await put(talk.root, 'knowledge/faq/invoice.yml', text);
    expect((await load()).problems.map(({ severity, path: file }) => [severity, path.basename(file)])).toContainEqual([
      'error',
      'invoice.yml',
    ]);
    await put(talk.root, 'knowledge/faq/invoice.yml', text.replace('owner: ""', 'owner: 林晓'));
    expect((await load()).knowledge?.faq).toHaveLength(2);
    const { out } = await gaps(talk.root, '--json');
    expect(groupsOf(out)).toEqual([]);
    expect(JSON.parse(out)).toMatchObject({ settled: 4 });
  });

  it('looks back as far as it is told', async () => {
    const talk = await openTalk();
    await talk.ask('webchat:a', '能开增值税专用发票吗');
    await talk.close();
    expect(
      groupsOf((await gaps(talk.root, '--json', '--now', '2026-06-25T12:00:00+08:00', '--days', '5')).out),
    ).toEqual([]);
    expect(await gaps(talk.root, '--days', 'many')).toMatchObject({ code: 2, out: '' });
    expect(
      groupsOf((await gaps(path.join(talk.root), '--json', '--data-dir', path.join(talk.root, 'none'))).out),
    ).toEqual([]);
  });
});
