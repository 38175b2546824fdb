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
  const page = await openWith(browser, served, directLineBundle());
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
        client
          .postActivity({ type: 'message', from: { id: 'anybody' }, text: words })
          .subscribe(resolve, (error) => reject(new Error(String(error))));
      }),
    text,
  );

const messages = async (page: Page): Promise<Heard[]> =>
  (await page.evaluate(() => (globalThis as unknown as InPage).heard)).filter(({ type }) => type === 'message');
const texts = async (page: Page, role: string): Promise<(string | undefined)[]> =>
  (await messages(page)).filter(({ from }) => from.role === role).map(({ text }) => text);

const answers = (page: Page, count: number) =>
  expect.poll(async () => (await texts(page, 'bot')).length, { timeout: 30_000 }).toBe(count);

async function repeated(page: Page): Promise<string[]> {
  const ids = (await messages(page)).map(({ id }) => id);
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

describe('botframework-directlinejs on our server, unchanged', () => {
  it('posts, hears its echo and the answer by WebSocket, and goes on after a restart', async () => {
    const page = await connect('dl_socket', { webSocket: true });
    const id = await post(page, '你们几点上班');
    await answers(page, 1);
    const [echo] = await messages(page);
    expect(echo).toMatchObject({ id, text: '你们几点上班', from: { id: 'dl_socket', role: 'user' } });

    await served.stop('SIGKILL');
    await served.start();
    await expect
      .poll(() => post(page, '转人工').then(Boolean, () => false), { timeout: 60_000, interval: 1000 })
      .toBe(true);
    await answers(page, 2);
    expect(await texts(page, 'user')).toEqual(['你们几点上班', '转人工']);
    expect(await repeated(page)).toEqual([]);
  });

  // Its polling ends for good at the first request that fails, so a restart is not its to survive.
  it('posts, hears its echo and the answers by polling', async () => {
    const page = await connect('dl_polling', { webSocket: false, pollingInterval: 200 });
    await post(page, '你们几点上班');
    await answers(page, 1);
    await post(page, '转人工');
    await answers(page, 2);
    expect(await texts(page, 'user')).toEqual(['你们几点上班', '转人工']);
    expect(await repeated(page)).toEqual([]);
  });
});
