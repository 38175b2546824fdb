import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { runCli } from '../commands/run-cli.ts';
import { newCustomer } from './customer.ts';
import { startProgram, until, type Program } from './program.ts';

interface Disk {
  readonly dir: string;
  /** What readiness says of it. */
  readonly reason: string;
  /** Leaves no room for anything. */
  fill(program: Program): void;
  free(program: Program): void;
  remove(): void;
}

const disk = smallDisk();
let program: Program | undefined;

afterEach(() => program?.end('SIGKILL'));
afterAll(() => disk.remove());

/** A real one of 8 MB where we may mount it; else the largest size that the system lets a file of that process have. */
function smallDisk(): Disk {
  const dir = mkdtempSync(join(tmpdir(), 'yingsheng-full-'));
  const remove = (): void => rmSync(dir, { recursive: true, force: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', dir], { stdio: 'pipe' });
  } catch (error) {
    process.stderr.write(
      `full-disk: no disk may be mounted here (${String(error).split('\n')[0]}): limiting file sizes\n`,
    );
    const limit = (pid: number, bytes: string): void =>
      void execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
    return {
      dir,
      reason: 'the disk fails',
      fill: ({ pid }) => limit(pid, '4096'),
      free: ({ pid }) => limit(pid, 'unlimited'),
      remove,
    };
  }
  const filler = join(dir, 'filler');
  return {
    dir,
    reason: 'no room left on the disk',
    fill() {
      const { bavail, bsize } = statfsSync(dir);
      writeFileSync(filler, Buffer.alloc(bavail * bsize, 1));
    },
    free: () => rmSync(filler),
    remove() {
      execFileSync('umount', [dir]);
      remove();
    },
  };
}

it(
  'acknowledges nothing that a full disk cannot keep, says so, and heals by itself',
  { timeout: 120_000 },
  async () => {
    const running = (program = await startProgram({ dataDir: join(disk.dir, 'data') }));
    const customer = await newCustomer(() => running.url, 'dl_full');
    const ready = async () => {
      const response = await fetch(`${running.url}/readyz`);
      return { status: response.status, body: (await response.json()) as { database: string } };
    };
    const post = async (n: number): Promise<{ status: number; retryAfter: string | null; id: string | undefined }> => {
      const response = await customer.post(`你们几点下班 ${n}`, `full-${n}`);
      const body = (await response.json()) as { id?: string; error?: { code: string; message: string } };
      if (response.status !== 200)
        expect(body).toEqual({ error: { code: 'ServiceUnavailable', message: expect.any(String) as string } });
      return { status: response.status, retryAfter: response.headers.get('retry-after'), id: body.id };
    };
    const acknowledged: string[] = [];
    const first = await post(0);
    acknowledged.push(first.id ?? '');
    await until(async () => (await customer.heard()).some(({ from }) => from.id === 'yingsheng'));
    expect(await ready()).toMatchObject({ status: 200, body: { database: 'ok' } });

    disk.fill(running);
    // What the log has room for is kept, and only that is acknowledged.
    let refused = 0;
    for (let n = 1; refused < 5; n += 1) {
      const answer = await post(n);
      if (answer.status === 200) acknowledged.push(answer.id ?? '');
      else {
        expect(answer).toMatchObject({ status: 503, retryAfter: expect.stringMatching(/^\d+$/) as string });
        refused += 1;
      }
      expect(n).toBeLessThan(2000);
    }
    expect(await ready()).toMatchObject({
      status: 503,
      body: { database: expect.stringContaining(disk.reason) as string },
    });
    // The page goes on reading what is there.
    expect((await customer.heard()).map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));

    disk.free(running);
    const healed = await until(async () => {
      const answer = await post(9999);
      return answer.status === 200 && answer;
    }, 30_000);
    acknowledged.push(healed.id ?? '');
    await until(async () => (await ready()).status === 200, 30_000);
    const ledger = await until(async () => {
      const { out } = await runCli(['ledger', '--json', '--data-dir', join(disk.dir, 'data')]);
      const found = JSON.parse(out) as { waiting: number; unaccounted: string[]; left_alone: object };
      return found.waiting === 0 && found;
    }, 60_000);
    expect(ledger.unaccounted).toEqual([]);
    const mine = (await customer.heard()).filter(({ from }) => from.id === 'dl_full').map(({ id }) => id);
    expect(mine).toEqual(acknowledged);

    expect(await running.end('SIGTERM')).toBe(0);
    const lines = running.err().trim().split('\n');
    expect(lines.filter((line) => line.includes('keeps nothing'))).toHaveLength(1);
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      expect.stringContaining('keeps nothing'),
    ]);
  },
);
