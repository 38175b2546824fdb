import { describe, expect, it, onTestFinished } from 'vitest';
import { fixedClock } from '../../../src/core/clock.ts';
import { silentLog } from '../../../src/core/log.ts';
import { createSlackDesk } from '../../../src/desks/slack/slack-desk.ts';
import { serve, until } from '../../channels/slack/served.ts';
import type { Served } from '../../channels/slack/served.ts';
import { envelope, messageEvent, signed, tapBody } from '../../slack-api/signed.ts';
import type { KeptMessage } from '../../slack-api/workspace.ts';
import { announce, createFloor, directory, NOW } from '../floor.ts';
import { draft, origin } from '../../tickets/sample.ts';
import { openTicket } from '../../../src/tickets/opening.ts';
import { rules, titles } from './setup.ts';

/** The desk on the real platform: HTTP with signatures on one side, a Slack on loopback on the other. */
async function opened() {
  const clock = fixedClock(NOW);
  const served = await serve({ clock });
  served.slack.channel('CPAY', { name: 'payments' });
  served.slack.channel('CCLAIMS', { name: 'claims' });
  const floor = createFloor(served.store, clock);
  const create = () =>
    createSlackDesk({
      ...{ store: served.store, slack: served.platform, directory, announce, titles, clock, log: silentLog },
      rules: () => rules,
      tell: (line) => void served.told.push(line),
      editSent: (message) => served.platform.channel.edit!({ ...message, attempts: 1 }),
    });
  const desk = create();
  await desk.start();
  onTestFinished(async () => {
    await desk.stop();
    await served.stop();
  });
  return { served, floor, desk, cards: () => cardsOf(served) };
}

function cardsOf({ slack }: Served): KeptMessage[] {
  const all = ['CPAY', 'CCLAIMS'].flatMap((id) => slack.channel(id).messages);
  return all.filter(({ metadata }) => metadata?.event_payload['part'] === 'card');
}

async function tap(
  { served, cards }: Awaited<ReturnType<typeof opened>>,
  action: string,
  value: string,
  secret?: string,
) {
  served.clock.advance(1000);
  const at = served.clock.now().getTime();
  const body = tapBody(
    'U8001',
    'CPAY',
    cards()[0]!,
    { type: 'button', action_id: action, block_id: 'b', value },
    '1.1',
  );
  const type = 'application/x-www-form-urlencoded';
  return served.post(signed(body, { at, type, ...(secret !== undefined && { secret }) }));
}

const owner = async ({ served }: Awaited<ReturnType<typeof opened>>, id: string) =>
  (await served.store.ticket(id))!.ticket.owner?.agent ?? null;

describe('the whole road of a ticket through Slack', () => {
  it('leads from the card over a signed click and a message of its thread to the customer', async () => {
    const road = await opened();
    const { served, floor, cards } = road;
    const { id } = await floor.open();
    await until(() => cards().length === 1);
    expect(await tap(road, 'ticket.claim', id)).toMatchObject({ status: 200 });
    await until(async () => (await owner(road, id)) === '8001');
    const { message, status } = await served.writes('CPAY', 'U8001', '&gt; 您好，明天到账', {
      thread_ts: cards()[0]!.ts,
    });
    expect(status).toBe(200);
    await served.event(envelope(messageEvent('CPAY', message)), 1);
    await until(async () => (await floor.said()).some((line) => line.startsWith('agent')));
    await road.desk.idle();
    expect((await floor.said()).slice(2)).toEqual([`bot: claimed ${id} 小李`, 'agent: 您好，明天到账']);
    expect(served.slack.calls.filter(({ method }) => method === 'chat.update').at(-1)!.args['channel']).toBe('CPAY');
    expect(cards()).toHaveLength(1);
  });

  it.each([
    ['in Slack, too', false],
    ['in a thread of a direct message, and has gone on outside of it', true],
  ])('carries the edit of an answer to a customer who is %s, and remembers it', async (_, inThread) => {
    const road = await opened();
    const { served } = road;
    served.slack.channel('DCUST');
    const first = await served.writes('DCUST', 'UCUST', '货款什么时候到');
    if (inThread) await served.writes('DCUST', 'UCUST', '到底什么时候', { thread_ts: first.message.ts });
    const [conversation] = await served.conversations();
    const { ticket } = openTicket(draft({ id: 'T-1' }), { ...origin, conversation: conversation!, now: new Date(NOW) });
    await served.store.commitTicket({ ticket, events: [], outgoing: [] });
    await until(() => road.cards().length === 1);
    const thread = { thread_ts: road.cards()[0]!.ts };
    const { message } = await served.writes('CPAY', 'U8001', '回复：明天到帐', thread);
    const log = () => served.log(conversation!);
    await until(async () => (await log()).includes('明天到帐'));
    expect(await served.sendDue()).toEqual([]);
    if (inThread) await served.writes('DCUST', 'UCUST', '在吗');
    served.clock.advance(1000);
    const edited = { ...messageEvent('CPAY', message), text: '回复：明天到账', edited: { user: 'U8001', ts: '1.1' } };
    const change = {
      type: 'message',
      subtype: 'message_changed',
      channel: 'CPAY',
      channel_type: 'channel',
      ts: served.slack.nextTs(),
    };
    expect(await served.event(envelope({ ...change, message: edited, previous_message: message }))).toBe(200);
    await until(async () => (await log()).includes('明天到账'));
    const seen = served.slack.channel('DCUST').messages.filter(({ bot_id }) => bot_id !== undefined);
    expect(seen.map(({ text }) => /明天到./.exec(text)?.[0])).toEqual(['明天到账']);
    expect((await served.store.ticket('T-1'))!.history.at(-1)).toMatchObject({ kind: 'edited', text: '明天到账' });
  });

  it('takes nothing that is not signed by Slack', async () => {
    const road = await opened();
    const { id } = await road.floor.open();
    await until(() => road.cards().length === 1);
    expect(await tap(road, 'ticket.claim', id, 'another secret')).toMatchObject({ status: 401 });
    await road.desk.idle();
    expect(await owner(road, id)).toBeNull();
  });

  it('posts a card once though the answer to it is lost', async () => {
    const road = await opened();
    road.served.slack.faults.push({ method: 'chat.postMessage', kind: 'lost', times: 2 });
    const { id } = await road.floor.open();
    const posts = () => road.served.store.deskPosts(id);
    await until(async () => (await posts()).length === 3 && (await posts()).every(({ ts }) => ts !== null));
    expect(road.served.slack.faults).toEqual([]);
    expect(road.served.slack.channel('CPAY').messages).toHaveLength(3);
    expect(road.cards()).toHaveLength(1);
  });

  it('acknowledges a click while Slack is slow', async () => {
    const road = await opened();
    const { id } = await road.floor.open();
    await until(() => road.cards().length === 1);
    road.served.slack.faults.push({ method: 'views.open', kind: 'slow', value: 300 });
    expect(await tap(road, 'ticket.reply', id)).toMatchObject({ status: 200 });
    expect(road.served.slack.views).toEqual([]);
    await until(() => road.served.slack.views.length === 1);
    expect(road.served.slack.views[0]).toMatchObject({ method: 'views.open' });
  });

  it('names a channel that there is not, and one that we are not in, with what to do', async () => {
    const clock = fixedClock(NOW);
    const served = await serve({ clock });
    served.slack.channel('CPAY', { name: 'payments', is_member: false });
    const desk = createSlackDesk({
      ...{ store: served.store, slack: served.platform, directory, announce, titles, clock, log: silentLog },
      rules: () => rules,
      tell: (line) => void served.told.push(line),
    });
    await desk.start();
    await desk.idle();
    expect(served.told.filter((line) => /#claims.*desks\.yml.*There is no channel #claims/s.test(line))).toHaveLength(
      1,
    );
    expect(served.told.filter((line) => /#payments.*invite.*The bot is not in #payments/s.test(line))).toHaveLength(1);
    await desk.stop();
    await served.stop();
  });
});
