import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const DESK_TOKEN = 'test-token';
const ROOT = join(import.meta.dirname, '../..');

/** The whole program as a child process, with data and knowledge of its own. */
export interface Served {
  readonly url: string;
  /** What it serves; a copy where `editable` was asked for. */
  readonly knowledge: string;
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same port and the same data. */
  start(): Promise<void>;
  /** Stops it and removes its data. */
  close(): Promise<void>;
}

/** What one program found in the shipped files is remembered by the next, so only a test that edits them asks for a copy. */
export async function serve(
  env: Readonly<Record<string, string>> = {},
  { editable = false }: { editable?: boolean } = {},
): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'yingsheng-browser-'));
  const shipped = join(ROOT, 'knowledge');
  const knowledge = editable ? join(folder, 'knowledge') : shipped;
  if (editable) await cp(shipped, knowledge, { recursive: true });
  let running = await run(folder, knowledge, '0', env);
  const { url } = running;

  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    const { child } = running;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  };

  return {
    url,
    knowledge,
    stop,
    start: async () => void (running = await run(folder, knowledge, new URL(url).port, env)),
    close: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves with the address once the program has said it, rejects with its words when it ends before. */
function run(
  folder: string,
  knowledge: string,
  port: string,
  extra: Readonly<Record<string, string>>,
): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ['src/cli.ts', 'serve'], {
    cwd: ROOT,
    env: {
      ...process.env,
      PORT: port,
      HOST: '127.0.0.1',
      DATA_DIR: join(folder, 'data'),
      KNOWLEDGE_DIR: knowledge,
      DATABASE_URL: '',
      DESK_TOKEN,
      LOG_LEVEL: 'error',
      ...extra,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (part: Buffer): void => {
      said += part.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (url !== undefined) resolve({ url, child });
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', (part: Buffer) => (said += part.toString()));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`serve ended with code ${code} before it was up:\n${said}`)));
  });
}
