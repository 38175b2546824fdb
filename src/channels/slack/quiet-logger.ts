import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../core/log.ts';

/** What the SDK says is for its developers, and what matters of it reaches us as an error: kept for those who look for it. */
export function quietLogger(log: Log): Logger {
  const said = (words: readonly unknown[]): object => ({ said: words.map(String).join(' ').slice(0, 200) });
  return {
    debug: () => {},
    info: () => {},
    warn: (...words: unknown[]) => log.debug(said(words), 'slack: bolt warns'),
    error: (...words: unknown[]) => log.debug(said(words), 'slack: bolt reports an error'),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
