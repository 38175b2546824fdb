import { conversationAt, messageId } from '../../src/channels/slack/place.ts';
import { conversationOf } from '../../src/channels/wechat/address.ts';
import { conversationId, type InboundMessage } from '../../src/core/message.ts';
import type { Random } from './random.ts';
import { BOT } from './wechat-network.ts';
import { ask, type World } from './world.ts';

const ROOM = { id: 'room-1', topic: '大客户群', self: BOT };
const COLLEAGUE = { id: 'wx-colleague', name: '应声客服小梅', service: false };
const TEAM = 'T1';

/** What one person writes, each line a message. Own parcels are proved, foreign ones only guessed at. */
function lines(world: World, person: string, random: Random): string[] {
  const mine = world.parcels.filter((parcel) => parcel.owner === person);
  const others = world.parcels.filter((parcel) => parcel.owner !== person);
  const own = random.pick(mine);
  const foreign = random.pick(others);
  // Tails begin at 4000, and the next guess is one more.
  const wrong = String(random.between(1000, 3998));
  const matters: readonly (() => string[])[] = [
    () => [`查一下${own.waybill}到哪了`, own.tail],
    () => [`${own.waybill}的货款什么时候到账？`, own.tail],
    () => [own.waybill, own.tail, '货款呢'],
    () => [`查一下${foreign.waybill}到哪了`, wrong, String(Number(wrong) + 1), '我是她老公'],
    () => [`${foreign.waybill}的货款打给谁了`, wrong],
    () => ['预约回访', '可以'],
    () => ['预约回访', '好的', '谢谢'],
    () => ['转人工'],
    () => ['转人工', '在吗', '怎么还没人'],
    () => ['我要投诉你们，态度太差了'],
    () => ['你们几点上班？'],
    () => ['你工号是多少'],
    () => ['货破了要理赔', own.waybill, own.tail],
    () => ['你好', '在吗', '我想问下', `${own.waybill}到了没`],
    () => ['where is my parcel', own.waybill, own.tail],
    () => ['哈哈哈', '随便看看'],
    () => [`催一下${own.waybill}`, own.tail],
    () => ['取消'],
  ];
  return Array.from({ length: random.between(1, 3) }, () => random.pick(matters)()).flat();
}

/** Some think between two messages, some do not. */
async function pauses(world: World, random: Random): Promise<void> {
  await world.time.sleep(random.chance(0.4) ? random.between(50, 1500) : random.between(2000, 45_000));
}

/** A page posts until it has an answer, the same id each time. */
export async function webCustomer(world: World, person: string, random: Random): Promise<void> {
  const conversation = conversationId('webchat', person);
  world.oracle.meets(conversation, person);
  for (const [n, text] of lines(world, person, random).entries()) {
    await pauses(world, random);
    const message: InboundMessage = {
      ...{ channel: 'webchat', id: `${person}|own|${n}`, conversation, group: false, text, attachments: [] },
      customer: { id: person },
      sentAt: world.time.now().toISOString(),
    };
    world.note(`page of ${person}: ${text}`);
    const posted = post(world, message, random);
    if (random.chance(0.7)) await posted;
  }
}

async function post(world: World, message: InboundMessage, random: Random): Promise<void> {
  for (;;) {
    const answer = await ask(world, 5000, (program) => program.receive(message));
    if (answer.kind === 'done') {
      world.oracle.acknowledged(message.channel, message.id);
      if (!random.chance(world.weather.road.lostAnswer)) return;
    }
    await world.time.sleep(random.between(300, 4000));
  }
}

/** Slack delivers an event again until it is taken, and now and then once more. */
export async function slackCustomer(world: World, person: string, random: Random): Promise<void> {
  const channel = `D${person}`;
  world.oracle.meets(conversationAt({ team: TEAM, channel, thread: '', user: person }), person);
  for (const text of lines(world, person, random)) {
    await pauses(world, random);
    const ts = world.slack.nextTs();
    const at = world.time.now().toISOString();
    world.note(`slack user ${person}: ${text}`);
    void deliver(world, random, async () => {
      const said = { kind: 'new' as const, team: TEAM, channel, direct: true, thread: null, ts, user: person, text };
      const answer = await ask(world, 3000, (program) => program.hear({ ...said, files: [], at }));
      if (answer.kind === 'done') world.oracle.acknowledged('slack', messageId(TEAM, channel, ts));
      return answer.kind === 'done';
    });
  }
}

export async function deliver(world: World, random: Random, attempt: () => Promise<boolean>): Promise<void> {
  if (random.chance(world.weather.road.overtake)) await world.time.sleep(random.between(0, 2000));
  for (let pause = 1000; !(await attempt()); pause = Math.min(pause * 4, 60_000)) await world.time.sleep(pause);
  if (!random.chance(world.weather.road.again)) return;
  await world.time.sleep(random.between(100, 60_000));
  await attempt();
}

/** In their own chat, or in a room with others, where a colleague sometimes answers first. */
export async function wechatCustomer(world: World, person: string, random: Random): Promise<void> {
  const room = random.chance(0.5) ? ROOM : null;
  const friend = random.chance(0.8);
  world.oracle.meets(conversationOf({ person, room: room?.id ?? null }), person);
  world.oracle.meets(conversationOf({ person, room: null }), person);
  for (const [n, text] of lines(world, person, random).entries()) {
    await pauses(world, random);
    const called = room !== null && random.chance(0.5);
    world.wechat.write({
      ...{ id: `wx-${person}-${n}`, at: world.time.now().getTime(), room, mentions: called ? [BOT.id] : [], named: [] },
      talker: { id: person, name: person, friend, service: false },
      text: called ? `@${BOT.name} ${text}` : text,
    });
    if (room === null || !random.chance(0.15)) continue;
    await world.time.sleep(random.between(500, 20_000));
    world.wechat.write({
      ...{ id: `wx-colleague-${person}-${n}`, at: world.time.now().getTime(), room, mentions: [person], named: [] },
      talker: COLLEAGUE,
      text: '您好，这个我来帮您看',
    });
  }
}
