import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { call, customer, type WireSet } from './customer.ts';
import { serve, type Served } from './served.ts';

let served: Served;
beforeEach(async () => void (served = await serve()));
afterEach(() => served.stop());

describe('watermarks', () => {
  it('hold across a restart of the server, as do tokens', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'webchat-'));
    const first = await serve({ path: join(folder, 'db') });
    const one = await customer(first.url);
    await one.write('第一句', 'c-1');
    const { watermark } = await one.poll();
    await one.write('第二句', 'c-2');
    await first.stop();
    const second = await serve({ path: join(folder, 'db'), port: Number(new URL(first.url).port) });
    expect((await one.poll(watermark)).activities.map(({ text }) => text)).toEqual(['第二句']);
    await one.write('第二句', 'c-2');
    const all = await one.poll();
    expect(all.activities.map(({ text }) => text)).toEqual(['第一句', '第二句']);
    expect(Number(all.watermark)).toBeGreaterThan(Number(watermark));
    await second.stop();
    rmSync(folder, { recursive: true });
  });

  it.each(['-', '-1', '1.5', 'abc', '', ' 1', '0', '%00', "1' or 1=1"])(
    'that are %j mean the beginning',
    async (watermark) => {
      const one = await customer(served.url);
      await one.write('您好');
      expect((await one.poll(watermark)).activities).toHaveLength(1);
    },
  );

  it.each(['99999', '9007199254740993', '9'.repeat(30)])(
    'from beyond the end (%s) come back to it',
    async (watermark) => {
      const one = await customer(served.url);
      await one.write('您好');
      const answer = await one.poll(watermark);
      expect(answer.activities).toEqual([]);
      await one.write('在吗');
      expect((await one.poll(answer.watermark)).activities.map(({ text }) => text)).toEqual(['在吗']);
    },
  );

  it('reach over more messages than one page holds', async () => {
    const one = await customer(served.url);
    const receive = (n: number) =>
      served.store.receive(
        {
          channel: 'webchat',
          id: `n-${n}`,
          conversation: `webchat:${one.conversationId}`,
          customer: { id: 'dl_x' },
          group: false,
          text: `${n}`,
          attachments: [],
          sentAt: served.clock.now().toISOString(),
        },
        served.clock.now().toISOString(),
      );
    for (let n = 0; n < 450; n++) await receive(n);
    const texts: (string | undefined)[] = [];
    let watermark = '';
    for (let page = await one.poll(); page.activities.length > 0; page = await one.poll(watermark)) {
      texts.push(...page.activities.map(({ text }) => text));
      watermark = page.watermark;
    }
    expect(texts).toEqual(Array.from({ length: 450 }, (_, n) => `${n}`));
    expect((await one.poll('9'.repeat(12))).watermark).toBe(watermark);
  });

  it('are handed back unchanged while the log cannot be read: a polling client would stop for good', async () => {
    const one = await customer(served.url);
    await one.write('您好');
    const { watermark } = await one.poll();
    const broken = await serve({ store: { ...served.store, log: () => Promise.reject(new Error('busy')) } });
    const answer = await call<WireSet>(`${one.url.replace(served.url, broken.url)}/activities?watermark=${watermark}`, {
      token: one.token,
    });
    expect(answer).toMatchObject({ status: 200, body: { activities: [], watermark } });
    await broken.stop();
  });
});
