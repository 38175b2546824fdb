import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Whole programs, browsers and command lines: each takes seconds to start. */
const ROADS = ['test/browser/**', 'test/serve/**', 'test/commands/**', 'test/gaps/**', 'test/sheets/**'];
/**
 * The longest, left to CI and to whoever asks: programs that are killed, filled up, backed up under load, an administrator's day, other people's clients, and
 * the proof that the simulation finds what is wrong.
 */
export const LONG = [
  'test/browser/directlinejs.test.ts',
  'test/browser/hostile.test.ts',
  'test/browser/readme.test.ts',
  'test/browser/resilience.test.ts',
  'test/browser/safety.test.ts',
  'test/browser/webchat.test.ts',
  'test/browser/wechat.test.ts',
  'test/commands/administrator-exercise.test.ts',
  'test/commands/gaps.test.ts',
  'test/commands/preview.test.ts',
  'test/commands/privacy-commands.test.ts',
  'test/commands/sheets.test.ts',
  'test/serve/backup.test.ts',
  'test/serve/full-disk.test.ts',
  'test/serve/kill.test.ts',
  'test/serve/load.test.ts',
  'test/serve/privacy.test.ts',
  'test/serve/reload-kill.test.ts',
  'test/serve/shutdown.test.ts',
  'test/serve/wechat-kill.test.ts',
  'test/simulation/faults.test.ts',
];
/** The same, of what happens by a real clock. */
export const LONG_CLOCKS = [
  'test/channels/wechat/connection.test.ts',
  'test/channels/wechat/patience.test.ts',
  'test/channels/wechat/restart.test.ts',
  'test/delivery/kill.test.ts',
];
/** What happens by a real clock: told apart so that a busy machine does not make it late. */
const CLOCKS = ['test/channels/wechat/**', 'test/delivery/**'];

const files = (folders: readonly string[]): string[] => folders.map((folder) => `${folder}/*.test.ts`);

export default defineConfig({
  test: {
    env: {
      // Every time in tests and data is told in the zone of the company.
      TZ: 'Asia/Shanghai',
      // The processes that tests start need not compile the same files each time.
      NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules', '.cache', 'compiled'),
    },
    pool: 'forks',
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: process.env['CI'] ? ['default'] : ['dot'],
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          // What one file has loaded the next need not load again: parts keep nothing in their modules.
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [...ROADS, ...CLOCKS, ...LONG],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        // A browser on a machine of two cores is late now and then; what is wrong is wrong twice.
        test: { name: 'roads', include: files(ROADS), exclude: LONG, retry: 1, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: { name: 'long', include: LONG, retry: 1, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: { name: 'clocks', include: files(CLOCKS), exclude: LONG_CLOCKS, retry: 1, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: { name: 'long-clocks', include: LONG_CLOCKS, retry: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
