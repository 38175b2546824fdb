import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import type { Log } from '../../src/core/log.ts';
import { start } from '../../src/main.ts';
import { ROOT } from '../shipped.ts';

export const DESK_TOKEN = 'desk-token-of-the-hostile';

/** The whole program in this process, on a free port, with files and data of its own. */
export interface House {
  readonly url: string;
  readonly database: string;
  /** What it logged as an error: ours, for what a stranger sends is no error of the program. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

/**
 * `data`: files put into `knowledge/data`. The waits that are meant (to let a customer finish, to slow down who
 * writes much) are off: they are not what is asked about here.
 */
export async function openHouse(
  env: Readonly<Record<string, string>> = {},
  data: Readonly<Record<string, string>> = {},
): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'yingsheng-hostile-'));
  const knowledge = join(folder, 'knowledge');
  cpSync(join(ROOT, 'knowledge'), knowledge, { recursive: true });
  mkdirSync(join(folder, 'data'));
  for (const [name, text] of Object.entries(data)) writeFileSync(join(knowledge, 'data', name), text);
  const policies = join(knowledge, 'policies.yml');
  const shipped = readFileSync(policies, 'utf8');
  writeFileSync(
    policies,
    shipped.replace(/merge_ms: \d+/, 'merge_ms: 0').replace(/messages_per_minute: \d+/, 'messages_per_minute: 1000000'),
  );
  const errors: string[] = [];
  const quiet = (): void => {};
  const log: Log = {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (facts, message) => void errors.push(`${message} ${JSON.stringify(facts)}`),
  };
  const config = readConfig({
    PORT: '0',
    DATA_DIR: join(folder, 'data'),
    INTENTS_DIR: join(ROOT, 'intents'),
    KNOWLEDGE_DIR: knowledge,
    DESK_TOKEN,
    ...env,
  });
  const running = await start(config, log, quiet);
  return {
    url: running.url,
    database: join(folder, 'data', 'yingsheng.db'),
    errors,
    async close() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
