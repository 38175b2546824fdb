import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCells, writeCells } from '../../src/sheets/cells.ts';
import { MINIMAL, writeDesk, type Files } from '../knowledge/desk-fixture.ts';
import { ROOT } from '../shipped.ts';
import { runCli, type Ran } from './run-cli.ts';

const FILES: Files = {
  'knowledge/faq/cod.md': `---
owner: 代收专员
---
# 代收

## 什么是代收货款？
> 代收货款是什么意思

替您收钱，再打给您。

### English
We collect the money for you.

## 能不能不收手续费？

=不能，按 2% 收。
`,
  'knowledge/faq/season.yml': `# 有时间性的答案
- question: 下雪封路怎么办？ # 冬天常问
  similar: [大雪能到吗]
  answer: "路通了马上走"
  owner: 查货部

# 春节
- question: 过年收货吗？
  answer: |-
    停收日期
    看公告
  valid_from: "2026-01-01"
  valid_until: "2036-01-01"
  owner: 客服部
`,
  'knowledge/phrases/order.yml': `# 查货
order.missing: 没有查到{{ slots.waybill }}   # 没有这个单

order.where:
  zh:
    - "{{ order.location }}"
    - |-
      在
      {{ order.location }}
  en: ["{{ order.location }}"]
`,
  'knowledge/sources.yml': `${MINIMAL['knowledge/sources.yml'] ?? ''}
shop:
  from: csv
  file: data/shops.csv
  key: shop
  fields: { shop: { type: text, required: true }, fee: number, note: text }
`,
  'knowledge/data/shops.csv': 'shop,fee,note\r\n"上海,青浦",1.350,\r\n\r\n广州,2,"两\n行"\r\n杭州,3,近',
};

interface Desk {
  readonly root: string;
  readonly dir: string;
  sheets(action: string, ...args: string[]): Promise<Ran>;
  read(name: string): string;
  /** Changes the cells of a sheet, row 1 being the header. */
  edit(sheet: string, change: (rows: string[][]) => void): void;
  all(): Record<string, string>;
}

async function openDesk(): Promise<Desk> {
  const { root } = await writeDesk(FILES);
  const dir = path.join(root, 'sheets');
  const knowledge = path.join(root, 'knowledge');
  const folders = ['--intents', path.join(root, 'intents'), '--knowledge', knowledge];
  const read = (name: string): string => readFileSync(path.join(knowledge, name), 'utf8');
  return {
    root,
    dir,
    read,
    sheets: (action, ...args) => runCli(['sheets', action, ...folders, '--dir', dir, ...args]),
    edit(sheet, change) {
      const file = path.join(dir, sheet);
      const rows = readCells(readFileSync(file, 'utf8')).map((row) => [...row]);
      change(rows);
      writeFileSync(file, writeCells(rows));
    },
    all: () =>
      Object.fromEntries(
        readdirSync(knowledge, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => path.relative(knowledge, path.join(entry.parentPath, entry.name)))
          .map((name) => [name, read(name)]),
      ),
  };
}

describe('sheets', { timeout: 60_000 }, () => {
  it('changes nothing of the shipped knowledge on its way out and back', async () => {
    const { dir } = await openDesk();
    expect(await runCli(['sheets', 'export', '--dir', dir])).toMatchObject({ code: 0 });
    expect(readdirSync(dir).sort()).toEqual([
      'cities.csv',
      'faq.csv',
      'outlets.csv',
      'phrases.csv',
      'rates.csv',
      'restricted.csv',
    ]);
    const out = await runCli([
      'sheets',
      'import',
      '--dry-run',
      '--json',
      '--dir',
      dir,
      '--knowledge',
      path.join(ROOT, 'knowledge'),
    ]);
    expect(JSON.parse(out.out)).toEqual({ ok: true, files: [], problems: [] });
  });

  it('lets nothing private out, and no formula', async () => {
    const desk = await openDesk();
    const { out } = await desk.sheets('export');
    expect(out).not.toContain('orders.csv');
    const faq = readFileSync(path.join(desk.dir, 'faq.csv'), 'utf8');
    expect(faq.startsWith('\uFEFFfile,question,')).toBe(true);
    expect(faq).toContain(",'=不能");
  });

  it('leaves every byte where nothing was edited, however a spreadsheet saved it', async () => {
    const desk = await openDesk();
    await desk.sheets('export');
    const before = desk.all();
    expect((await desk.sheets('import')).out).toContain('没有改动');
    desk.edit('shops.csv', (rows) => void (rows[1] = ['上海,青浦', '1.35', '']));
    desk.edit('faq.csv', (rows) => {
      rows.push(['', '', '', '', '', '', '', '']);
      for (const row of rows) if (row[5] === '2026-01-01') row[5] = '2026/1/1';
    });
    expect((await desk.sheets('import')).out).toContain('没有改动');
    expect(desk.all()).toEqual(before);
  });

  it('writes what was edited, and keeps the rest of the file as it was, comments too', async () => {
    const desk = await openDesk();
    await desk.sheets('export');
    desk.edit('faq.csv', (rows) => {
      for (const row of rows) {
        if (row[1] === '什么是代收货款？') row[2] = '代收是什么\n代收怎么办';
        if (row[1] === '过年收货吗？') row[3] = '初八收货';
      }
      rows.push(['faq/new.yml', '能寄活鱼吗？', '', '-不能，活物不收。', '', '', '', '客服部']);
    });
    desk.edit('phrases.csv', (rows) => {
      const last = rows.findIndex((row) => row[1] === 'order.where');
      rows.splice(last + 2, 0, ['phrases/order.yml', 'order.where', '现在在{{ order.location }}', '']);
    });
    desk.edit('shops.csv', (rows) => {
      rows.splice(2, 1);
      rows[2] = ['杭州', '4', '+近'];
    });
    const before = desk.all();
    const { code, out } = await desk.sheets('import');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('faq/new.yml  改 0、加 1、删 0') as string });
    const after = desk.all();
    expect(after['faq/cod.md']).toBe(
      before['faq/cod.md']?.replace('> 代收货款是什么意思\n', '> 代收是什么\n> 代收怎么办\n'),
    );
    expect(after['faq/season.yml']).toBe(
      before['faq/season.yml']
        ?.replace('answer: |-\n    停收日期\n    看公告\n', 'answer: 初八收货\n')
        .replaceAll('"2026-01-01"', '2026-01-01')
        .replaceAll('"2036-01-01"', '2036-01-01'),
    );
    expect(after['faq/new.yml']).toBe('- question: 能寄活鱼吗？\n  answer: -不能，活物不收。\n  owner: 客服部\n');
    expect(after['phrases/order.yml']).toContain(
      '# 查货\norder.missing: 没有查到{{ slots.waybill }}   # 没有这个单\n\norder.where:\n',
    );
    expect(after['phrases/order.yml']).toContain('- 现在在{{ order.location }}');
    expect(after['data/shops.csv']).toBe('shop,fee,note\r\n"上海,青浦",1.350,\r\n杭州,4,+近\r\n');
    expect((await desk.sheets('export')).code).toBe(0);
    expect((await desk.sheets('import')).out).toContain('没有改动');
  });

  it('points at sheet, row and column, and then changes nothing', async () => {
    const desk = await openDesk();
    await desk.sheets('export');
    const before = desk.all();
    desk.edit('faq.csv', (rows) => {
      (rows[1] ?? [])[7] = '';
      (rows[2] ?? [])[0] = '../policies.yml';
      (rows[3] ?? [])[5] = '2026-02-30';
    });
    desk.edit('shops.csv', (rows) => void (rows[0] = ['shop', 'fees', 'note']));
    const { code, out } = await desk.sheets('import');
    expect(code).toBe(1);
    expect(out.split('\n').map((line) => line.replace(`${desk.dir}/`, '').split(': ').slice(0, 2).join(' '))).toEqual(
      expect.arrayContaining([
        'faq.csv:2:H error empty-cell',
        'faq.csv:3:A error bad-cell',
        'faq.csv:4:F error bad-date',
        'shops.csv:1:A error missing-column',
      ]),
    );
    expect(desk.all()).toEqual(before);
  });

  it('tells what check finds in the cell it came from', async () => {
    const desk = await openDesk();
    await desk.sheets('export');
    desk.edit('phrases.csv', (rows) => {
      const row = rows.findIndex(([, key]) => key === 'order.where');
      (rows[row + 1] ?? [])[2] = '{{ order.place }}';
    });
    desk.edit('shops.csv', (rows) => void ((rows[3] ?? [])[1] = '三元'));
    const { code, out } = await desk.sheets('import', '--json');
    expect(code).toBe(1);
    const { problems } = JSON.parse(out) as {
      problems: { sheet: string; row: number; column: string; code: string }[];
    };
    const row =
      readCells(readFileSync(path.join(desk.dir, 'phrases.csv'), 'utf8')).findIndex(
        (one) => one[2] === '{{ order.place }}',
      ) + 1;
    expect(problems).toContainEqual(
      expect.objectContaining({ sheet: 'phrases.csv', row, column: 'C', severity: 'error' }),
    );
    expect(problems).toContainEqual(
      expect.objectContaining({ sheet: 'shops.csv', row: 4, column: 'B', code: 'bad-cell' }),
    );
  });

  it('says what a file cannot hold, and takes no lost rows for a wish', async () => {
    const desk = await openDesk();
    await desk.sheets('export');
    desk.edit('faq.csv', (rows) => {
      const row = rows.find((one) => one[1] === '什么是代收货款？') ?? [];
      row[7] = '另一位';
      rows.splice(
        rows.findIndex((one) => one[0] === 'faq/hours.yml'),
        1,
      );
    });
    const { code, out } = await desk.sheets('import');
    expect(code).toBe(1);
    expect(out).toMatch(/faq\.csv:2:H: error bad-cell: faq\/cod\.md/);
    expect(out).toMatch(/error empty-file: faq\/hours\.yml/);
  });

  it('refuses what is no sheet in one sentence', async () => {
    const desk = await openDesk();
    for (const [args, words] of [
      [['fly'], /export/],
      [['import'], /export/],
    ] as const)
      expect(await desk.sheets(args[0])).toMatchObject({ code: 2, err: expect.stringMatching(words) as string });
    mkdirSync(desk.dir);
    writeFileSync(path.join(desk.dir, 'faq.csv'), Buffer.from([0xb4, 0xfa, 0xca, 0xd5, 0x0a]));
    expect(await desk.sheets('import')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/faq\.csv:1:A: error not-utf8/) as string,
    });
    writeFileSync(path.join(desk.dir, 'faq.csv'), 'file;question;answer\n');
    expect((await desk.sheets('import')).out).toMatch(/faq\.csv:1:A: error wrong-separator/);
  });
});
