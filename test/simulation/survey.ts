import { EVENT_TYPE } from '../../src/channels/slack/look-up.ts';
import { POST_EVENT } from '../../src/desks/slack/find-post.ts';
import { addressOf } from '../../src/channels/wechat/address.ts';
import { writtenOut } from '../../src/channels/wechat/sending.ts';
import type { ConversationId, LoggedMessage } from '../../src/core/message.ts';
import type { DialogueEvent } from '../../src/dialogue/event.ts';
import { replay } from '../../src/dialogue/evolve.ts';
import type { World } from './world.ts';

const EVER = '2000-01-01T00:00:00.000Z';
const FAR = '2100-01-01T00:00:00.000Z';

/** Whether nothing is under way any more. */
export async function isQuiet({ store }: World): Promise<boolean> {
  const [waiting, due, held] = [await store.waiting(), await store.nextDue(), await store.heldAnswers(null)];
  return waiting.length === 0 && due === null && held.length === 0;
}

/** What is wrong once everything is quiet: a sentence each. */
export async function survey(world: World): Promise<readonly string[]> {
  const { store, oracle } = world;
  const wrong: string[] = [];
  const object = (what: string): void => void wrong.push(what);

  const ledger = await store.ledger(FAR, 0);
  for (const id of ledger.unaccounted) object(`${id} is unaccounted for`);
  for (const { conversation, key } of await store.dueTimers(FAR, 1000))
    object(`timer ${conversation} ${key} is still to go off`);
  for (const { id, state } of await store.heldAnswers(null)) object(`answer ${id} is still ${state}`);

  const logs = new Map<ConversationId, readonly LoggedMessage[]>();
  for (const id of oracle.conversations) logs.set(id, await store.log(id, 0, 10_000));
  const lines = [...logs.values()].flat();
  const kept = new Map<string, number>();
  for (const { from, id, conversation } of lines) {
    if (from.role === 'bot') continue;
    const name = `${conversation.slice(0, conversation.indexOf(':'))} ${id}`;
    kept.set(name, (kept.get(name) ?? 0) + 1);
  }
  for (const name of oracle.taken.messages) {
    const times = kept.get(name) ?? 0;
    if (times !== 1) object(`${name} was acknowledged and is in the log ${times} times`);
  }
  for (const [id, { conversation }] of oracle.taken.replies) {
    const times = lines.filter((line) => line.id === id && line.conversation === conversation).length;
    if (times !== 1) object(`reply ${id} was taken and is in the log ${times} times`);
  }
  for (const [id, ticket] of oracle.taken.answers) {
    const times = lines.filter((line) => line.id === id).length;
    const state = (await store.heldAnswer(id))?.state;
    const wanted = state === 'left' ? 1 : state === 'refused' || state === 'taken-back' ? 0 : -1;
    if (times !== wanted) object(`answer ${id} on ${ticket.id} is ${state ?? 'unknown'} and in the log ${times} times`);
  }

  for (const [id, log] of logs) {
    await foldOf(world, id, object);
    const out = log.filter(({ delivery }) => delivery !== undefined);
    for (const { seq, delivery } of out) {
      if (delivery?.state === 'queued') object(`${id}: message ${seq} was never sent (${delivery.error ?? ''})`);
    }
    if (id.startsWith('slack:')) onSlack(world, out, object);
    if (id.startsWith('wechat:')) onWechat(world, id, out, object);
  }
  cards(world, object);
  notTaken(world, kept, object);
  return wrong;
}

async function foldOf({ store }: World, id: ConversationId, object: (what: string) => void): Promise<void> {
  const state = (await store.conversation(id))?.state ?? null;
  const events = (await store.events(id, EVER)).map(({ event }) => JSON.parse(event) as DialogueEvent);
  if (state === null && events.length === 0) return;
  if (JSON.stringify(sorted(replay(events))) !== JSON.stringify(sorted(JSON.parse(state ?? 'null'))))
    object(`${id}: the state is not what its events make of it`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inside]) => [key, sorted(inside)]),
  );
}

/** Each message of ours is there once, in the order of the log. */
function onSlack({ slack }: World, out: readonly LoggedMessage[], object: (what: string) => void): void {
  const shown = slack.messages.filter(({ metadata }) => metadata?.event_type === EVENT_TYPE);
  let latest = 0;
  for (const { seq, delivery } of out) {
    const there = shown.filter(({ metadata }) => metadata?.event_payload['seq'] === seq);
    if (delivery?.state === 'given_up') object(`slack: message ${seq} was given up (${delivery.error ?? ''})`);
    else if (there.length !== 1) object(`slack: message ${seq} is there ${there.length} times`);
    const ts = Number(there[0]?.ts ?? 0);
    if (there.length > 0 && ts < latest) object(`slack: message ${seq} came out of order`);
    latest = Math.max(latest, ts);
  }
}

/** Each message is there once, in the order of the log; what WeChat gave no answer to is flagged, whether it is there or not. */
function onWechat(
  { wechat }: World,
  id: ConversationId,
  out: readonly LoggedMessage[],
  object: (what: string) => void,
): void {
  const { person, room } = addressOf(id);
  const shown = wechat.shown.filter((one) => one.room === room && one.person === person).map(({ text }) => text);
  // All places where the reader may stand: two lines may have the same words, and one of them may not have gone.
  let places = new Set([0]);
  for (const line of out) {
    const text = writtenOut({ ...line, attempts: 0 }, room);
    const next = new Set<number>();
    for (const at of places) {
      if (shown[at] === text) next.add(at + 1);
      if (line.delivery?.state !== 'sent') next.add(at);
    }
    if (next.size === 0) object(`${id}: message ${line.seq} is not where it should be`);
    else places = next;
  }
  const at = Math.max(...places);
  if (at < shown.length) object(`${id}: doubled or out of order: ${shown[at]?.slice(0, 40)}`);
}

/** Slack shows each part of a ticket once in a channel. */
function cards({ slack }: World, object: (what: string) => void): void {
  const there = new Map<string, number>();
  for (const { channel, metadata } of slack.messages) {
    if (metadata?.event_type !== POST_EVENT) continue;
    const { ticket, part } = metadata.event_payload;
    const name = `${String(ticket)} ${String(part)} in ${channel}`;
    there.set(name, (there.get(name) ?? 0) + 1);
  }
  for (const [name, times] of there) if (times > 1) object(`slack shows ${name} ${times} times`);
}

/** How long a life may need to keep what it was given, ms. */
const TO_KEEP = 3 * 60_000;

/** WeChat is not answered, so what a life was given it must keep, if it lives on. */
function notTaken({ wechat, time }: World, kept: ReadonlyMap<string, number>, object: (what: string) => void): void {
  for (const { message, life, at } of wechat.given) {
    if (message.talker.name !== message.talker.id || !life.alive() || time.elapsed() - at < TO_KEEP) continue;
    if (!kept.has(`wechat ${message.id}`)) object(`wechat ${message.id} was given to the program and is nowhere`);
  }
}
