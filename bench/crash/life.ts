import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { DeskFolders } from './desk.ts';

export const DESK_TOKEN = 'desk-token-of-the-bench';

const ROOT = join(import.meta.dirname, '..', '..');

/** Where and with what the program is started, the same for all its lives. */
export interface Setting {
  readonly port: number;
  readonly dataDir: string;
  readonly desk: DeskFolders;
  readonly env: Readonly<Record<string, string>>;
  /** Everything it says on stderr is added to this file. */
  readonly logFile: string;
  /** Arguments for node before the program's own, e.g. a module to import first. */
  readonly nodeArgs?: readonly string[];
}

/** The shipped `serve` from its start to its end. */
export interface Life {
  readonly pid: number;
  /** Resolves with true once it serves, with false when it ended before. */
  readonly ready: Promise<boolean>;
  /** Resolves when all of it is gone, with the exit code; null when it was killed. */
  readonly ended: Promise<number | null>;
  alive(): boolean;
  /** kill -9 for its whole process group. */
  kill(): Promise<void>;
  /** SIGTERM; -9 where that is not heard. Resolves with the exit code. */
  stop(): Promise<number | null>;
}

const STOP_WITHIN = 15_000;

/** Whatever ends the bench ends what it started, too. */
const running = new Set<number>();
process.on('exit', () => running.forEach((pid) => signal(pid, 'SIGKILL')));
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => process.exit(1));

/** `tracer`: a command that runs the program instead of us, e.g. strace with its options. */
export function startLife(setting: Setting, tracer: readonly string[] = []): Life {
  const [command = process.execPath, ...args] = [
    ...tracer,
    process.execPath,
    ...(setting.nodeArgs ?? []),
    join(ROOT, 'src', 'cli.ts'),
    'serve',
  ];
  const child = spawn(command, args, {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: String(setting.port),
      DATA_DIR: setting.dataDir,
      INTENTS_DIR: setting.desk.intents,
      KNOWLEDGE_DIR: setting.desk.knowledge,
      DESK_TOKEN,
      LOG_LEVEL: 'error',
      ...setting.env,
    },
  });
  child.stderr.pipe(createWriteStream(setting.logFile, { flags: 'a' }));
  if (child.pid !== undefined) running.add(child.pid);
  let alive = true;
  const ended = new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (code) => {
      alive = false;
      signal(child.pid, 'SIGKILL');
      running.delete(child.pid ?? 0);
      resolve(code);
    });
  });
  const ready = new Promise<boolean>((resolve) => {
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes('http://')) resolve(true);
    });
    void ended.then(() => resolve(false));
  });
  return {
    pid: child.pid ?? 0,
    ready,
    ended,
    alive: () => alive,
    async kill() {
      signal(child.pid, 'SIGKILL');
      await ended;
    },
    async stop() {
      signal(child.pid, 'SIGTERM');
      const alarm = setTimeout(() => signal(child.pid, 'SIGKILL'), STOP_WITHIN);
      const code = await ended;
      clearTimeout(alarm);
      return code;
    },
  };
}

/** To the group: whatever the program started goes with it. */
function signal(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // Nobody of it is left.
  }
}

/** A port that is free now; asked for once, so that every life has the same address. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
