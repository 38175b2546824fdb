import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import type { House } from './house.ts';

/** Unresolved tickets, however long the past is: a desk works off what comes. */
const OPEN = 50;

/** So many conversations that took place: four messages and eight events each, a ticket every fifth. */
export async function makePast(house: House, conversations: number): Promise<void> {
  const path = join(house.data, 'yingsheng.db');
  await (await openSqliteStore({ path })).close();
  const db = new Sqlite(path);
  const conversation = db.prepare(
    `insert into conversations (id, channel, customer_id, is_group, state, version, opened_at) values (?, 'webchat', ?, 0, ?, 2, ?)`,
  );
  const inbound = db.prepare(
    `insert into messages (conversation, direction, channel, platform_id, role, speaker_id, text, at, sent_at, outcome) values (?, 'in', 'webchat', ?, 'customer', ?, ?, ?, ?, 'answered')`,
  );
  const outbound = db.prepare(
    `insert into messages (conversation, direction, channel, role, text, at, delivery, attempts, next_at, delivered_at) values (?, 'out', 'webchat', 'bot', ?, ?, 'sent', 1, ?, ?)`,
  );
  const event = db.prepare('insert into events (conversation, at, event_json) values (?, ?, ?)');
  const ticket = db.prepare(
    `insert into tickets (id, desk, kind, status, priority, conversation, customer_id, waybill, summary, form_json, promised_at, opened_at, updated_at, resolved_at, version)
     values (?, 'service', 'claim', ?, 'normal', ?, ?, '12345678', '少了一件', '{}', ?, ?, ?, ?, 2)`,
  );
  db.transaction(() => {
    const [state, words] = [JSON.stringify({ turns: 2 }), '您好，这票货在路上，预计明天到，到了马上通知您。'];
    for (let nth = 0; nth < conversations; nth++) {
      const at = new Date(Date.UTC(2026, 0, 1) + nth * 60_000).toISOString();
      const [id, person] = [`webchat:past-${nth}`, `dl_past-${nth}`];
      conversation.run(id, person, state, at);
      for (let turn = 0; turn < 2; turn++) {
        inbound.run(id, `past-${nth}-${turn}`, person, '请问12345678到哪里了？', at, at);
        outbound.run(id, words, at, at, at);
        for (let one = 0; one < 4; one++) event.run(id, at, JSON.stringify({ type: 'heard', at, language: 'zh' }));
      }
      if (nth % 5 > 0) continue;
      const open = nth / 5 < OPEN;
      ticket.run(`T-${1001 + nth}`, open ? 'open' : 'resolved', id, person, at, at, at, open ? null : at);
    }
    db.prepare(`update counters set value = ? where name = 'ticket'`).run(1001 + conversations);
  })();
  db.close();
}

const FILE = 1000;
const THINGS = [
  ...'仓库车辆司机运单发票合同保险木箱托盘冷链茶叶灯具瓷砖家具电机面料玻璃药材种子书籍'.matchAll(/../gu),
].map(([word]) => word);
const DEEDS = [...'登记退回换货寄存加固称重量方开具补办预约申请'.matchAll(/../gu)].map(([word]) => word);

/** So many entries of the FAQ beside the shipped ones, each about something else. */
export function makeFaq(house: House, entries: number): void {
  mkdirSync(join(house.knowledge, 'faq'), { recursive: true });
  for (let start = 0; start < entries; start += FILE) {
    const list = Array.from({ length: Math.min(FILE, entries - start) }, (_, i) => {
      const n = start + i;
      const [thing, deed] = [THINGS[n % THINGS.length], DEEDS[Math.floor(n / THINGS.length) % DEEDS.length]];
      return `- question: ${n}号${thing}怎么${deed}\n  answer: 第${n}条：请先联系网点登记，我们在两个工作日内为您办好。\n  owner: 客服部\n`;
    });
    writeFileSync(join(house.knowledge, 'faq', `bench-${start}.yml`), list.join(''));
  }
}
