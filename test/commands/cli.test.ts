import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from '../shipped.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingsheng-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = (out: string): Record<string, unknown>[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('yingsheng', () => {
  it.each(['serve', 'chat', 'understand', 'check', 'rehearse', 'ledger', 'preview', 'gaps', 'sheets'])(
    '%s --help helps',
    async (command) => {
      const { code, out } = await runCli([command, '--help']);
      expect(code).toBe(0);
      expect(out).toContain(`yingsheng ${command}`);
    },
  );

  it.each([[['fly']], [['chat', '--loud']], [['chat', '--now', 'yesterday']], [[]]])(
    'exits 2 on wrong usage: %j',
    async (args) => {
      const { code, out, err } = await runCli(args);
      expect(code).toBe(2);
      expect(out).toBe('');
      expect(err).not.toBe('');
    },
  );

  it('names every bad setting at once', async () => {
    const { code, err } = await runCli(['serve'], '', { PORT: 'abc', LOG_LEVEL: 'loud', DESK_TOKEN: 'x' });
    expect(code).toBe(2);
    expect(err).toMatch(/PORT[^]*DESK_TOKEN[^]*LOG_LEVEL/);
  });
});

describe('chat', () => {
  it('answers each line with one JSON object', async () => {
    const said = '我的12345678单号的货款为什么半个月了还没有收到\n5678\n\n谢谢\n';
    const { code, out } = await runCli(['chat', '--json', '--now', '2026-11-21T10:00:00+08:00'], said);
    expect(code).toBe(0);
    const [asked, proved, empty, thanked] = lines(out);
    expect(asked).toMatchObject({
      text: '我的12345678单号的货款为什么半个月了还没有收到',
      intents: ['payment-lookup'],
      outcome: 'answered',
      ticket: null,
    });
    expect(proved).toMatchObject({
      outcome: 'handed',
      ticket: {
        desk: 'payments',
        kind: 'payment-lookup',
        status: 'open',
        priority: 'urgent',
        waybill: '12345678',
        owner: null,
      },
    });
    expect(String(proved?.['replies'])).toContain('3860元');
    expect(empty).toMatchObject({ text: '', replies: [], outcome: 'left_alone' });
    expect(thanked).toMatchObject({ intents: ['thanks'], outcome: 'answered' });
  });

  it('tells nothing private in a group', async () => {
    const { out } = await runCli(
      ['chat', '--json', '--group', '--now', '2026-11-21T10:00:00+08:00'],
      '12345678货款多少 尾号5678\n',
    );
    expect(out).not.toMatch(/3860|138\d{8}|张伟/);
    expect(lines(out)[0]).toMatchObject({ outcome: 'answered', ticket: null });
  });

  it('leaves no trace on disk', async () => {
    await runCli(['chat', '--data-dir', join(folder, 'none')], '您好\n');
    expect(() => readFileSync(join(folder, 'none', 'yingsheng.db'))).toThrow();
  });

  it('says with --trace which file and line answered', async () => {
    const { err } = await runCli(['chat', '--trace'], '你们几点下班\n');
    expect(err).toMatch(/intents\/business-hours\.yml:\d+/);
  });
});

describe('understand', () => {
  it('gives what the contract names', async () => {
    const { out } = await runCli(
      ['understand', '--json', '--now', '2026-11-21T10:00:00+08:00'],
      '查一下１２３４５６７８到哪了\n今天晚上吃什么\n',
    );
    const [parcel, chatter] = lines(out);
    expect(parcel).toMatchObject({ intent: 'order-tracking', intents: ['order-tracking'], mood: 'calm' });
    expect(parcel?.['entities']).toContainEqual({ type: 'waybill', value: '12345678', text: '12345678' });
    expect(chatter).toMatchObject({ intent: 'out-of-scope', intents: [] });
  });
});

describe('check', () => {
  it('passes the shipped knowledge, without warnings', async () => {
    const { code, out } = await runCli(['check']);
    expect({ code, out }).toEqual({ code: 0, out: '' });
  });

  it('points at a broken line and exits 1, and nothing else runs on it', async () => {
    const intents = join(folder, 'intents');
    cpSync(join(ROOT, 'intents'), intents, { recursive: true });
    const file = join(intents, 'greeting.yml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^steps:/m, 'stepps:'));
    const { code, out } = await runCli(['check', '--intents', intents]);
    expect(code).toBe(1);
    expect(out).toMatch(/greeting\.yml:\d+:\d+: error [a-z-]+: .*steps/);
    expect((await runCli(['chat', '--intents', intents], '您好\n')).code).toBe(1);
  });
});

describe('ledger', () => {
  it('is empty before anything was said', async () => {
    const { code, out } = await runCli(['ledger', '--json', '--data-dir', join(folder, 'fresh')]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ answered: 0, merged: 0, handed: 0, left_alone: {}, waiting: 0, unaccounted: [] });
  });
});
