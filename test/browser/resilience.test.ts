import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { bubbles, closePages, launch, say, shot, visit } from './browser.ts';
import { serve, type Served } from './server.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let served: Served;
let browser: Browser;
beforeAll(async () => {
  [served, browser] = await Promise.all([serve(), launch()]);
});
afterEach(() => closePages(browser));
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

const online = (page: Page) => page.locator('.line-state.online').waitFor();
/** A mark on the page's window: gone after a reload. */
const mark = (page: Page) => page.evaluate(() => void ((globalThis as { stayed?: boolean }).stayed = true));
const stayed = (page: Page) => page.evaluate(() => (globalThis as { stayed?: boolean }).stayed === true);

describe('the customer page on a bad line', () => {
  it('sends again what was dropped on the way back, and it stands in the log once', async () => {
    const { page } = await visit(browser, served);
    await online(page);
    let dropped = 0;
    await page.route('**/activities', async (route) => {
      if (route.request().method() !== 'POST' || dropped > 0) return route.continue();
      dropped += 1;
      // The server has it; the page never hears so.
      await route.fetch();
      return route.abort();
    });
    await say(page, '你们几点上班');
    await bubbles(page, 'bot').first().waitFor();
    await page.reload();
    await bubbles(page, 'bot').first().waitFor();
    expect(dropped).toBe(1);
    expect(await bubbles(page, 'customer').allInnerTexts()).toEqual(['你们几点上班']);
    expect(await bubbles(page, 'bot').count()).toBe(1);
  });

  it('says that it is cut off, keeps what is written meanwhile, and goes on after a restart without a reload', async () => {
    const { page, troubles } = await visit(browser, served);
    await say(page, '您好');
    await bubbles(page, 'bot').first().waitFor();
    await mark(page);
    await served.stop('SIGKILL');
    await page.getByText('网络断开，正在重连…', { exact: true }).waitFor();
    await say(page, '你们几点上班');
    await page.getByText('未送达，联网后自动重发').waitFor();
    await shot(page, 'customer-cut-off');

    await served.start();
    await expect.poll(() => bubbles(page, 'bot').count(), { timeout: 40_000 }).toBeGreaterThan(1);
    await online(page);
    expect(await bubbles(page, 'customer').allInnerTexts()).toEqual(['您好', '你们几点上班']);
    expect(await page.getByText('未送达').count()).toBe(0);
    expect(await stayed(page)).toBe(true);
    expect(troubles).toEqual([]);
  });

  it('asks by polling where sockets do not get through', async () => {
    const { page } = await visit(browser, served, '/healthz');
    await page.routeWebSocket(/stream/, (socket) => void socket.close());
    await page.goto(served.url);
    await say(page, '你们几点上班');
    await bubbles(page, 'bot').first().waitFor();
  });

  it('begins a new conversation when the old one is not known any more, with the typed words kept', async () => {
    const { page } = await visit(browser, served);
    await say(page, '您好');
    await bubbles(page, 'bot').first().waitFor();
    await page.getByRole('textbox').fill('这句话不能丢');
    let refused = 0;
    await page.route(/\/v3\/directline\/conversations\/.*/, (route) => {
      if (refused > 0) return route.continue();
      refused += 1;
      return route.fulfill({ status: 403, json: { error: { code: 'TokenExpired', message: 'expired' } } });
    });
    await page.getByRole('textbox').press('Enter');
    await page.getByText('上次会话已结束，以下是新的会话').waitFor();
    await expect.poll(() => bubbles(page, 'bot').count()).toBeGreaterThan(1);
    await page.reload();
    await bubbles(page, 'customer').first().waitFor();
    expect(await bubbles(page, 'customer').allInnerTexts()).toEqual(['这句话不能丢']);
  });

  it('lets the customer try again what the server would not take, and says why', async () => {
    const { page } = await visit(browser, served);
    await online(page);
    let refuse = true;
    await page.route('**/activities', (route) =>
      refuse && route.request().method() === 'POST'
        ? route.fulfill({ status: 413, json: { error: { code: 'MessageSizeTooBig', message: '消息太大了' } } })
        : route.continue(),
    );
    await say(page, '你们几点上班');
    await page.getByText('消息太大了').waitFor();
    refuse = false;
    await page.getByRole('button', { name: '重试' }).click();
    await bubbles(page, 'bot').first().waitFor();
    expect(await bubbles(page, 'customer').count()).toBe(1);
  });
});
