import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { edited, MINIMAL, writeDesk, type Files } from '../knowledge/desk-fixture.ts';

const CLI = path.join(import.meta.dirname, '../../src/cli.ts');

/** Runs `yingsheng …` on a desk, as an administrator does. */
async function run(desk: { intents: string; knowledge: string }, ...args: string[]) {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const all = [CLI, '--intents', desk.intents, '--knowledge', desk.knowledge, ...args];
    execFile(process.execPath, all, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err }),
    );
  });
}

/** The commands go by the real clock: its holidays are known. */
const year = new Date().getFullYear();
const holidays = [year, year + 1].map((y) => `${y}-01-01: 元旦`).join(', ');
const today: Files = {
  'knowledge/policies.yml': `${MINIMAL['knowledge/policies.yml'] ?? ''}calendar: { holidays: { ${holidays} } }\n`,
};

const broken: Files = {
  ...edited('intents/order-tracking.yml', 'say: order.missing', 'say: order.mising'),
  'intents/small.yml': 'title: 别的\ndesk: service\nexamples: [说点别的]\nsteps: [{ say: opening }]\n',
};

describe('check', () => {
  it('tells errors first, then warnings, each with its line, a mark and what to do', async () => {
    const { code, out, err } = await run(await writeDesk(broken), 'check', '--lang', 'zh');
    expect(code).toBe(1);
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/intents\/order-tracking\.yml:16:14: error unknown-phrase: 没有名为/);
    expect(lines[1]).toBe('    16 |         say: order.mising');
    expect(lines[2]).toBe('       |              ^');
    expect(out.indexOf('以下是提醒')).toBeLessThan(out.indexOf('warning few-examples'));
    expect(err).toContain('1 处错误');
  });

  it('gives tools the same as JSON', async () => {
    const { code, out } = await run(await writeDesk(broken), 'check', '--json');
    const told = JSON.parse(out) as { ok: boolean; errors: number; problems: Record<string, unknown>[] };
    expect([code, told.ok, told.errors]).toEqual([1, false, 1]);
    expect(told.problems[0]).toMatchObject({
      line: 16,
      column: 14,
      severity: 'error',
      code: 'unknown-phrase',
      source: '        say: order.mising',
    });
  });

  it('passes what fits', async () => {
    const { code, out, err } = await run(await writeDesk(today), 'check');
    expect([code, out]).toEqual([0, '']);
    expect(err).toContain('检查通过');
  });
});

describe('explain', () => {
  it('tells what a code means, and which was meant', async () => {
    const desk = await writeDesk();
    expect((await run(desk, 'explain', 'unknown-value')).out).toContain('remitted');
    expect(await run(desk, 'explain', 'unknown-valeu')).toMatchObject({
      code: 2,
      err: expect.stringContaining('unknown-value') as string,
    });
  });
});

describe('new', () => {
  it('makes files that check clean, and never overwrites', async () => {
    const desk = await writeDesk(today);
    expect((await run(desk, 'new', 'intent', 'warehouse-rent')).code).toBe(0);
    expect((await run(desk, 'new', 'faq')).code).toBe(0);
    expect((await run(desk, 'new', 'faq', 'winter')).code).toBe(0);
    expect(await run(desk, 'check')).toMatchObject({ code: 0, out: '' });
    const file = path.join(desk.intents, 'warehouse-rent.yml');
    const before = await readFile(file, 'utf8');
    expect((await run(desk, 'new', 'intent', 'warehouse-rent')).code).toBe(2);
    expect(await readFile(file, 'utf8')).toBe(before);
    expect((await run(desk, 'new', 'intent', '../x')).code).toBe(2);
  });
});
