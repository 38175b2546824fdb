import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCli } from '../commands/run-cli.ts';
import { newCustomer } from './customer.ts';
import { startProgram, until, type Program } from './program.ts';

const KILLS = 3;
const QUESTIONS = ['你们几点下班', '锂电池能寄吗', '上海到北京几天', '成都网点电话多少', '我要开发票'];

it('answers once whatever it acknowledged, however often it is killed', { timeout: 120_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'yingsheng-kill-'));
  let program: Program = await startProgram({ dataDir });
  const port = Number(new URL(program.url).port);
  try {
    const customers = await Promise.all(QUESTIONS.map((_, index) => newCustomer(() => program.url, `dl_${index}`)));
    const acknowledged: { customer: number; id: string }[] = [];
    let sent = 0;

    for (let kill = 0; kill < KILLS; kill += 1) {
      // Everybody writes while the program dies somewhere in between; what was not acknowledged is sent again, as clients do.
      const writing = customers.map(async (customer, index) => {
        const client = `${index}-${kill}`;
        sent += 1;
        const { id } = await until(async () => {
          const answer = await customer.say(QUESTIONS[index] ?? '', client).catch(() => undefined);
          return answer?.status === 200 ? answer : undefined;
        }, 60_000);
        if (id !== undefined) acknowledged.push({ customer: index, id });
      });
      await new Promise((resolve) => setTimeout(resolve, 5 + kill * 17));
      await program.end('SIGKILL');
      program = await startProgram({ dataDir, port });
      await Promise.all(writing);
    }
    expect(acknowledged).toHaveLength(sent);
    expect(new Set(acknowledged.map(({ id }) => id)).size).toBe(sent);

    const settled = await until(async () => {
      const { out } = await runCli(['ledger', '--json', '--data-dir', dataDir]);
      const ledger = JSON.parse(out) as {
        answered: number;
        merged: number;
        handed: number;
        waiting: number;
        unaccounted: string[];
      };
      return ledger.waiting === 0 && ledger;
    }, 30_000);
    // One outcome each, nobody forgotten.
    expect(settled.unaccounted).toEqual([]);
    expect(settled.answered + settled.merged + settled.handed).toBe(sent);

    for (const [index, customer] of customers.entries()) {
      const activities = await customer.heard();
      const mine = activities.filter((activity) => activity.from.id === `dl_${index}`);
      expect(mine.map((activity) => activity.id).sort()).toEqual(
        acknowledged
          .filter((one) => one.customer === index)
          .map((one) => one.id)
          .sort(),
      );
      const replies = activities.filter((activity) => activity.from.id === 'yingsheng');
      expect(replies.length).toBeGreaterThan(0);
      expect(replies.length).toBeLessThanOrEqual(mine.length);
    }
  } finally {
    await program.end('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  }
});
