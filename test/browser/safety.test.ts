import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { bubbles, closePages, desk, launch, say, signIn, visit, type Visit } from './browser.ts';
import { serve, type Served } from './server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Ways in which words have become programs. Each would open a dialog or leave a mark on the window. */
const VECTORS = [
  '<script>alert(1)</script>',
  '<img src=x onerror="alert(2)">',
  '<svg onload=alert(3)><animate onbegin=alert(4) attributeName=x>',
  '[tap](javascript:alert(5)) [tap](data:text/html,<script>alert(6)</script>) <a href="vbscript:alert(7)">x</a>',
  '<iframe srcdoc="<script>parent.alert(8)</script>"></iframe><object data="javascript:alert(9)"></object>',
  '![x](https://example.com/track.png) <form action="javascript:alert(10)"><button>x</button></form>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(11)&gt;">',
  '<style>body{display:none}</style><base href="https://example.com/"><a href="//example.com" target="_self">x</a>',
];

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

/** Elements and links in the words of others that could do anything. */
const dangerous = (page: Page, within: string) =>
  page
    .locator(
      [
        'script',
        'img',
        'svg',
        'iframe',
        'object',
        'style',
        'base',
        'form',
        'math',
        '[onload]',
        '[onerror]',
        'a[href]:not([href^="http"])',
      ]
        .map((one) => `${within} ${one}`)
        .join(', '),
    )
    .count();

/** A new visitor whom the bot has greeted with the edited words: an edit takes a moment to be live. */
async function greeted(): Promise<Visit> {
  for (let tries = 0; ; tries += 1) {
    const visitor = await visit(browser, served);
    await say(visitor.page, '您好');
    await bubbles(visitor.page, 'bot').first().waitFor();
    if (tries === 10 || (await visitor.page.locator('.bot strong', { hasText: '粗体' }).count()) > 0) return visitor;
    await visitor.page.context().close();
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

describe('words of others', () => {
  it("stay words: a customer's and an agent's, on both pages", async () => {
    const { page: customer, troubles } = await visit(browser, served);
    await say(customer, '转人工');
    const told = customer.getByText(/T-\d+/).first();
    await told.waitFor();
    const id = /T-\d+/.exec(await told.innerText())?.[0] ?? '';
    await desk(served, 'POST', `/tickets/${id}/claim`, { agent: '1001', name: '林晓梅' });
    for (const vector of VECTORS) await desk(served, 'POST', `/tickets/${id}/reply`, { agent: '1001', text: vector });
    for (const vector of VECTORS.slice(0, 5)) {
      await customer.getByRole('textbox').fill(vector);
      await customer.getByRole('textbox').press('Enter');
    }
    await expect.poll(() => bubbles(customer, 'agent').count()).toBe(VECTORS.length);
    expect((await bubbles(customer, 'agent').allInnerTexts()).map((text) => text.trim())).toEqual(VECTORS);
    await expect.poll(() => bubbles(customer, 'customer').count()).toBe(6);
    expect(await dangerous(customer, '.bubble')).toBe(0);

    const { page: agent, troubles: deskTroubles } = await visit(browser, served, `/desk#${id}`);
    await signIn(agent);
    await agent.getByRole('log').getByText('<script>alert(1)</script>').first().waitFor();
    expect(await dangerous(agent, '.said-words')).toBe(0);
    expect([...troubles, ...deskTroubles]).toEqual([]);
  });

  it('stay safe where they are formatted: the answers of the bot', async () => {
    const file = join(served.knowledge, 'phrases/courtesy.yml');
    const phrases = await readFile(file, 'utf8');
    const hostile = JSON.stringify(`${VECTORS.join('\n\n')}\n\n**粗体** [官网](https://example.com/help)`);
    // Every wording of the greeting, so that whichever is chosen carries them all.
    const greeting = `greeting:\n  zh:\n    - ${hostile}\n  en:\n    - ${hostile}\n`;
    await writeFile(file, phrases.replace(/^greeting:\n(?:[ \t].*\n|\n)*/m, greeting));
    const { page, troubles } = await greeted();
    expect(await dangerous(page, '.bubble')).toBe(0);
    const link = page.getByRole('link', { name: '官网' }).first();
    expect(await link.getAttribute('href')).toBe('https://example.com/help');
    expect(await link.getAttribute('rel')).toContain('noopener');
    expect(await link.getAttribute('target')).toBe('_blank');
    expect(troubles).toEqual([]);
  });

  it('come under a policy that allows no inline script or style and nobody else', async () => {
    for (const path of ['/', '/desk']) {
      const response = await fetch(served.url + path);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/script-src 'self'(;|$)/);
      expect(policy).toMatch(/style-src 'self'(;|$)/);
      const html = await response.text();
      expect(html).not.toMatch(/<style|<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=/);
    }
  });
});
