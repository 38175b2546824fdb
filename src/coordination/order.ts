/** Work on one key runs one after the other; on different keys at once, at most `concurrency`. */
export interface Order {
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  idle(): Promise<void>;
}

export function createOrder(concurrency: number): Order {
  /** By key, the work behind the one that runs or is about to; a key is gone when its last work has ended. */
  const lines = new Map<string, (() => void)[]>();
  /** First in their line, waiting for room. */
  const ready: (() => void)[] = [];
  let running = 0;
  const waitingForIdle: (() => void)[] = [];

  function start(): void {
    while (running < concurrency) {
      const job = ready.shift();
      if (!job) return;
      running++;
      job();
    }
  }

  function end(key: string): void {
    running--;
    const next = lines.get(key)?.shift();
    if (next) ready.push(next);
    else lines.delete(key);
    start();
    if (lines.size > 0) return;
    for (const resolve of waitingForIdle.splice(0)) resolve();
  }

  return {
    run: (key, work) =>
      new Promise((resolve) => {
        const job = (): void => resolve(settled(work).finally(() => end(key)));
        const line = lines.get(key);
        if (line) {
          line.push(job);
          return;
        }
        lines.set(key, []);
        ready.push(job);
        start();
      }),
    idle: () => new Promise((resolve) => (lines.size === 0 ? resolve() : void waitingForIdle.push(resolve))),
  };
}

/** What throws at once fails like what throws later. */
async function settled<T>(work: () => Promise<T>): Promise<T> {
  return await work();
}
