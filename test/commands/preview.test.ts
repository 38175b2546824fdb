import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import { put, writeDesk } from '../knowledge/desk-fixture.ts';
import { message } from '../store/samples.ts';
import { runCli, type Ran } from './run-cli.ts';

const FAQ = 'knowledge/faq/hours.yml';
const TABLE = `- name: 几点上班
  now: 2026-06-15T12:00:00+08:00
  turns:
    - customer: 你们几点上班
      bot: { says: [八点] }
`;

/** A desk under git, with one commit. */
async function committedDesk(): Promise<string> {
  const { root } = await writeDesk({
    'knowledge/dialogues/hours.yml': TABLE,
    'intents/order-tracking.yml': null,
    'intents/tracking.yml': readFileSync('test/fixtures/knowledge/desk/intents/order-tracking.yml', 'utf8'),
  });
  git(root, 'init', '--quiet');
  git(root, 'add', '.');
  git(root, '-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '--quiet', '-m', 'First words');
  return root;
}

function git(root: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' });
}

function preview(root: string, ...args: string[]): Promise<Ran> {
  const folders = ['intents', 'knowledge', 'data-dir'].flatMap((name) => [`--${name}`, path.join(root, name)]);
  return runCli(['preview', ...folders, '--now', '2026-06-15T12:00:00+08:00', ...args]);
}

async function edit(root: string, file: string, from: string, to: string): Promise<void> {
  const text = readFileSync(path.join(root, file), 'utf8');
  expect(text).toContain(from);
  await put(root, file, text.replace(from, to));
}

interface Json {
  readonly questions: number;
  readonly different: number;
  readonly groups: { kind: string; from: string[]; to: string[]; count: number; questions: Question[] }[];
  readonly tables: { name: string; differences: string[] }[];
}
interface Question {
  readonly question: string;
  readonly count: number;
  readonly before: { text: string };
  readonly after: { text: string; tickets: { priority: string }[] };
}

describe('preview', { timeout: 90_000 }, () => {
  it('groups and counts what is answered otherwise, and names the tables that now fail', async () => {
    const root = await committedDesk();
    await edit(root, FAQ, '每天八点', '每天九点');
    await edit(
      root,
      'intents/tracking.yml',
      'say: order.missing',
      'say: order.missing\n        ticket: { priority: high }',
    );
    await edit(root, 'knowledge/phrases/order.yml', '没有查到{{', '查不到{{');
    await put(
      root,
      'questions.txt',
      '\uFEFF你们几点上班\n什么时候营业\n\n单号99999999什么时候能到，电话13800005678\n你们几点上班\r\n12345678到哪了\n',
    );
    const before = readdirSync(root);
    const { code, out, err } = await preview(root, '--messages', path.join(root, 'questions.txt'), '--json');
    expect(err).toContain('First words');
    expect(code).toBe(1);
    const { questions, different, groups, tables } = JSON.parse(out) as Json;
    expect({ questions, different }).toEqual({ questions: 5, different: 4 });
    expect(groups.map(({ kind, count }) => [kind, count])).toEqual([
      ['ticket', 1],
      ['answer', 3],
    ]);
    const [ticket, answer] = groups;
    expect(ticket?.questions[0]).toMatchObject({
      question: '单号99999999什么时候能到，电话138****5678',
      after: { tickets: [{ priority: 'high' }] },
    });
    expect(answer?.questions[0]).toMatchObject({ question: '你们几点上班', count: 2 });
    expect(answer?.questions[0]?.before.text).toContain('每天八点');
    expect(answer?.questions[0]?.after.text).toContain('每天九点');
    // The shipped tables are played too: one of them asks after a parcel that this desk has not, which the edit now makes a ticket.
    expect(tables).toMatchObject([
      { name: '短话 不是 是另一个 再报单号', differences: [expect.stringContaining('handed')] },
      { name: '几点上班', differences: [expect.stringContaining('八点')] },
    ]);
    expect(out).not.toContain('13800005678');
    // Nothing of the repository was touched.
    expect(readdirSync(root)).toEqual(before);
    expect(git(root, 'diff', '--cached', '--stat')).toBe('');
  });

  it('asks what customers wrote in the last 30 days, each as in its own kind of conversation', async () => {
    const root = await committedDesk();
    await edit(root, FAQ, '每天八点', '每天九点');
    const store = await openSqliteStore({ path: path.join(root, 'data-dir', 'yingsheng.db') });
    const customer = { id: 'c-1', name: '欧阳小明' };
    await store.receive(message('m-1', { text: '你们几点上班啊（欧阳小明）', customer }), '2026-06-14T12:00:00+08:00');
    await store.receive(message('m-2', { text: '几点上班' }), '2026-05-01T12:00:00+08:00');
    await store.close();
    const { out } = await preview(root);
    expect(out).toMatch(/1 个问题，1 个不同[^]*答案不同[^]*「你们几点上班啊（欧\*\*）」[^]*每天八点[^]*每天九点/);
  });

  it('says so where nothing differs, and compares with the revision named', async () => {
    const root = await committedDesk();
    await put(root, 'q.txt', '你们几点上班\n');
    const same = await preview(root, '--messages', path.join(root, 'q.txt'));
    expect(same).toMatchObject({ code: 0, out: expect.stringContaining('1 个问题，0 个不同') as string });
    for (const bad of ['no-such-branch', '--output=x']) {
      const { code, err } = await preview(root, `--against=${bad}`);
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(bad) as string });
    }
  });

  it('refuses in one sentence what it cannot compare', async () => {
    const { root } = await writeDesk();
    expect(await preview(root)).toMatchObject({ code: 2, err: expect.stringContaining('git init') as string });
    expect(await preview(root, '--messages', path.join(root, 'none.txt'))).toMatchObject({ code: 2 });
    const broken = await committedDesk();
    await edit(broken, FAQ, 'answer:', 'anwser:');
    const { code, err } = await preview(broken);
    expect(code).toBe(1);
    expect(err).toMatch(/hours\.yml:\d+:\d+: error/);
  });
});
