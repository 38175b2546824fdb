import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** What writes to the disk, and what may send something: Node writes to sockets with the first and the second. */
export const TO_DISK = ['pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'unlink'] as const;
export const SENDS = ['write', 'writev', 'sendto', 'sendmsg'] as const;
export type Call = (typeof TO_DISK)[number] | (typeof SENDS)[number];

/**
 * `during`: calls are counted from the first one of the process, or from when it serves (until it has ended).
 * `from`: the n-th such call of the main thread, from 1; then, where there is a step, every so many calls again, up to the `until`-th.
 */
export interface Injection {
  readonly during: 'start' | 'service';
  readonly call: Call;
  readonly fault: 'KILL' | 'EIO' | 'ENOSPC';
  readonly from: number;
  readonly step?: number;
  readonly until?: number;
}

/** What strace is told of a life: what to write down or to let fail, and the file it writes to. */
export interface Trace {
  readonly during: Injection['during'];
  readonly options: readonly string[];
  readonly output: string;
}

/**
 * Lets calls of the main thread fail: SQLite and the sockets are that thread's.
 * Without a filter in the kernel (--seccomp-bpf), for then strace 6.1 injects errors but no signals.
 */
export function traceOf({ during, call, fault, from, step, until }: Injection, output: string): Trace {
  const effect = fault === 'KILL' ? 'signal=KILL' : `error=${fault}`;
  const last = until === undefined ? '' : `..${Math.max(from, until)}`;
  const when = `when=${from}${last}${step === undefined ? '' : `+${step}`}`;
  return { during, output, options: ['-e', `trace=${call}`, '-e', `inject=${call}:${effect}:${when}`] };
}

export function countingTrace(during: Trace['during'], output: string): Trace {
  return { during, output, options: ['-e', `trace=${[...TO_DISK, ...SENDS].join()}`] };
}

/** The command that runs another one under the eye of strace, which stops it at each of its calls: a start takes twice as long. */
export function tracer({ options, output }: Trace): readonly string[] {
  return ['strace', '-o', output, ...options];
}

/** Has strace look at a process that runs. Resolves when it does; it ends with the process. */
export async function attach(pid: number, { options, output }: Trace): Promise<void> {
  const child = spawn('strace', ['-p', String(pid), '-o', output, ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('attached')) resolve();
    });
    child.on('error', reject);
    child.on('exit', () => reject(new Error(`strace does not attach: ${said.trim()}`)));
  });
}

/** Makes sure of strace, as root with apt by itself. Gives what to do where it cannot be used; null where it can. */
export async function tracerTrouble(): Promise<string | null> {
  const install = 'apt-get update && apt-get install -y --no-install-recommends strace';
  if (!existsSync('/usr/bin/strace') && process.getuid?.() === 0) {
    process.stderr.write('Installing strace (once) ...\n');
    spawnSync('sh', ['-c', install], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  }
  if (spawnSync('strace', ['-V']).error !== undefined)
    return `The faults at every write need strace. Install it, e.g. on Debian:\n  sudo sh -c '${install}'\nor leave them out: --only storm`;
  const sleeper = spawn('sleep', ['60'], { stdio: 'ignore' });
  try {
    await attach(sleeper.pid ?? 0, { during: 'service', options: [], output: '/dev/null' });
    return null;
  } catch (error) {
    return `${String(error)}\nAllow ptrace, e.g. docker run --cap-add=SYS_PTRACE, or leave the faults at every write out: --only storm`;
  } finally {
    sleeper.kill('SIGKILL');
  }
}

/** How often each call was made. */
export function countCalls(output: string): ReadonlyMap<Call, number> {
  const text = readFileSync(output, 'utf8');
  const counts = [...TO_DISK, ...SENDS].map((call): [Call, number] => [
    call,
    text.match(new RegExp(`^${call}\\(`, 'gm'))?.length ?? 0,
  ]);
  return new Map(counts.filter(([, times]) => times > 0));
}

/** How many calls were made to fail, or ended the process. */
export function injected(output: string): number {
  if (!existsSync(output)) return 0;
  const text = readFileSync(output, 'utf8');
  return (text.match(/\(INJECTED\)/g) ?? []).length + (/killed by SIGKILL/.test(text) ? 1 : 0);
}
