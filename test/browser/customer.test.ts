import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { bubbles, closePages, launch, PHONE, say, shot, visit, WIDE } from './browser.ts';
import { png } from './picture.ts';
import { serve, type Served } from './server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

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

const PAYMENT = '我的12345678单号的货款为什么半个月了还没有收到';

describe('the customer page', () => {
  it('greets, answers a question, and proves ownership before it speaks of money', async () => {
    const { page, troubles } = await visit(browser, served, '/', WIDE);
    await page.getByRole('heading', { name: '您好，很高兴为您服务' }).waitFor();
    await shot(page, 'customer-empty');

    await say(page, PAYMENT);
    await page
      .getByText(/后\s*4\s*位|后四位/)
      .first()
      .waitFor();
    expect((await bubbles(page, 'bot').allInnerTexts()).join()).not.toMatch(/3,?860/);
    await say(page, '5678');
    await page.getByText(/3,?860(\.00)?元/).waitFor();
    await shot(page, 'customer-answered');
    expect(troubles).toEqual([]);
  });

  it('offers what most people ask as one tap, and the words of an answer as chips', async () => {
    const { page } = await visit(browser, served);
    await page.getByRole('button', { name: /查货/ }).click();
    expect(await bubbles(page, 'customer').innerText()).toBe('查一下我的货到哪里了');
    await bubbles(page, 'bot').first().waitFor();

    const { page: other } = await visit(browser, served);
    await say(other, '啊啵呲得哩咕噜');
    const chips = other.getByRole('list', { name: '可以直接点选' });
    const words = (await chips.getByRole('button').last().innerText()).trim();
    await chips.getByRole('button').last().click();
    expect(await bubbles(other, 'customer').last().innerText()).toBe(words);
    await chips.waitFor({ state: 'detached' });
  });

  it('keeps the conversation over a reload, with what was typed and not sent', async () => {
    const { page } = await visit(browser, served);
    await say(page, '您好');
    await bubbles(page, 'bot').first().waitFor();
    const before = await page.locator('.bubble').allInnerTexts();
    await page.getByRole('textbox').fill('还没写完的话');
    await page.reload();
    await bubbles(page, 'bot').first().waitFor();
    expect(await page.locator('.bubble').allInnerTexts()).toEqual(before);
    expect(await page.getByRole('textbox').inputValue()).toBe('还没写完的话');
  });

  it('does not send while an input method composes, and breaks the line on Shift+Enter', async () => {
    const { page } = await visit(browser, served);
    const box = page.getByRole('textbox');
    await box.focus();
    const input = await page.context().newCDPSession(page);
    await input.send('Input.imeSetComposition', { text: 'nihao', selectionStart: 5, selectionEnd: 5 });
    await page.keyboard.press('Enter');
    expect(await bubbles(page, 'customer').count()).toBe(0);
    await input.send('Input.insertText', { text: '你好' });
    await box.fill('你好');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('在吗');
    expect(await box.inputValue()).toBe('你好\n在吗');
    await page.keyboard.press('Enter');
    await bubbles(page, 'customer').waitFor();
    expect(await box.inputValue()).toBe('');
  });

  it('shows a picture before it is sent, then in the log, and refuses what is no picture or too big', async () => {
    const { page, troubles } = await visit(browser, served);
    const file = page.locator('input[type=file]');
    await file.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
    await page.getByText('请选择图片文件').waitFor();
    await file.setInputFiles({ name: 'huge.png', mimeType: 'image/png', buffer: Buffer.alloc(8 * 1024 * 1024 + 1) });
    await page.getByText('超过 8 MB').waitFor();
    await file.setInputFiles({ name: '破损.png', mimeType: 'image/png', buffer: png(120, 80, [184, 74, 41]) });
    await page.getByRole('img', { name: '破损.png' }).waitFor();
    await say(page, '箱子破了');
    await bubbles(page, 'bot').first().waitFor();
    await page.reload();
    const kept = page.locator('.message.customer .pictures img');
    await kept.waitFor();
    await expect
      .poll(() => kept.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
      .toBe(120);
    expect(await kept.getAttribute('src')).toMatch(/^\/v3\/directline\//);
    expect(troubles).toEqual([]);
  });

  it('fits a phone, in light and dark and with very long words', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await visit(browser, served, '/', { ...PHONE, colorScheme });
      await shot(page, `customer-phone-empty-${colorScheme}`);
      await say(page, `单号${'1234567890'.repeat(20)}的货${'在哪里呢'.repeat(40)}`);
      await bubbles(page, 'bot').first().waitFor();
      await shot(page, `customer-phone-${colorScheme}`);
      const overflow = await page.locator('.log-box').evaluate((box) => {
        const { scrollWidth, clientWidth } = box as unknown as { scrollWidth: number; clientWidth: number };
        return scrollWidth - clientWidth;
      });
      expect(overflow).toBeLessThanOrEqual(0);
    }
  });

  it('speaks English to a browser that asks for no Chinese', async () => {
    const { page } = await visit(browser, served, '/', { locale: 'en-GB' });
    await page.getByRole('heading', { name: 'Hello, how may we help you?' }).waitFor();
    await page.getByPlaceholder('Write your question…').waitFor();
  });
});
