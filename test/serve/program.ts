import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../shipped.ts';

export interface Program {
  readonly url: string;
  /** Everything it has printed on stdout so far. */
  out(): string;
  /** The same of stderr. */
  err(): string;
  readonly pid: number;
  /** SIGKILL, or a clean end. Resolves with the exit code (null when killed). */
  end(signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT'): Promise<number | null>;
}

export const TOKEN = 'desk-token-of-the-tests';

/** Starts `yingsheng serve` on any free port, or on `port`. */
export async function startProgram(options: {
  dataDir: string;
  intents?: string;
  knowledge?: string;
  port?: number;
  env?: Readonly<Record<string, string>>;
}): Promise<Program> {
  const child: ChildProcess = spawn(process.execPath, [join(ROOT, 'src', 'cli.ts'), 'serve'], {
    cwd: ROOT,
    env: {
      ...process.env,
      PORT: String(options.port ?? 0),
      DATA_DIR: options.dataDir,
      DESK_TOKEN: TOKEN,
      LOG_LEVEL: 'error',
      ...options.env,
      ...options.env,
      ...(options.intents === undefined ? {} : { INTENTS_DIR: options.intents }),
      ...(options.knowledge === undefined ? {} : { KNOWLEDGE_DIR: options.knowledge }),
    },
  });
  let out = '';
  let err = '';
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const found = /(http:\/\/[\d.]+:\d+)\//.exec(out);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    void ended.then((code) => reject(new Error(`serve ended with ${code}: ${err}`)));
  });
  return {
    url,
    out: () => out,
    err: () => err,
    pid: child.pid ?? 0,
    async end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** Waits until `look` gives something. */
export async function until<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
  patienceMs = 15_000,
): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error('it did not come about in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
