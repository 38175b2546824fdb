import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { bubbles, launch, say, shot, signIn, visit, WIDE } from './browser.ts';
import { serve, type Served } from './server.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let served: Served;
let browser: Browser;
beforeAll(async () => {
  [served, browser] = await Promise.all([serve(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

/** Says each line when the one before has been answered. */
async function talk(page: Page, lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    const before = await bubbles(page, 'bot').count();
    await say(page, line);
    await expect.poll(() => bubbles(page, 'bot').count(), { timeout: 15_000 }).toBeGreaterThan(before);
  }
}

it('tells the story of the README: a late payment, asked by a customer and settled by an agent', async () => {
  for (const lines of [['派送员态度太差了，我要投诉'], ['转人工']]) {
    const { page } = await visit(browser, served);
    await talk(page, lines);
  }
  const { page: customer } = await visit(browser, served, '/', { viewport: { width: 880, height: 900 } });
  await talk(customer, ['我的12345678单号的货款为什么半个月了还没有收到', '5678']);

  const { page } = await visit(browser, served, '/desk', WIDE);
  await signIn(page, '郑文静');
  await page.getByRole('button', { name: /查款/ }).click();
  await page.getByText('还没有人认领').waitFor();
  await page.keyboard.press('c');
  await page.getByText('由您负责').waitFor();
  await page.keyboard.press('r');
  await page.locator('textarea:focus').waitFor();
  await page.keyboard.type('您好，我是代收专员郑文静。这笔货款已经催办，财务今天下班前汇出，到账后我马上告诉您。');
  await page.keyboard.press('Enter');
  await bubbles(customer, 'agent').getByText('我是代收专员郑文静').waitFor();
  await say(customer, '好的，麻烦您了');
  await page.getByRole('log').getByText('好的，麻烦您了').waitFor();
  await page.mouse.move(700, 30);
  await shot(page, 'desk');
  await shot(customer, 'customer');
});
