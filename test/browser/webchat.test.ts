import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { desk, launch, shot } from './browser.ts';
import { openWith, tokenFor, webChatBundle } from './official-clients.ts';
import { png } from './picture.ts';
import { serve, type Served } from './server.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 });

let served: Served;
let browser: Browser;
let bundle: string;
beforeAll(async () => {
  bundle = webChatBundle();
  [served, browser] = await Promise.all([serve(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

interface WebChat {
  createDirectLine(options: object): unknown;
  renderWebChat(options: object, element: unknown): void;
}

async function openWebChat(user: string): Promise<{ page: Page; errors: string[] }> {
  const page = await openWith(browser, served, bundle);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.evaluate(
    ({ domain, token }) => {
      const { WebChat, document } = globalThis as unknown as {
        WebChat: WebChat;
        document: { getElementById(id: string): unknown };
      };
      WebChat.renderWebChat(
        { directLine: WebChat.createDirectLine({ domain, token }), locale: 'zh-CN' },
        document.getElementById('chat'),
      );
    },
    { domain: `${served.url}/v3/directline`, token: await tokenFor(served, user) },
  );
  return { page, errors };
}

const said = (page: Page) => page.locator('.webchat__bubble__content');
async function say(page: Page, text: string): Promise<void> {
  const box = page.locator('[data-id="webchat-sendbox-input"]');
  await box.fill(text);
  await box.press('Enter');
}

async function ticketOf(user: string): Promise<string> {
  const { tickets } = (await desk(served, 'GET', '/tickets')).body as {
    tickets: { id: string; customer: { id: string } }[];
  };
  return tickets.find(({ customer }) => customer.id === user)?.id ?? '';
}

describe("Microsoft's Web Chat on our server, unchanged", () => {
  it('asks, is answered, taps a suggestion, and sends a picture', async () => {
    const { page, errors } = await openWebChat('dl_webchat-1');
    await say(page, '你们几点上班');
    await expect.poll(() => said(page).count(), { timeout: 20_000 }).toBe(2);

    await say(page, '啊啵呲得哩咕噜');
    const suggestion = page.locator('.webchat__suggested-action').last();
    const words = (await suggestion.innerText()).trim();
    await suggestion.click();
    await said(page).filter({ hasText: words }).last().waitFor();
    await shot(page, 'official-webchat');

    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'box.png', mimeType: 'image/png', buffer: png(60, 40, [47, 111, 99]) });
    // The picture is made ready in the background, and nothing shows when: until then Enter has nothing to send.
    const sent = page.getByRole('feed').getByText('box.png');
    await expect
      .poll(
        async () => {
          if ((await sent.count()) === 0) await page.locator('[data-id="webchat-sendbox-input"]').press('Enter');
          return sent.count();
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBeGreaterThan(0);
    const kept = async (): Promise<number> => {
      const { transcript } = (await desk(served, 'GET', `/tickets/${await ticketOf('dl_webchat-1')}`)).body as {
        transcript: { attachments: unknown[] }[];
      };
      return transcript.flatMap(({ attachments }) => attachments).length;
    };
    await expect.poll(kept, { timeout: 15_000 }).toBe(1);
    expect(await page.getByText(/发送失败|Send failed|Could not send/i).count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('shows an agent by name and goes on after a restart of the server, each message once', async () => {
    const { page } = await openWebChat('dl_webchat-2');
    await say(page, '转人工');
    await expect.poll(() => said(page).count(), { timeout: 20_000 }).toBeGreaterThan(1);
    const id = await ticketOf('dl_webchat-2');
    await desk(served, 'POST', `/tickets/${id}/claim`, { agent: '1001', name: '林晓梅' });
    await desk(served, 'POST', `/tickets/${id}/reply`, { agent: '1001', text: '您好，我是林晓梅，请讲。' });
    await said(page).filter({ hasText: '您好，我是林晓梅，请讲。' }).waitFor();

    await served.stop();
    await served.start();
    await expect
      .poll(
        async () => {
          await desk(served, 'POST', `/tickets/${id}/reply`, {
            agent: '1001',
            text: '我们又连上了。',
            client_id: 'once',
          });
          return said(page).filter({ hasText: '我们又连上了。' }).count();
        },
        { timeout: 60_000, interval: 1000 },
      )
      .toBeGreaterThan(0);
    const texts = await said(page).allInnerTexts();
    expect(texts.filter((text) => text.includes('我们又连上了。'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('我是林晓梅，请讲'))).toHaveLength(1);
  });
});
