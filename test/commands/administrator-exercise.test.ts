import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../shipped.ts';

/** The first exercise of the administrator's page, done word for word: what the page says to type is typed, what it promises is there. */
const PAGE = readFileSync(join(ROOT, 'docs', 'administrator.zh-CN.md'), 'utf8');

/** The code blocks under `### N. …`, in order. */
function blocks(step: number): readonly string[] {
  const [, rest = ''] = PAGE.split(new RegExp(`^### ${step}\\. .*$`, 'm'));
  const [section = ''] = rest.split(/^(?:### \d|## \p{sc=Han}、)/mu);
  return [...section.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
}

function block(step: number, index: number): string {
  const text = blocks(step)[index];
  if (text === undefined) throw new Error(`step ${step} of the page has no block ${index}`);
  return text;
}

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'exercise-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A shell in the project's folder, as the page's reader has it. */
function type(commands: string): Promise<{ code: number; out: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env };
    for (const who of ['AUTHOR', 'COMMITTER'])
      Object.assign(env, { [`GIT_${who}_NAME`]: '管理员', [`GIT_${who}_EMAIL`]: 'admin@example.com' });
    execFile('bash', ['-c', commands], { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: stdout + stderr }),
    );
  });
}

function edit(file: string, change: (text: string) => string): void {
  const path = join(folder, file);
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  expect(after, `${file} has what the page says to change`).not.toBe(before);
  writeFileSync(path, after);
}

describe('the first exercise of the administrator’s page', () => {
  const check = block(1, 0);

  it('is followed from a clean checkout to its end', { timeout: 180_000 }, async () => {
    for (const name of ['intents', 'knowledge', 'package.json', '.gitignore'])
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    cpSync(join(ROOT, 'test', 'dialogues'), join(folder, 'test', 'dialogues'), { recursive: true });
    for (const name of ['src', 'node_modules']) symlinkSync(join(ROOT, name), join(folder, name));
    await type('git init -q && git add intents knowledge test package.json && git commit -q -m "Start"');

    const fine = await type(check);
    expect(fine).toMatchObject({ code: 0, out: expect.stringContaining('检查通过') as string });

    edit('knowledge/phrases/engine.yml', (text) => text.replace(block(2, 0), block(2, 1)));
    expect((await type(check)).code).toBe(0);

    expect((await type(block(3, 0))).code).toBe(0);
    const faq = 'knowledge/faq/first-try.md';
    edit(faq, (text) => text.slice(0, text.indexOf('## ')) + block(3, 1));
    expect((await type(check)).code).toBe(0);
    const answer = block(3, 1).trim().split('\n').at(-1);
    expect((await type(block(3, 2))).out).toContain(answer);

    const whole = readFileSync(join(folder, faq), 'utf8');
    edit(faq, (text) => text.replace(/(?<=^---\n[^]*?\n)---\n/, ''));
    const broken = await type(check);
    expect(broken.code).toBe(1);
    expect(broken.out).toContain(block(4, 0));
    expect((await type('npm run -s yingsheng -- explain bad-markdown')).out).toContain('bad-markdown');
    writeFileSync(join(folder, faq), whole);
    expect((await type(check)).code).toBe(0);

    writeFileSync(join(folder, '问题.txt'), block(5, 0));
    const preview = await type(block(5, 1));
    expect(preview).toMatchObject({ code: 0, out: expect.stringContaining(block(5, 2)) as string });
    expect(preview.out).toContain('· 0 张以前通过、现在不通过');
    expect(preview.out).not.toContain('「我的货到哪里了」');

    expect((await type(block(6, 0))).code).toBe(0);
    const end = await type(block(7, 0));
    expect(end).toMatchObject({ code: 0, out: expect.stringContaining('检查通过') as string });
    expect((await type('git diff HEAD~2 --stat')).out).toBe('');
  });
});
