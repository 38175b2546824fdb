import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Every time in tests and data is told in the zone of the company.
    env: { TZ: 'Asia/Shanghai' },
    pool: 'forks',
    // Many tests wait for a real clock, a socket or a browser: more of them than cores can run at once.
    maxWorkers: 4,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    reporters: process.env['CI'] ? ['default'] : ['dot'],
  },
});
