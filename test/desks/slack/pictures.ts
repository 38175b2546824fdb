import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { silentLog } from '../../../src/core/log.ts';
import type { Block } from '../../../src/desks/slack/connection.ts';
import { createSlackDesk } from '../../../src/desks/slack/slack-desk.ts';
import { openSqliteStore } from '../../../src/store/open-sqlite.ts';
import { createFloor, directory } from '../floor.ts';
import { createFarSide } from './far-side.ts';
import { renderBlock, renderMessage, renderModal, STYLE } from './render.ts';

/**
 * Draws the pictures of docs/slack.md from what the desk really sends: `node test/desks/slack/pictures.ts`.
 * CHROMIUM names the browser where it is not the system's own.
 */
const FOLDER = join(import.meta.dirname, '..', '..', '..', 'docs', 'images');
const RULES = {
  answerPrefixes: ['>', '回复:'],
  takeBackMs: 10_000,
  results: ['已经为您办妥'],
  causes: ['货款结算'],
};
const TAKEN = '您好，小李（工号8001）已经接手您的事情（工单 T-1001），会在这里为您处理。';
const SLOTS: Readonly<Record<string, string>> = { phone: '联系电话', goods: '货物' };

const store = await openSqliteStore({ path: ':memory:' });
const floor = createFloor(store);
const far = createFarSide();
const desk = createSlackDesk({
  ...{
    store,
    slack: far.connection,
    directory,
    announce: () => Promise.resolve(TAKEN),
    clock: floor.clock,
    log: silentLog,
    tell: () => {},
  },
  rules: () => RULES,
  titles: {
    kinds: () => [{ id: 'payment-lookup', title: '查款' }],
    kind: () => '查款',
    slot: (_kind, slot) => SLOTS[slot] ?? slot,
  },
});
await desk.start();
const { id } = await floor.open({ priority: 'high', form: { phone: '13800138000', goods: '瓷砖 20 箱' } });
await settled();
const [card] = far.messages;
if (!card) throw new Error('no card');
const fresh = renderMessage({ ...card, color: colourOf(0) });
await far.click('U8001', 'ticket.claim', card);
await floor.write('到底什么时候能到账？我的电话是13800138000');
await settled();
await far.say({ channel: card.channel, thread: card.ts, user: 'U8001', text: '> 您好，货款已经核实，明天下午到账。' });
await settled();
const thread = far
  .thread(card)
  .slice(1)
  .map((message) => renderMessage({ ...message, notice: message.blocks.length === 0 }));
await far.home('U8001');
const home = (far.views.at(-1)!.view['blocks'] as Block[]).map(renderBlock).join('');
await far.press('U8001', 'ticket.resolve', id);
const modal = renderModal(far.views.at(-1)!.view);

mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: 740, height: 400 }, deviceScaleFactor: 2 });
for (const [name, body] of [
  ['slack-card', fresh],
  ['slack-thread', `${renderMessage({ ...card, color: colourOf(-1) })}<div class="thread">${thread.join('')}</div>`],
  ['slack-home', home],
  ['slack-resolve', modal],
]) {
  await page.setContent(`<!doctype html><html lang="zh-CN"><style>${STYLE}</style>${body}`);
  await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: true });
}
await browser.close();
await desk.stop();
await store.close();

function colourOf(place: number): string | undefined {
  const cards = far.calls.flatMap(({ args }) => (args['attachments'] as { color: string }[] | undefined) ?? []);
  return cards.at(place)?.color;
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    await desk.idle();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
