import { flushCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { pino } from 'pino';
import type { Config } from '../config.ts';
import { start } from '../main.ts';
import { lockData } from '../store/data-lock.ts';

/**
 * How long a clean end may take, in ms. What has not ended by then is as safe as after a crash: what was acknowledged
 * is on disk, and the next start goes on from there.
 */
const LAST_CALL = 8000;
/** How long whoever started it has to read why it cannot serve, in ms. */
const LAST_WORD = 1000;
/** Garbage may grow to half of what lives, in percent. Left to itself V8 lets it grow to three times that, and gives nothing back. */
const GARBAGE = 50;
/** npm hands on a Ctrl+C that the terminal has told us of already; ms. */
const SAME_SIGNAL = 300;

/** `serve`: runs until SIGINT or SIGTERM. Logs go to stderr as JSON lines, what a person should read to stdout. */
export async function serve(config: Config): Promise<number> {
  const signal = firstSignal();
  setFlagsFromString(`--heap-growing-percent=${GARBAGE}`);
  const unlock = lockData(config.dataDir);
  const log = pino({ level: config.logLevel }, pino.destination(2));
  const tell = (line: string): void => void process.stdout.write(`${line}\n`);
  const running = await start(config, log, tell).catch((error: unknown) => {
    // Some of it runs already, and would keep a process alive that serves nobody.
    setTimeout(() => process.exit(), LAST_WORD).unref();
    throw error;
  });
  // Written when a process ends, else: not by one that is killed.
  flushCompileCache();
  tell(`应声已启动 (Yingsheng is running)
  客户页面 customers  ${running.url}/
  坐席台   agents     ${running.url}/desk`);
  if (running.deskToken.made)
    tell(
      `  坐席口令 desk token ${running.deskToken.value}  (只显示这一次；也可用 DESK_TOKEN 自己设定 / shown once; set DESK_TOKEN to choose your own)`,
    );
  tell('  按 Ctrl+C 结束 (Ctrl+C ends)');

  log.info({ signal: await signal }, 'stopping');
  setTimeout(() => {
    log.warn({ ms: LAST_CALL }, 'what still runs is left to the next start');
    process.exit(0);
  }, LAST_CALL).unref();
  await running.stop();
  unlock();
  return 0;
}

/**
 * SIGINT or SIGTERM, listened for from the beginning: the first process of a container has no other end. A second one
 * quits at once.
 */
function firstSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let askedAt: number | undefined;
    const ask = (name: NodeJS.Signals): void => {
      const now = performance.now();
      if (askedAt !== undefined && now - askedAt > SAME_SIGNAL) process.exit(1);
      askedAt ??= now;
      resolve(name);
    };
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, ask);
  });
}
