/**
 * `npm test`: makes sure of what the tests need beyond npm, then runs vitest with the arguments given; without any,
 * all but the longest.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { LONG, LONG_CLOCKS } from '../vitest.config.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

function has(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function hasChineseFont(): boolean {
  const listed = spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' });
  return listed.status === 0 && listed.stdout.trim() !== '';
}

const missing = [
  ...(existsSync(CHROMIUM) ? [] : ['chromium']),
  ...(hasChineseFont() ? [] : ['fontconfig', 'fonts-noto-cjk']),
];
if (missing.length > 0) {
  const install = `apt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !has('apt-get', '--version')) {
    process.stderr.write(
      `The browser tests need ${missing.join(' and ')}. Install them, e.g. on Debian:\n  sudo sh -c '${install}'\nor set CHROMIUM to the path of a Chromium.\n`,
    );
    process.exit(1);
  }
  process.stderr.write(`Installing ${missing.join(', ')} for the browser tests (once, about a minute) ...\n`);
  execFileSync('sh', ['-c', install], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

const asked = process.argv.slice(2);
const everyday = asked.length === 0;
const args = everyday ? ['--project', '!long*'] : asked;
const vitest = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...args], { stdio: 'inherit' });
if (everyday)
  process.stdout.write(
    `Left out, as they take minutes: ${LONG.length + LONG_CLOCKS.length} files with whole programs, killed, filled up, under load and the like. CI runs them too: npm test -- --project 'long*'\n`,
  );
process.exit(vitest.status ?? 1);
