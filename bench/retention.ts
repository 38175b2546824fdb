import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import Sqlite from 'better-sqlite3';
import { readArguments, wholeNumber } from './arguments.ts';
import { systemClock } from '../src/core/clock.ts';
import { silentLog } from '../src/core/log.ts';
import { startRetention } from '../src/delivery/retention.ts';
import { openSqliteStore } from '../src/store/open-sqlite.ts';

/** `node bench/retention.ts [messages]`: deletes that many old messages, and prints how long anything else had to wait meanwhile. */
const { positionals } = readArguments(import.meta.filename, { allowPositionals: true });
const count = wholeNumber(positionals[0], 100_000);
const folder = mkdtempSync(join(tmpdir(), 'yingsheng-retention-'));
const path = join(folder, 'yingsheng.db');
const store = await openSqliteStore({ path });
const database = new Sqlite(path);
database.transaction(() => {
  const talk = database.prepare(
    `insert into conversations (id, channel, customer_id, is_group, opened_at) values (?, 'webchat', ?, 0, '2020-01-01T00:00:00.000Z')`,
  );
  const line = database.prepare(
    `insert into messages (conversation, direction, channel, platform_id, role, text, at, outcome) values (?, 'in', 'webchat', ?, 'customer', ?, '2020-01-01T00:00:00.000Z', 'answered')`,
  );
  for (let i = 0; i < count; i++) {
    const id = `webchat:${Math.floor(i / 10)}`;
    if (i % 10 === 0) talk.run(id, id);
    line.run(id, String(i), '一句说过的话，'.repeat(10));
  }
})();
database.close();

const delay = monitorEventLoopDelay({ resolution: 1 });
const retention = startRetention({ store, clock: systemClock, log: silentLog, kept: () => 86_400_000 });
delay.enable();
const began = performance.now();
const gone = await retention.round();
const took = performance.now() - began;
delay.disable();
await retention.stop();
await store.close();
rmSync(folder, { recursive: true });
const ms = (nanoseconds: number): string => `${(nanoseconds / 1e6).toFixed(0)} ms`;
process.stdout.write(
  `${JSON.stringify(gone)} in ${(took / 1000).toFixed(1)} s; the event loop was held up ${ms(delay.percentile(99))} at p99, ${ms(delay.max)} at most\n`,
);
process.exitCode = gone.messages === count && delay.max < 200e6 ? 0 : 1;
