#!/usr/bin/env -S node --max-semi-space-size=32
/** Where the program begins. What its files were compiled to is kept for the next time, which must be on before they are loaded. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { cacheFolder } from './knowledge/cache-folder.ts';

const folder = cacheFolder();
if (folder !== null) {
  // The processes it starts find it here.
  process.env['NODE_COMPILE_CACHE'] ??= join(folder, 'compiled');
  enableCompileCache(process.env['NODE_COMPILE_CACHE']);
}
// `check | head`: who reads our output may have had enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
const { loadEnvironment } = await import('./config.ts');
loadEnvironment();
const { runCli } = await import('./command-line.ts');
process.exitCode = await runCli(process.argv.slice(2));
