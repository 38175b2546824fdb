/**
 * How soon the shipped program answers after a start with a large database and a long backlog, how the backlog is worked off and
 * what new customers feel of it, how long a clean end under load takes, and backup and restore of it all.
 * `node bench/recovery.ts [--short] [--megabytes N] [--waiting N]`
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { createProgress } from '../src/commands/progress.ts';
import { runCli } from '../test/commands/run-cli.ts';
import { newCustomer } from '../test/serve/customer.ts';
import { startProgram, type Program } from '../test/serve/program.ts';
import { readArguments, wholeNumber } from './arguments.ts';
import { makeDatabase, wrongOrder } from './recovery/database.ts';

const { values } = readArguments(import.meta.filename, {
  options: { short: { type: 'boolean' }, megabytes: { type: 'string' }, waiting: { type: 'string' } },
});
const megabytes = wholeNumber(values.megabytes, values.short ? 20 : 1024);
const waiting = wholeNumber(values.waiting, values.short ? 300 : 10_000);
const QUESTION = '你们几点下班';
/** A new customer comes so often while the backlog is worked off, and as many afterwards; ms. */
const EVERY = 250;
const WRITERS = 16;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const row = (what: string, figure: string): void =>
  void process.stdout.write(`${what.padEnd(58)}${figure.padStart(14)}\n`);

const folder = mkdtempSync(join(tmpdir(), 'yingsheng-recovery-'));
const dataDir = join(folder, 'data');
const path = join(dataDir, 'yingsheng.db');
let program: Program | undefined;
let failed = false;

function must(ok: boolean, what: string): void {
  row(what, ok ? 'yes' : 'NO');
  failed ||= !ok;
}

/** From one customer's first post to the reply on their page, in ms. */
async function firstReply(url: string, user: string, began: number): Promise<number> {
  const customer = await newCustomer(() => url, user);
  await customer.say(QUESTION, user);
  while (!(await customer.heard()).some(({ from }) => from.id !== user)) await wait(10);
  return performance.now() - began;
}

/** The same, seen in the log rather than on the page: asking the page again and again would be a load of its own. */
async function reply(url: string, user: string, log: Sqlite.Database): Promise<number> {
  const customer = await newCustomer(() => url, user);
  const sent = log.prepare(`select 1 from messages where conversation = ? and delivery = 'sent'`);
  const began = performance.now();
  await customer.say(QUESTION, user);
  while (sent.get(`webchat:${customer.conversation}`) === undefined) await wait(10);
  return performance.now() - began;
}

function quantile(times: readonly number[], q: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN;
}

try {
  process.stdout.write(
    `${new Date().toISOString()} · ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'} · node ${process.version}\n`,
  );
  const made = await makeDatabase(path, { megabytes, waiting });
  row('database', `${(statSync(path).size / 1024 / 1024).toFixed(0)} MB`);
  row('messages in it', String(made.messages));
  row('waiting at the start', `${made.waiting}`);
  row('  in so many conversations', `${made.conversations}`);

  // The trained knowledge is remembered between starts, as it is where a program is started again.
  await (await startProgram({ dataDir: join(folder, 'warm') })).end('SIGTERM');
  const [began, startedAt] = [performance.now(), Date.now()];
  const running = (program = await startProgram({ dataDir }));
  row('start until it listens', seconds(performance.now() - began));
  row('start until a new customer has a reply', seconds(await firstReply(running.url, 'dl_first', began)));

  const watch = new Sqlite(path, { readonly: true, timeout: 5000 });
  const count = watch
    .prepare<[number], number>(`select count(*) from messages where direction = 'in' and outcome is null and seq <= ?`)
    .pluck();
  const left = (): number => count.get(made.lastSeq) ?? 0;
  const progress = createProgress('answering the backlog', made.waiting);
  const during: number[] = [];
  const asking: Promise<void>[] = [];
  for (let last = 0; left() > 0; await wait(20)) {
    progress.tell(made.waiting - left());
    if (performance.now() - last < EVERY) continue;
    last = performance.now();
    asking.push(reply(running.url, `dl_during-${asking.length}`, watch).then((ms) => void during.push(ms)));
  }
  progress.end();
  const drained = performance.now() - began;
  await Promise.all(asking);
  const firstSent = watch
    .prepare<[number], string>(`select min(delivered_at) from messages where seq > ? and direction = 'out'`)
    .pluck()
    .get(made.lastSeq);
  row('start until somebody who waited has a reply', seconds(Date.parse(firstSent ?? '') - startedAt));
  row('start until the backlog is answered', seconds(drained));
  row('  messages a second', (made.waiting / (drained / 1000)).toFixed(0));
  const afterwards = await Promise.all(
    Array.from({ length: Math.max(20, Math.min(during.length, 100)) }, async (_, n) => {
      await wait(n * EVERY);
      return reply(running.url, `dl_after-${n}`, watch);
    }),
  );
  if (during.length === 0) row('reply to a new customer meanwhile', 'nobody came');
  else {
    row('reply to a new customer meanwhile, p50', `${quantile(during, 0.5).toFixed(0)} ms`);
    row('  p99', `${quantile(during, 0.99).toFixed(0)} ms`);
    row('  / afterwards, p50', `${(quantile(during, 0.5) / quantile(afterwards, 0.5)).toFixed(2)}x`);
  }
  row('reply to a new customer afterwards, p50', `${quantile(afterwards, 0.5).toFixed(0)} ms`);
  row('  p99', `${quantile(afterwards, 0.99).toFixed(0)} ms`);
  must(wrongOrder(watch, made.lastSeq) === 0, 'every conversation answered in the order of its questions');
  watch.close();

  let writing = true;
  const writers = Array.from({ length: WRITERS }, async (_, n) => {
    const customer = await newCustomer(() => running.url, `dl_writer-${n}`);
    let kept = 0;
    for (let i = 0; writing; i += 1) {
      const answer = await customer.say(`${QUESTION} ${i}`, `w-${n}-${i}`).catch(() => undefined);
      if (answer?.status === 200) kept += 1;
      else await wait(10);
    }
    return { id: customer.conversation, kept };
  });
  await wait(500);
  const file = join(folder, 'backup.db');
  let mark = performance.now();
  const backup = await runCli(['backup', file, '--data-dir', dataDir]);
  row('backup under load, checked', seconds(performance.now() - mark));
  must(backup.code === 0, 'backup done');
  mark = performance.now();
  const code = await running.end('SIGTERM');
  row('SIGTERM under load until the end', seconds(performance.now() - mark));
  must(code === 0, 'clean end (exit code 0)');
  writing = false;
  const acknowledged = await Promise.all(writers);

  const after = new Sqlite(path, { readonly: true });
  const keptOf = after
    .prepare<[string], number>(`select count(*) from messages where conversation = ? and direction = 'in'`)
    .pluck();
  const lost = acknowledged.reduce(
    (sum, { id, kept }) => sum + Math.max(0, kept - (keptOf.get(`webchat:${id}`) ?? 0)),
    0,
  );
  after.close();
  must(
    lost === 0,
    `acknowledged messages lost at the end: ${lost} of ${acknowledged.reduce((n, { kept }) => n + kept, 0)}`,
  );

  mark = performance.now();
  const restored = await runCli(['restore', file, '--data-dir', join(folder, 'elsewhere')]);
  row('restore elsewhere, checked', seconds(performance.now() - mark));
  must(restored.code === 0, 'restore done');
  // What waited at the moment of the backup waits again, and is answered by the next start.
  program = await startProgram({ dataDir: join(folder, 'elsewhere') });
  const copy = new Sqlite(join(folder, 'elsewhere', 'yingsheng.db'), { readonly: true, timeout: 5000 });
  const waits = copy.prepare(`select 1 from messages where direction = 'in' and outcome is null`);
  for (let tries = 0; waits.get() !== undefined && tries < 600; tries += 1) await wait(100);
  copy.close();
  const { code: accounted } = await runCli(['ledger', '--data-dir', join(folder, 'elsewhere')]);
  must(accounted === 0, 'nothing unaccounted in the restored database');
} finally {
  await program?.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
