import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** What writes to the disk, and what may send something: Node writes to sockets with the first and the second. */
export const TO_DISK = ['pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'unlink'] as const;
export const SENDS = ['write', 'writev', 'sendto', 'sendmsg'] as const;
export type Call = (typeof TO_DISK)[number] | (typeof SENDS)[number];

/** `from`: the n-th such call of a thread, from 1; then, where there is a step, every so many calls again. */
export interface Injection {
  readonly call: Call;
  readonly fault: 'KILL' | 'EIO' | 'ENOSPC';
  readonly from: number;
  readonly step?: number;
}

/** Makes sure of strace, as root with apt by itself. Gives what to do where it cannot be used; null where it can. */
export function tracerTrouble(): string | null {
  const tried = tryTracer();
  if (tried.status === 0) return null;
  if (tried.error === undefined)
    return `strace does not run here (${tried.stderr.trim()}): allow ptrace, e.g. docker run --cap-add=SYS_PTRACE`;
  const install = 'apt-get update && apt-get install -y --no-install-recommends strace';
  if (process.getuid?.() === 0) {
    process.stderr.write('Installing strace (once) ...\n');
    spawnSync('sh', ['-c', install], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    if (tryTracer().status === 0) return null;
  }
  return `The faults at every write need strace. Install it, e.g. on Debian:\n  sudo sh -c '${install}'\nor leave them out: --only storm`;
}

const tryTracer = () => spawnSync('strace', ['-o', '/dev/null', 'true'], { encoding: 'utf8' });

/**
 * The command that runs another one and lets the calls of its main thread fail: SQLite and the sockets are that thread's.
 * Without a filter in the kernel (--seccomp-bpf), for then strace 6.1 injects errors but no signals.
 */
export function tracerFor({ call, fault, from, step }: Injection, output: string): readonly string[] {
  const effect = fault === 'KILL' ? 'signal=KILL' : `error=${fault}`;
  const when = `when=${from}${step === undefined ? '' : `+${step}`}`;
  const inject = `inject=${call}:${effect}:${when}`;
  return ['strace', '-o', output, '-e', `trace=${call}`, '-e', inject];
}

export function countingTracer(output: string): readonly string[] {
  return ['strace', '-o', output, '-e', `trace=${[...TO_DISK, ...SENDS].join()}`];
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
