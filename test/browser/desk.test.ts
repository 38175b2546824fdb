import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { bubbles, closePages, desk, launch, PHONE, say, shot, signIn, visit, WIDE } from './browser.ts';
import { png } from './picture.ts';
import { serve, type Served } from './server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let served: Served;
let browser: Browser;
beforeAll(async () => {
  [served, browser] = await Promise.all([serve({}, { editable: true }), launch()]);
});
afterEach(() => closePages(browser));
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

/** A customer who asks for a person, with one more line; gives the page and the number of the ticket. */
async function customerWithTicket(words = '我要找人工客服') {
  const { page, troubles } = await visit(browser, served);
  await say(page, '转人工');
  const told = page.getByText(/T-\d+/).first();
  await told.waitFor();
  const id = /T-\d+/.exec(await told.innerText())?.[0] ?? '';
  await say(page, words);
  await expect.poll(() => bubbles(page, 'customer').count()).toBe(2);
  return { page, troubles, id };
}

describe('the desk page', () => {
  it('turns a wrong token away in words, and lets an agent in who is not on the list', async () => {
    const { page, troubles } = await visit(browser, served, '/desk');
    await page.getByLabel('坐席口令').fill('nonsense');
    await page.getByRole('button', { name: '继续' }).click();
    await page.getByText('口令不正确').waitFor();
    await page.getByLabel('坐席口令').fill('test-token');
    await page.getByRole('button', { name: '继续' }).click();
    await shot(page, 'desk-sign-in');
    await page.getByRole('button', { name: '名单里没有我' }).click();
    await page.getByLabel('工号').fill('7001');
    await page.getByLabel('姓名').fill('小满');
    await page.getByRole('button', { name: '进入坐席台' }).click();
    await page.getByText('小满').waitFor();
    await page.getByText('没有在办的工单').waitFor();
    await page.reload();
    await page.getByText('小满').waitFor();
    expect(troubles).toEqual([]);
  });

  it('shows a new ticket as it comes; claim, reply and resolve reach the customer, then the bot is back', async () => {
    const { page, troubles } = await visit(browser, served, '/desk', WIDE);
    await signIn(page);
    const { page: customer, id } = await customerWithTicket();
    await page.getByText(`新工单：${id}`).waitFor();
    await page.getByRole('button', { name: new RegExp(id) }).click();
    await page.getByRole('log').getByText('我要找人工客服').waitFor();

    await page.keyboard.press('c');
    await page.getByText('由您负责').waitFor();
    await customer.getByText('1001').first().waitFor();
    await page.keyboard.press('r');
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type('您好，我是林晓梅，已经在为您查了。');
    await page.keyboard.press('Enter');
    await bubbles(customer, 'agent').getByText('已经在为您查了').waitFor();
    expect(await customer.locator('.message.agent .speaker').innerText()).toContain('1001');

    const before = await bubbles(customer, 'bot').count();
    await say(customer, '好，我等着');
    await page.getByRole('log').getByText('好，我等着').waitFor();
    expect(await bubbles(customer, 'bot').count()).toBe(before);
    await shot(page, 'desk-claimed');

    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: new RegExp(id) }).click();
    await page.keyboard.press('e');
    await page.getByLabel('处理结果').fill('已向客户说明');
    await page.getByRole('button', { name: '标记为已解决' }).click();
    await page.getByText('工单已解决').waitFor();
    await expect.poll(() => bubbles(customer, 'bot').count()).toBeGreaterThan(before);
    const back = await bubbles(customer, 'bot').count();
    await say(customer, '你们几点上班');
    await expect.poll(() => bubbles(customer, 'bot').count(), { timeout: 15_000 }).toBeGreaterThan(back);
    expect(troubles).toEqual([]);
  });

  it('tells the second of two agents who has it, and keeps what was written', async () => {
    const { id } = await customerWithTicket();
    const { page } = await visit(browser, served, `/desk#${id}`, WIDE);
    await signIn(page, '陈志远');
    await page.getByText('还没有人认领').waitFor();
    // The page does not know yet: the stream is slower than the hand.
    await page.route('**/api/tickets/*/claim', async (route) => {
      await desk(served, 'POST', `/tickets/${id}/claim`, { agent: '1001', name: '林晓梅' });
      await route.continue();
    });
    await page.keyboard.press('c');
    await page.getByRole('alert').getByText('林晓梅').waitFor();
    await page.getByText('由 林晓梅（1001）负责', { exact: true }).waitFor();
    await page.keyboard.press('n');
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type('客户之前来过电话');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary').getByText('客户之前来过电话').waitFor();
  });

  it('covers what is private until somebody asks, and puts on record who did', async () => {
    const { id } = await customerWithTicket('我叫王小明，电话13912345678，请回电');
    const { page } = await visit(browser, served, `/desk#${id}`, WIDE);
    await signIn(page);
    const log = page.getByRole('log');
    const covered = log.getByRole('button', { name: '查看' });
    await covered.first().waitFor();
    expect(await page.content()).not.toContain('13912345678');
    for (let left = await covered.count(); left > 0; left -= 1) {
      await covered.first().click();
      await expect.poll(() => covered.count()).toBe(left - 1);
    }
    await log.getByText('13912345678').waitFor();
    await page.getByRole('complementary').getByText('查看了隐藏内容').first().waitFor();
  });

  it("shows the customer's picture", async () => {
    const { page: customer, id } = await customerWithTicket();
    await customer
      .locator('input[type=file]')
      .setInputFiles({ name: 'box.png', mimeType: 'image/png', buffer: png(64, 48, [60, 90, 80]) });
    await customer.getByRole('img', { name: 'box.png' }).waitFor();
    await customer.getByRole('button', { name: '发送', exact: true }).click();
    const { page, troubles } = await visit(browser, served, `/desk#${id}`);
    await signIn(page);
    const image = page.locator('.transcript img');
    await image.waitFor();
    expect(await image.evaluate((one) => (one as unknown as { naturalWidth: number }).naturalWidth)).toBe(64);
    expect(troubles).toEqual([]);
  });

  it('passes a ticket on to another desk, and finds it by search and desk', async () => {
    const { id } = await customerWithTicket();
    const { page } = await visit(browser, served, `/desk#${id}`, WIDE);
    await signIn(page);
    await page.getByText('还没有人认领').waitFor();
    await page.keyboard.press('t');
    await page.getByLabel('转交给').selectOption('claims');
    await page.getByLabel('转交原因').fill('客户要谈赔付');
    await page.getByRole('dialog').getByRole('button', { name: '转交' }).click();
    await page.getByText('转交给 理赔部').waitFor();
    await page.getByLabel('部门').selectOption('claims');
    await expect.poll(() => page.locator('.row-id').allInnerTexts()).toContain(id);
    await page.getByLabel('搜索工单').fill('没有这样的单');
    await page.getByText('没有找到').waitFor();
  });

  it('works from the keyboard and explains the keys', async () => {
    const { id } = await customerWithTicket();
    const { page } = await visit(browser, served, '/desk', WIDE);
    await signIn(page);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: '快捷键' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    await page.keyboard.type(id);
    await expect.poll(() => page.locator('.row').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: id }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('请从左边选择一张工单').waitFor();
  });

  it('shows one pane at a time on a phone, with a way back', async () => {
    const { id } = await customerWithTicket();
    const { page } = await visit(browser, served, '/desk', PHONE);
    await signIn(page);
    await shot(page, 'desk-phone');
    await page.getByRole('button', { name: new RegExp(id) }).click();
    await page.getByRole('heading', { name: id }).waitFor();
    expect(await page.locator('.list').isVisible()).toBe(false);
    await page.getByRole('tab', { name: '资料' }).click();
    await page.getByText('客户的其他工单').waitFor();
    await shot(page, 'desk-phone-ticket');
    await page.goBack();
    await page.locator('.list').waitFor();
  });

  it('says that knowledge is broken, and that the line is down', async () => {
    const { page } = await visit(browser, served, '/desk', { ...WIDE, colorScheme: 'dark' });
    await signIn(page);
    await appendFile(join(served.knowledge, 'policies.yml'), '\nremit_days: [unclosed\n');
    await page.getByText(/知识文件有 \d+ 处错误/).waitFor({ timeout: 15_000 });
    await served.stop('SIGKILL');
    await page.getByText('连接断开，以下内容可能不是最新的。').waitFor();
    await page.getByRole('status').getByText('连接断开，正在重连…').waitFor();
    await shot(page, 'desk-cut-off-dark');
  });
});
