import { expect, it } from 'vitest';
import { maskedLog } from '../../src/core/privacy/masked-log.ts';
import type { Log } from '../../src/core/log.ts';

it('masks what is written, and does not even read what is not', () => {
  const written: unknown[] = [];
  const write = (facts: object, message: string): void => void written.push(facts, message);
  const log: Log & { isLevelEnabled(level: string): boolean } = {
    debug: write,
    info: write,
    warn: write,
    error: write,
    isLevelEnabled: (level) => level !== 'debug',
  };
  const masked = maskedLog(log);
  const unread = {
    get words(): string {
      throw new Error('read');
    },
  };
  masked.debug(unread, 'nobody asked for this');
  expect(written).toEqual([]);
  masked.warn({ words: '我的电话是13812345678' }, 'call 13812345678');
  expect(JSON.stringify(written)).not.toContain('13812345678');
  expect(written).toHaveLength(2);
  expect(() => masked.info(unread, 'this is read')).toThrow('read');
});
