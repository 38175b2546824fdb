import Sqlite from 'better-sqlite3';

/** How long this thread was kept from its event loop at a stretch; ms. */
export interface HeldUp {
  /** By the clock. */
  readonly ms: number;
  /** Its own work: processor time it had in one stretch. What is missing to `ms` it waited, for the disk or for its turn on the processor. */
  readonly cpu: number;
  /** One wait for the disk, when a transaction ends. */
  readonly disk: number;
}

const STEP_MS = 5;

/** Looks at the clock and at the thread's processor time every few ms. `worst`: the worst of each since it was asked last. */
export function watchLoop(): { worst(): HeldUp } {
  let [at, used] = [performance.now(), process.threadCpuUsage()];
  let [ms, cpu, disk] = [0, 0, 0];
  function look(): void {
    const [now, { user, system }] = [performance.now(), process.threadCpuUsage(used)];
    ms = Math.max(ms, now - at - STEP_MS);
    cpu = Math.max(cpu, (user + system) / 1000);
    [at, used] = [performance.now(), process.threadCpuUsage()];
  }
  setInterval(look, STEP_MS).unref();

  const prototype = Sqlite.prototype as { exec: (this: Sqlite.Database, source: string) => Sqlite.Database };
  const { exec } = prototype;
  prototype.exec = function (source) {
    const began = performance.now();
    try {
      return exec.call(this, source);
    } finally {
      disk = Math.max(disk, performance.now() - began);
    }
  };

  return {
    worst() {
      look();
      const found = { ms, cpu, disk };
      [ms, cpu, disk] = [0, 0, 0];
      return found;
    },
  };
}
