import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
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
      const quiet = { cwd: CACHE, encoding: 'utf8' as const, stdio: 'pipe' as const };
      const packed = execFileSync('npm', ['pack', '--silent', WEB_CHAT], quiet).trim().split('\n').at(-1) ?? '';
      execFileSync('tar', ['-xzf', packed, 'package/dist/webchat-minimal.js'], quiet);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(
        `The Web Chat test needs ${WEB_CHAT} from the npm registry, and it could not be fetched: ${why}`,
        { cause: error },
      );
    }
  }
  return readFileSync(bundle, 'utf8');
}

export function directLineBundle(): string {
  return readFileSync(join(ROOT, 'node_modules/botframework-directlinejs/dist/directline.js'), 'utf8');
}

/**
 * A page of our server's own origin that runs `script`, as another page of the same site would. The page is the server's
 * (one made up by the test has no network of its own, and Chromium lets it open no sockets); only its policy is lifted.
 */
export async function openWith(browser: Browser, served: Served, script: string): Promise<Page> {
  const context = await browser.newContext({ bypassCSP: true, locale: 'zh-CN', viewport: { width: 480, height: 760 } });
  const page = await context.newPage();
  await page.goto(`${served.url}/healthz`);
  await page.setContent('<!doctype html><html lang="zh-CN"><body><div id="chat"></div></body></html>');
  await page.addScriptTag({ content: script });
  return page;
}

export async function tokenFor(served: Served, user: string): Promise<string> {
  const response = await fetch(`${served.url}/v3/directline/tokens/generate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: { id: user } }),
  });
  return ((await response.json()) as { token: string }).token;
}
