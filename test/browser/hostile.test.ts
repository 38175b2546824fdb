import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDoor, type Door } from '../hostile/door.ts';
import { newVisitor } from '../hostile/visitor.ts';
import { VECTORS } from '../hostile/vectors.ts';
import { bubbles, closePages, desk, launch, signIn, visit } from './browser.ts';
import { png } from './picture.ts';
import { serve, type Served } from './server.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let served: Served;
let browser: Browser;
let door: Door;
beforeAll(async () => {
  [served, browser] = await Promise.all([serve(), launch()]);
  door = openDoor(served.url);
});
afterEach(() => closePages(browser));
afterAll(async () => {
  door?.close();
  await browser?.close();
  await served?.close();
});

/** As many as fit into one message, so that all of them are shown in few. */
function packed(most: number): readonly string[] {
  const packs: string[] = [''];
  for (const vector of VECTORS) {
    const last = packs.at(-1) ?? '';
    if (last.length + vector.length + 2 > most) packs.push(vector);
    else packs[packs.length - 1] = last === '' ? vector : `${last}\n\n${vector}`;
  }
  return packs;
}

/** What the words of others must never have become on a page. Written as text: it runs in the browser. */
const made = (page: Page, within: string): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll(${JSON.stringify(within)})].flatMap((bubble) =>
    [...bubble.querySelectorAll('*')].flatMap((element) => {
      const name = element.localName;
      const on = element.getAttributeNames().filter((one) => one.startsWith('on') || one === 'style' || one === 'srcdoc');
      const href = element.getAttribute('href') ?? element.getAttribute('src');
      const odd = href !== null && !/^(?:https?:|\\/|blob:|#|mailto:)/.test(href);
      const ran = /^(?:script|iframe|object|embed|style|base|form|link|meta|math|video|audio|marquee|template)$/.test(name);
      return ran || odd || on.length > 0 ? [name + ' ' + on.join(' ') + ' ' + (href ?? '')] : [];
    }))`);

/** Touches whatever the words have become that can be touched, as a curious reader would. */
const touchAll = (page: Page, within: string): Promise<unknown> =>
  page.evaluate(`for (const bubble of document.querySelectorAll(${JSON.stringify(within)}))
    for (const element of bubble.querySelectorAll('a, button, summary, input, p, img')) {
      element.addEventListener('click', (event) => event.preventDefault());
      for (const type of ['mouseover', 'focus', 'click', 'toggle', 'animationstart'])
        element.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
    }`);

const flagged = (page: Page): Promise<boolean> => page.evaluate<boolean>("'__pwned' in window");

async function ticketOf(name: string): Promise<{ id: string; token: string; conversation: string }> {
  const begun = await door.ask('POST', '/v3/directline/tokens/generate', { body: { user: { id: 'dl_h', name } } });
  const { token, conversationId: conversation } = JSON.parse(begun.text) as { token: string; conversationId: string };
  const path = `/v3/directline/conversations/${conversation}/activities`;
  await door.ask('POST', path, { token, body: { type: 'message', text: '转人工' } });
  let id: string | undefined;
  await expect
    .poll(async () => (id = /T-\d+/.exec((await door.ask('GET', path, { token })).text)?.[0]), { timeout: 20_000 })
    .toBeDefined();
  return { id: id ?? '', token, conversation };
}

describe(`${VECTORS.length} scripts`, () => {
  it('stay words on the customer page: what they wrote, and what agents answer', async () => {
    const { page, troubles } = await visit(browser, served);
    await page.getByRole('textbox').fill('转人工');
    await page.getByRole('textbox').press('Enter');
    const told = page.getByText(/T-\d+/).first();
    await told.waitFor();
    const id = /T-\d+/.exec(await told.innerText())?.[0] ?? '';
    await desk(served, 'POST', `/tickets/${id}/claim`, { agent: '1001', name: '林晓梅' });
    const answers = packed(3500);
    for (const text of answers)
      expect((await desk(served, 'POST', `/tickets/${id}/reply`, { agent: '1001', text })).status).toBe(200);
    const asked = packed(1800).slice(0, 14);
    for (const text of asked) {
      await page.getByRole('textbox').fill(text);
      await page.getByRole('textbox').press('Enter');
    }
    await expect.poll(() => bubbles(page, 'agent').count(), { timeout: 30_000 }).toBe(answers.length);
    await expect.poll(() => bubbles(page, 'customer').count(), { timeout: 30_000 }).toBe(asked.length + 1);
    expect((await bubbles(page, 'agent').allInnerTexts()).join('\n')).toContain('<script>');
    expect(await made(page, '.bubble')).toEqual([]);
    await touchAll(page, '.bubble');
    expect(await flagged(page)).toBe(false);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('stay words on the web desk: names, summaries, messages, notes, forms and files', async () => {
    const { page, troubles } = await visit(browser, served, '/desk');
    await signIn(page);
    // Names are short: each is one vector, in the list and on the page of its ticket.
    const names = VECTORS.filter(({ length }) => length <= 50).slice(0, 6);
    for (const name of names) await ticketOf(name);
    const { id, token, conversation } = await ticketOf('<img src=x onerror=alert(1)>');
    const path = `/v3/directline/conversations/${conversation}`;
    const said = packed(1800);
    for (const text of said)
      expect((await door.ask('POST', `${path}/activities`, { token, body: { type: 'message', text } })).status).toBe(
        200,
      );
    const files = ['<img src=x onerror=alert(1)>.png', '"><svg onload=alert(1)>.png', "javascript:alert(1)'.png"];
    for (const filename of files) {
      const body = Buffer.concat([
        Buffer.from(
          `--b\r\nContent-Disposition: form-data; name="file"; filename="${filename.replaceAll('"', '%22')}"\r\n\r\n`,
        ),
        png(2, 2, [1, 2, 3]),
        Buffer.from('\r\n--b--\r\n'),
      ]);
      const sent = await door.ask('POST', `${path}/upload`, {
        token,
        body,
        headers: { 'content-type': 'multipart/form-data; boundary=b' },
      });
      expect(sent.status).toBe(200);
    }
    const notes = packed(3500);
    for (const text of notes) await desk(served, 'POST', `/tickets/${id}/note`, { agent: '1001', text });
    await desk(served, 'POST', `/tickets/${id}/claim`, { agent: '1001', name: VECTORS[0]?.slice(0, 50) });
    await page.goto(`${served.url}/desk#${id}`);
    // A page that is there already only hears of another ticket; this one is read anew with all that is in it.
    await page.reload();
    await page.locator('.said-words', { hasText: '<script>' }).first().waitFor();
    await page
      .getByRole('button', { name: new RegExp(id) })
      .first()
      .waitFor();
    // The page's own parts are made of no vector: its files, its forms, and the box that grows with what is typed.
    const ours = /^(?:link {2}|style {2}|form {2}|script {2}\/|textarea style )/;
    const inside = (await made(page, 'main, body > *')).filter((one) => !ours.test(one));
    expect(inside).toEqual([]);
    await touchAll(page, '.said-words');
    expect(await flagged(page)).toBe(false);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('would be seen: the same marks are found where a script does run', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.setContent('<div class="bubble"><img src=x onerror="window.__pwned=1"></div>');
    await expect.poll(() => flagged(page)).toBe(true);
    expect(await made(page, '.bubble')).toHaveLength(1);
    await context.close();
  });
});

it('answers a visitor in between', async () => {
  const one = await newVisitor(door, 'between');
  expect(await one.say('12345678到哪了')).toContain('12345678');
  one.close();
});
