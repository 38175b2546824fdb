import { FileBox } from 'file-box';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openGateway, TOKEN, type Gateway } from '../wechat-gateway/gateway.ts';
import { bubbles, launch, say, shot, signIn, visit, WIDE } from './browser.ts';
import { serve, type Served } from './server.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let gateway: Gateway;
let served: Served;
let browser: Browser;
beforeAll(async () => {
  gateway = await openGateway({ loggedIn: false });
  gateway.person('wang', '王五', { friend: false });
  gateway.room('r@chatroom', '客户群', ['wang']);
  const env = {
    WECHATY_PUPPET: 'wechaty-puppet-service',
    WECHATY_PUPPET_SERVICE_TOKEN: TOKEN,
    WECHATY_PUPPET_SERVICE_ENDPOINT: gateway.endpoint,
    PUBLIC_URL: 'https://kefu.example.com/',
  };
  [served, browser] = await Promise.all([serve(env), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
  await gateway?.kill();
});

/** What a telephone reads from the picture on the page. */
async function scanned(page: Page): Promise<string> {
  const picture = page.getByRole('img', { name: '微信登录二维码' });
  await picture.waitFor({ timeout: 60_000 });
  await expect
    .poll(() => picture.evaluate((img: unknown) => (img as { naturalWidth: number }).naturalWidth > 0))
    .toBe(true);
  return FileBox.fromBuffer(await picture.screenshot(), 'code.png').toQRCode();
}

describe('WeChat, from the desk page and the customer page', () => {
  it('is logged in by the code on the desk page, which follows the code and goes; a logout is told', async () => {
    const { page, troubles } = await visit(browser, served, '/desk', WIDE);
    await signIn(page);
    let code = 'http://weixin.qq.com/x/Abc-1';
    const scanning = setInterval(() => gateway.puppet.emit('scan', { qrcode: code, status: 2 }), 300);
    expect(await scanned(page)).toBe(code);
    await page.getByText('微信需要登录').waitFor();
    await shot(page, 'desk-wechat-login');
    code = 'http://weixin.qq.com/x/Def-2';
    await expect.poll(() => scanned(page), { timeout: 20_000, interval: 1000 }).toBe(code);
    clearInterval(scanning);

    gateway.puppet.login('bot');
    await page.getByText('微信 在线').waitFor();
    await page.getByRole('img', { name: '微信登录二维码' }).waitFor({ state: 'detached' });

    await gateway.puppet.logout('kicked out');
    await page.getByText('微信已退出登录（kicked out）').waitFor();
    await page.getByText('微信：已退出登录').waitFor();
    await shot(page, 'desk-wechat-logged-out');
    gateway.puppet.login('bot');
    await page.getByText('微信 在线').waitFor();
    await page.getByRole('button', { name: '知道了' }).click();
    await page.getByText('微信已退出登录').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText('微信 在线').waitFor();
    expect(await page.getByText('微信已退出登录').count()).toBe(0);
    expect(troubles).toEqual([]);
  });

  it('leads who cannot be written to alone to the page, once, where the proof is asked for', async () => {
    gateway.say('wang', 'r@chatroom', '@应声客服 12345678的代收货款返了没有');
    await expect.poll(() => gateway.written.length, { timeout: 30_000 }).toBeGreaterThan(0);
    const [{ text = '' } = {}] = gateway.written;
    expect(text).not.toContain('3860');
    const query = /https:\/\/kefu\.example\.com\/(\?visit=[\w.-]+)/.exec(text)?.[1] ?? 'no link';

    const { page, troubles } = await visit(browser, served, `/${query}`);
    await bubbles(page, 'bot').getByText('后4位').waitFor();
    expect(page.url()).not.toContain('visit=');
    await say(page, '5678');
    await bubbles(page, 'bot').getByText('3860元').waitFor();
    await shot(page, 'customer-invited');

    // The same address again, in another browser: a page like any other.
    const { page: other } = await visit(browser, served, `/${query}`);
    await other.getByRole('textbox').waitFor();
    await other.waitForTimeout(1500);
    expect(await other.locator('body').innerText()).not.toContain('12345678');
    // What came of it on the page stays on the page.
    expect(gateway.written.map((one) => one.text).join()).not.toContain('3860');
    expect(troubles).toEqual([]);
  });
});
