import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runCli } from '../commands/run-cli.ts';
import { newCustomer } from './customer.ts';
import { startProgram, until, type Program } from './program.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'yingsheng-shutdown-'));
let program: Program | undefined;

afterEach(async () => {
  await program?.end('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it('ends when its database cannot be used, though parts of it run already', { timeout: 60_000 }, async () => {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(join(dataDir, 'yingsheng.db'), 'not a database at all, whatever its name says');
  await expect(startProgram({ dataDir })).rejects.toThrow(/serve ended with 1: .*that file is no database/s);
});

describe('SIGTERM', { timeout: 120_000 }, () => {
  it('ends cleanly under load and loses nothing that was acknowledged; a second one quits at once', async () => {
    let running = (program = await startProgram({ dataDir }));
    const port = Number(new URL(running.url).port);

    // A second program on the same data is told so, and the first one does not notice.
    const second = await runCli(['serve', '--data-dir', dataDir], '', { PORT: '0' });
    expect(second).toMatchObject({ code: 1, out: '' });
    expect(second.err.trim().split('\n')).toEqual([expect.stringContaining('another Yingsheng uses that data folder')]);

    const customers = await Promise.all(
      Array.from({ length: 16 }, (_, n) => newCustomer(() => running.url, `dl_${n}`)),
    );
    const acknowledged = customers.map((): string[] => []);
    let writing = true;
    const load = customers.map(async (customer, n) => {
      for (let i = 0; writing; i += 1) {
        const answer = await customer.say(`你们几点下班 ${i}`, `${n}-${i}`).catch(() => undefined);
        if (answer?.status === 200 && answer.id !== undefined) acknowledged[n]?.push(answer.id);
        else await wait(20);
      }
    });
    await wait(700);
    expect(await running.end('SIGTERM')).toBe(0);
    writing = false;
    await Promise.all(load);
    expect(Math.min(...acknowledged.map((ids) => ids.length))).toBeGreaterThan(0);

    running = program = await startProgram({ dataDir, port });
    const ledger = await until(async () => {
      const { out } = await runCli(['ledger', '--json', '--data-dir', dataDir]);
      const found = JSON.parse(out) as { waiting: number; unaccounted: string[] };
      return found.waiting === 0 && found;
    }, 60_000);
    expect(ledger.unaccounted).toEqual([]);
    for (const [n, customer] of customers.entries()) {
      const heard = (await customer.heard()).map(({ id }) => id);
      expect(heard.filter((id) => acknowledged[n]?.includes(id))).toEqual(acknowledged[n]);
    }

    // A request that never ends holds the clean end up for some seconds: time enough to be asked again.
    const slow = connect(port, '127.0.0.1');
    slow.on('error', () => {});
    slow.write(
      'POST /v3/directline/tokens/generate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
    );
    await wait(200);
    const ended = running.end('SIGTERM');
    await wait(500);
    expect(await Promise.race([ended, wait(0).then(() => 'still ending')])).toBe('still ending');
    void running.end('SIGINT');
    expect(await ended).toBe(1);
    slow.destroy();
  });
});
