import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { playTable } from '../src/commands/play-table.ts';
import { readTables } from '../src/commands/table.ts';
import { ROOT, shipped } from './shipped.ts';

const tables = await readTables(join(ROOT, 'test', 'dialogues'));

describe('the dialogue tables', () => {
  let desk: Awaited<ReturnType<typeof shipped>>;
  beforeAll(async () => {
    desk = await shipped();
  });

  it('are at least eighty', () => {
    expect(tables.length).toBeGreaterThanOrEqual(80);
  });

  it.each(tables.map((table) => [table.name, table] as const))('%s', async (_name, table) => {
    expect(await playTable(desk.knowledge, desk.records, table)).toEqual([]);
  });

  it('notice a difference', async () => {
    const [table] = tables;
    if (table === undefined) throw new Error('no tables');
    const wrong = {
      ...table,
      turns: [{ customer: ['您好'], bot: { says: ['这句话不会出现'], outcome: 'handed' as const } }],
    };
    expect(await playTable(desk.knowledge, desk.records, wrong)).toHaveLength(2);
  });
});
