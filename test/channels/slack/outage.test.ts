import { afterEach, describe, expect, it } from 'vitest';
import { BOT_USER, TEAM } from '../../slack-api/workspace.ts';
import { serve, type Served, until } from './served.ts';

const ROOM = 'C0FREIGHT';
const dm = (n: number): string => `D0${n}`;
const at = (n: number) => `slack:${TEAM}/${dm(n)}//U0${n}` as const;
const HOUR = 3_600_000;

let served: Served;
afterEach(() => served.stop());

const heardUntil = async (): Promise<number> => Date.parse((await served.store.setting('slack.heard')) ?? '');
/** The pulse has seen that all is well since now. */
const well = async (): Promise<void> => {
  const now = served.clock.now().getTime();
  await until(async () => (await heardUntil()) >= now - 600_000);
};

describe('Slack away for 2 hours', () => {
  it('loses none of 30 messages of 3 customers, keeps their order and answers in ours', async () => {
    served = await serve({ beatMs: 20 });
    for (const n of [1, 2, 3]) await served.writes(dm(n), `U0${n}`, '在吗');
    await well();
    const restore = await served.slack.goDown();
    await served.answer(at(1), '第一句', '第二句');
    const calls = served.slack.calls.length;
    // What the pulse does in the test's 20 ms it does every minute.
    for (let n = 0; n < 24; n += 1) {
      served.clock.advance(HOUR / 12);
      expect(await served.sendDue()).toHaveLength(1);
      if (n < 10) for (const who of [1, 2, 3]) served.slack.post(dm(who), { user: `U0${who}`, text: `第${n}条` });
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(served.slack.calls).toHaveLength(calls);
    await restore();
    await until(async () => (await served.store.waiting()).length === 3 && (await served.log(at(3))).length === 11);
    await well();
    for (const n of [1, 2, 3]) {
      const said = (await served.log(at(n))).filter((text) => /第.条/.test(text));
      expect(said).toEqual(Array.from({ length: 10 }, (_, one) => `第${one}条`));
    }
    served.clock.advance(1000);
    expect(await served.sendDue()).toEqual([]);
    const ours = served.slack.channel(dm(1)).messages.filter(({ user }) => user === BOT_USER);
    expect(ours.map(({ text }) => text)).toEqual(['第一句', '第二句']);
  });

  it('takes what was missed in a channel before the message that comes first afterwards', async () => {
    served = await serve({ beatMs: 20 });
    await served.writes(dm(1), 'U01', '在吗');
    await well();
    const restore = await served.slack.goDown();
    await until(async () => {
      served.clock.advance(60_000);
      // The pulse has noticed when a while has passed without it.
      return served.clock.now().getTime() - (await heardUntil()) > 1_200_000;
    });
    served.slack.post(dm(1), { user: 'U01', text: '查一下' });
    served.slack.post(dm(1), { user: 'U01', text: '12345678' });
    await restore();
    await served.writes(dm(1), 'U01', '有消息吗');
    expect(await served.log(at(1))).toEqual(['在吗', '查一下', '12345678', '有消息吗']);
  });
});

it('fetches after a restart: a new customer, a mention, a thread of ours and the desk’s, each once', async () => {
  served = await serve({ beatMs: 20 });
  const first = await served.writes(ROOM, 'U01', `<@${BOT_USER}> 查一下12345678`);
  const asked = await served.writes(dm(4), 'U04', '在吗');
  const card = served.slack.post(ROOM, { user: BOT_USER, bot_id: 'B0BOT', text: 'T-1001' });
  await well();
  await served.platform.stop();

  served.clock.advance(2 * HOUR);
  const { slack } = served;
  const ts = first.message.ts;
  slack.post(ROOM, { user: 'U01', text: '是昨天寄的', thread_ts: ts });
  slack.post(ROOM, { user: 'U02', text: '大家好' });
  const mention = slack.post(ROOM, { user: 'U02', text: `<@${BOT_USER}> 我要寄件` });
  slack.post(dm(3), { user: 'U03', text: '你们几点下班' });
  slack.post(dm(4), { user: 'U04', text: '12345678', thread_ts: asked.message.ts });
  slack.post(dm(3), { user: BOT_USER, bot_id: 'B0BOT', text: '我们自己的话' });
  slack.post(ROOM, { user: 'U09', text: '> 已联系网点', thread_ts: card.ts });
  const again = await serve({ store: served.store, slack, clock: served.clock, beatMs: 20, start: false });
  const desk: string[] = [];
  again.platform.alsoCatchUp(() => Promise.resolve([{ channel: ROOM, thread: card.ts }]));
  again.platform.onThreadMessage(({ thread, text }) => {
    if (thread === card.ts) desk.push(text);
    return Promise.resolve(thread === card.ts);
  });
  again.platform.start();
  const mine = `slack:${TEAM}/${ROOM}/${ts}/U01` as const;
  await until(
    async () =>
      (await again.conversations()).length === 4 &&
      (await again.log(at(4))).length === 2 &&
      desk.length > 0 &&
      (await again.log(mine)).length === 2,
  );
  expect(await again.log(mine)).toEqual(['查一下12345678', '是昨天寄的']);
  expect(await again.log(`slack:${TEAM}/${ROOM}/${mention.ts}/U02`)).toEqual(['我要寄件']);
  expect(await again.log(at(3))).toEqual(['你们几点下班']);
  expect(await again.log(at(4))).toEqual(['在吗', '12345678']);
  expect(desk).toEqual(['> 已联系网点']);
  await again.stop();
});

it('goes past a channel that it may not read any more, and reads on in pages of 200', async () => {
  served = await serve({ beatMs: 20 });
  await served.writes(dm(1), 'U01', '在吗');
  await served.writes(dm(2), 'U02', '在吗');
  await well();
  await served.platform.stop();
  served.clock.advance(HOUR);
  for (let n = 0; n < 450; n += 1) served.slack.post(dm(2), { user: 'U02', text: `${n}` });
  served.slack.channel(dm(1), { is_member: false });
  const again = await serve({ store: served.store, slack: served.slack, clock: served.clock, beatMs: 20 });
  await until(async () => (await again.log(at(2))).length === 451);
  expect((await again.log(at(2))).slice(1)).toEqual(Array.from({ length: 450 }, (_, n) => `${n}`));
  await again.stop();
});

it('reads nothing of what was said before its very first start', async () => {
  served = await serve({ beatMs: 20, start: false });
  served.slack.post(dm(1), { user: 'U01', text: '以前的话' });
  served.clock.advance(HOUR);
  served.platform.start();
  await until(async () => !Number.isNaN(await heardUntil()));
  await well();
  expect(await served.conversations()).toEqual([]);
});
