import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts');
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
async function evaluate(...args: string[]): Promise<Record<string, unknown>> {
  const stdout = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, [cli, 'evaluate', ...args, '--json'], (error, out, stderr) =>
      error === null ? resolve(out) : reject(Object.assign(new Error(stderr), { code: error.code })),
    );
  });
  return JSON.parse(stdout) as Record<string, unknown>;
}

const train = file(
  'train',
  '货款什么时候到\tpay\n查一下货款\tpay\n我的货到哪了\ttrack\n查货到哪里了\ttrack\n天气真好\toos\n',
);
const test = file('test', '\uFEFF货款到了吗\tpay\r\n\r\n货到哪了\ttrack\r\n');
const oos = file('oos', '晚上吃什么\toos\n');

describe('evaluate', () => {
  it('trains on any lines and tells all figures', async () => {
    const figures = await evaluate(
      '--train',
      train,
      '--test',
      test,
      '--dev',
      test,
      '--oos-dev',
      oos,
      '--oos-test',
      oos,
    );
    expect(figures).toMatchObject({ examples: 5, intents: 2, accuracy: 1, macro_f1: 1, oos_auroc: 1 });
    expect(figures).toMatchObject({ operating_point: { in_scope_right: 1, out_of_scope_refused: 1 } });
    for (const name of ['train_seconds', 'mean_ms', 'p95_ms', 'peak_memory_mb', 'calibration_error'])
      expect(figures[name]).toBeTypeOf('number');
  });

  it('measures the search of answers, by id or by answer', async () => {
    const faq = file('faq', '几点上班\t八点\n怎么收费\t按重量\n');
    const similar = file('similar', '营业时间是什么时候\t八点\n');
    const queries = file('queries', '你们营业时间\t八点\n收费怎么算\t按重量\n多重\t没有这条\n');
    const { faq: figures } = await evaluate('--faq', faq, '--similar', similar, '--queries', queries);
    expect(figures).toMatchObject({ entries: 2, wordings: 3, top1: 0.6667, top3: 0.6667, mrr: 0.6667 });
  });

  it.each([
    [['--train', train], '--test'],
    [['--train', train, '--test', join(folder, 'none')], 'none'],
    [['--train', file('bad', '没有标签\n'), '--test', test], 'bad:1'],
  ])('says in one sentence what is wrong with %j', async (args, words) => {
    await expect(evaluate(...args)).rejects.toMatchObject({
      code: 2,
      message: expect.stringContaining(words) as string,
    });
  });
});
