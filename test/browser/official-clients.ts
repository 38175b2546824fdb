import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Served } from './server.ts';

const ROOT = join(import.meta.dirname, '../..');
const WEB_CHAT = 'botframework-webchat@4.18.1';
const CACHE = join(ROOT, 'node_modules/.cache/yingsheng-webchat');

/** Microsoft's Web Chat as it is published. Too large to install for its one file, so it is fetched once and kept. */
export function webChatBundle(): string {
  const bundle = join(CACHE, 'package/dist/webchat-minimal.js');
  if (!existsSync(bundle)) {
    process.stderr.write(`Fetching ${WEB_CHAT} (7 MB, once) ...\n`);
    try {
      mkdirSync(CACHE, { recursive: true });
      const quiet = { cwd: CACHE, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] } as const;
      const packed = execFileSync('npm', ['pack', '--silent', WEB_CHAT], quiet).trim().split('\n').at(-1) ?? '';
      execFileSync('tar', ['-xzf', packed, 'package/dist/webchat-minimal.js'], quiet);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`The Web Chat test needs ${WEB_CHAT} from the npm registry, and it could not be fetched: ${why}`, { cause: error });
    }
  }
  return readFileSync(bundle, 'utf8');
}

export function directLineBundle(): string {
  return readFileSync(join(ROOT, 'node_modules/botframework-directlinejs/dist/directline.js'), 'utf8');
}

/** A page on our server's own origin that holds nothing but `script`, as another site's page would embed it. */
export async function openWith(page: Page, served: Served, script: string): Promise<void> {
  await page.route('**/official-client', (route) =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: '<!doctype html><html lang="zh-CN"><body><div id="chat"></div><script src="/official-client.js"></script></body></html>' }),
  );
  await page.route('**/official-client.js', (route) => route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: script }));
  await page.goto(`${served.url}/official-client`);
}

export async function tokenFor(served: Served, user: string): Promise<string> {
  const response = await fetch(`${served.url}/v3/directline/tokens/generate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: { id: user } }),
  });
  return ((await response.json()) as { token: string }).token;
}
