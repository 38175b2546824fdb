import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launch } from './browser.ts';
import { directLineBundle, openWith, tokenFor } from './official-clients.ts';
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

interface Heard {
  readonly id: string;
  readonly type: string;
  readonly text?: string;
  readonly from: { readonly id: string; readonly role?: string };
}

/** What of botframework-directlinejs the page uses. */
interface InPage {
  DirectLine: { DirectLine: new (options: object) => Client };
  client: Client;
  heard: Heard[];
}
interface Client {
  readonly activity$: { subscribe(listener: (activity: Heard) => void): void };
  postActivity(activity: object): { subscribe(done: (id: string) => void, failed: (error: unknown) => void): void };
}

async function connect(user: string, options: object): Promise<Page> {
  const page = await browser.newPage();
  await openWith(page, served, directLineBundle());
  await page.evaluate(
    (given) => {
      const here = globalThis as unknown as InPage;
      here.heard = [];
      here.client = new here.DirectLine.DirectLine(given);
      here.client.activity$.subscribe((activity) => here.heard.push(activity));
    },
    { domain: `${served.url}/v3/directline`, token: await tokenFor(served, user), ...options },
  );
  return page;
}

const post = (page: Page, text: string): Promise<string> =>
  page.evaluate(
    (words) =>
      new Promise<string>((resolve, reject) => {
        const { client } = globalThis as unknown as InPage;
        client.postActivity({ type: 'message', from: { id: 'anybody' }, text: words }).subscribe(resolve, (error) => reject(new Error(String(error))));
      }),
    text,
  );

const messages = async (page: Page): Promise<Heard[]> =>
  (await page.evaluate(() => (globalThis as unknown as InPage).heard)).filter(({ type }) => type === 'message');
const texts = async (page: Page, role: string): Promise<(string | undefined)[]> =>
  (await messages(page)).filter(({ from }) => from.role === role).map(({ text }) => text);

describe('botframework-directlinejs on our server, unchanged', () => {
  for (const [way, options] of [
    ['WebSocket', { webSocket: true }],
    ['polling', { webSocket: false, pollingInterval: 200 }],
  ] as const) {
    it(`posts, hears its echo and the answer by ${way}, and goes on after a restart`, async () => {
      const page = await connect(`dl_${way}`, options);
      const id = await post(page, '你们几点上班');
      await expect.poll(async () => (await texts(page, 'bot')).length, { timeout: 15_000 }).toBe(1);
      const [echo] = await messages(page);
      expect(echo).toMatchObject({ id, text: '你们几点上班', from: { id: `dl_${way}`, role: 'user' } });

      await served.stop('SIGKILL');
      await served.start();
      await expect.poll(() => post(page, '好的谢谢').then(Boolean, () => false), { timeout: 60_000, interval: 1000 }).toBe(true);
      await expect.poll(async () => (await texts(page, 'bot')).length, { timeout: 60_000 }).toBe(2);
      const ids = (await messages(page)).map((message) => message.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(await texts(page, 'user')).toEqual(['你们几点上班', '好的谢谢']);
      await page.close();
    });
  }
});
