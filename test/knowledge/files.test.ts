import fc from 'fast-check';
import { chmod, mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { brief, knowledgeOf, MINIMAL, NOON, problemsOf, put, writeDesk } from './desk-fixture.ts';

const INTENT = 'intents/order-tracking.yml';
const ORDERS = 'knowledge/data/orders.csv';

/** Problems after something was done to the folders that no text file can express. */
async function after(change: (root: string) => Promise<unknown>): Promise<string[]> {
  const desk = await writeDesk();
  await change(desk.root);
  const { problems, knowledge } = await loadKnowledge(desk, { clock: NOON });
  expect(knowledge).toBeNull();
  return problems.map((problem) => brief(problem, desk.root));
}

describe('reading files', () => {
  it('tells of folders and files that are not there', async () => {
    expect(await after((root) => rm(path.join(root, 'intents'), { recursive: true }))).toEqual([
      'intents:1:1 missing-file',
    ]);
    expect(await after((root) => rm(path.join(root, 'knowledge/desks.yml')))).toEqual([
      'knowledge/desks.yml:1:1 missing-file',
    ]);
  });

  it('tells of a folder that stands where a file is expected', async () => {
    expect(await after((root) => mkdir(path.join(root, 'intents/folder.yml')))).toEqual([
      'intents/folder.yml:1:1 not-a-file',
    ]);
  });

  it('does not follow a link out of the folder, nor one that goes round', async () => {
    expect(await after((root) => symlink('/etc/hostname', path.join(root, 'knowledge/phrases/z.yml')))).toEqual([
      'knowledge/phrases/z.yml:1:1 outside-folder',
    ]);
    expect(await after((root) => symlink('z.yml', path.join(root, 'knowledge/phrases/z.yml')))).toEqual([
      'knowledge/phrases/z.yml:1:1 unreadable',
    ]);
  });

  it('tells of a file that may not be read', async ({ skip }) => {
    if (process.getuid?.() === 0) return skip('root may read every file');
    expect(await after((root) => chmod(path.join(root, INTENT), 0))).toEqual([`${INTENT}:1:1 unreadable`]);
  });

  it('tells of a file that is too large', async () => {
    expect(await after((root) => put(root, 'knowledge/phrases/z.yml', `#${'x'.repeat(5 * 1024 * 1024)}`))).toEqual([
      'knowledge/phrases/z.yml:1:1 file-too-large',
    ]);
  });

  it('tells on which line a file is not UTF-8', async () => {
    const gbk = Buffer.concat([Buffer.from('a: 1\nb: '), Buffer.from([0xc4, 0xe3, 0xba, 0xc3])]);
    expect(await problemsOf({ 'knowledge/phrases/z.yml': gbk })).toEqual(['knowledge/phrases/z.yml:2:1 not-utf8']);
  });

  it('gives up on what is nested too deeply', async () => {
    for (const depth of [3_000, 100_000]) {
      const [told = ''] = await problemsOf({ 'knowledge/phrases/z.yml': `a: ${'['.repeat(depth)}` });
      expect(told).toMatch(/^knowledge\/phrases\/z\.yml:1:\d+ too-deep$/);
    }
  });

  it('does not unfold a bomb of aliases', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, n) =>
        `k${n}: &k${n} [${
          n === 0
            ? '好'
            : Array(9)
                .fill(`*k${n - 1}`)
                .join(', ')
        }]`,
    );
    expect(await problemsOf({ 'knowledge/phrases/z.yml': levels.join('\n') })).toEqual([
      'knowledge/phrases/z.yml:1:1 too-many-aliases',
    ]);
  });

  it('reads a spreadsheet as Excel saves it: BOM, CRLF, quotes', async () => {
    const rows = '\uFEFF' + (MINIMAL[ORDERS] ?? '').replaceAll('\n', '\r\n').replace('成都', '"成都, 武侯"');
    const { sources } = await knowledgeOf({ [ORDERS]: rows });
    expect(sources.get('order')?.rows[0]).toEqual({
      waybill: '12345678',
      phone: '13812345678',
      location: '成都, 武侯',
      status: 'arrived',
      weight: 12.5,
      at: '2026-11-20T10:00:00+08:00',
      aliases: '蓉城;天府',
    });
  });

  it('has an empty cell as null', async () => {
    const { sources } = await knowledgeOf();
    expect(sources.get('order')?.rows[1]).toMatchObject({ phone: null, weight: null, at: null });
  });

  it('does without a FAQ', async () => {
    expect((await knowledgeOf({ 'knowledge/faq/hours.yml': null })).faq).toEqual([]);
  });

  it('leaves hidden files and other kinds of files alone', async () => {
    expect(await problemsOf({ 'intents/.draft.yml': '][', 'intents/notes.txt': '][', 'intents/x.yml~': '][' })).toEqual(
      [],
    );
  });

  it('reads FAQ in Markdown', async () => {
    const text =
      '---\nowner: 林晓\nvalid_until: 2026-12-31\n---\n# 物品\n\n## 可以寄花吗\n> 鲜花能寄吗\n> 花能走吗\n\n可以。\n请包好。\n\n### English\nYes.\n';
    const { faq } = await knowledgeOf({ 'knowledge/faq/more.md': text });
    expect(faq.find(({ question }) => question === '可以寄花吗')).toMatchObject({
      similar: ['鲜花能寄吗', '花能走吗'],
      answer: '可以。\n请包好。',
      answer_en: 'Yes.',
      valid_until: '2026-12-31',
      owner: '林晓',
      place: { line: 7, column: 1 },
    });
  });

  it('never throws, whatever stands in a file', async () => {
    const desk = await writeDesk();
    const names = fc.constantFrom(...Object.keys(MINIMAL));
    await fc.assert(
      fc.asyncProperty(names, fc.nat(), fc.nat(20), fc.uint8Array({ maxLength: 12 }), async (name, at, cut, bytes) => {
        const whole = Buffer.from(MINIMAL[name] ?? '');
        const start = at % whole.length;
        await put(desk.root, name, Buffer.concat([whole.subarray(0, start), bytes, whole.subarray(start + cut)]));
        const { knowledge, problems } = await loadKnowledge(desk, { clock: NOON });
        await put(desk.root, name, whole);
        expect(knowledge === null).toBe(problems.some(({ severity }) => severity === 'error'));
        for (const { line, column, message } of problems) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
          expect(message.zh && message.en).toBeTruthy();
        }
      }),
      { numRuns: 60 },
    );
  });
});
