import { pino } from 'pino';
import type { Config } from '../config.ts';
import { start } from '../main.ts';

/** Longer than any clean end takes; a second signal does not wait for it. */
const LAST_CALL = 15_000;

/** `serve`: runs until SIGINT or SIGTERM. Logs go to stderr as JSON lines, what a person should read to stdout. */
export async function serve(config: Config): Promise<number> {
  const log = pino({ level: config.logLevel }, pino.destination(2));
  const tell = (line: string): void => void process.stdout.write(`${line}\n`);
  const running = await start(config, log, tell);
  tell(`应声已启动 (Yingsheng is running)
  客户页面 customers  ${running.url}/
  坐席台   agents     ${running.url}/desk`);
  if (running.deskToken.made)
    tell(
      `  坐席口令 desk token ${running.deskToken.value}  (只显示这一次；也可用 DESK_TOKEN 自己设定 / shown once; set DESK_TOKEN to choose your own)`,
    );
  tell('  按 Ctrl+C 结束 (Ctrl+C ends)');

  const signal = await new Promise<string>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve(name));
  });
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => process.exit(1));
  log.info({ signal }, 'stopping');
  setTimeout(() => process.exit(1), LAST_CALL).unref();
  await running.stop();
  return 0;
}
