import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { DESK_TOKEN, type Served } from './server.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const SHOTS = join(import.meta.dirname, 'shots');
/** None of Chromium's own errands: a test talks to our server and to nobody else. */
const QUIET =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

export async function launch(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(
      'The browser tests need Chromium: apt-get install chromium fonts-noto-cjk, or set CHROMIUM to its path.',
    );
  }
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args: QUIET.split(' ') });
}

/** After each test: a page left open goes on following the program, and takes its time from the others. */
export async function closePages(browser: Browser): Promise<void> {
  await Promise.all(browser.contexts().map((context) => context.close()));
}

export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
};
export const WIDE: BrowserContextOptions = { viewport: { width: 1360, height: 850 } };

/** A page of a new visitor. `troubles` collects what a page must never have: errors, blocked content, foreign requests. */
export interface Visit {
  readonly page: Page;
  readonly troubles: string[];
}

export async function visit(
  browser: Browser,
  served: Served,
  path = '/',
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) troubles.push(message.text());
  });
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== served.url) troubles.push(`request: ${request.url()}`);
  });
  await page.goto(served.url + path);
  return { page, troubles };
}

export async function shot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), animations: 'disabled' });
}

/** Types into the customer page and sends. */
export async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').fill(text);
  await page.getByRole('textbox').press('Enter');
}

/** The messages in the customer's log, by who said them. */
export const bubbles = (page: Page, role: 'customer' | 'bot' | 'agent') => page.locator(`.message.${role} .bubble`);

export async function signIn(page: Page, agent = '林晓梅'): Promise<void> {
  await page.getByLabel('坐席口令').fill(DESK_TOKEN);
  await page.getByRole('button', { name: '继续' }).click();
  await page.getByRole('button', { name: agent }).click();
  await page.getByText('实时更新').waitFor();
}

/** One call of the desk's API, as an agent's own script would make it. */
export async function desk(
  served: Served,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${served.url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${DESK_TOKEN}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}
