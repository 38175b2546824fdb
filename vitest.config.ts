import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Whole programs, browsers and command lines: each takes seconds to start. */
const ROADS = [
  'test/browser/**',
  'test/serve/**',
  'test/commands/**',
  'test/gaps/**',
  'test/preview/**',
  'test/sheets/**',
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
          exclude: [...ROADS, ...CLOCKS],
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        // A browser on a machine of two cores is late now and then; what is wrong is wrong twice.
        test: { name: 'roads', include: files(ROADS), maxWorkers: 3, retry: 1, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: { name: 'clocks', include: files(CLOCKS), maxWorkers: 3, retry: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
