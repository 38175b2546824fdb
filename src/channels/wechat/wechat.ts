import { createHash } from 'node:crypto';
import type { Channel, ChannelStatus, Receive } from '../../core/channel.ts';
import type { Clock } from '../../core/clock.ts';
import { dayOf } from '../../core/day.ts';
import { messageOf, NotKeptError, RefusedError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Attachment, ConversationId, InboundMessage, OutgoingMessage } from '../../core/message.ts';
import type { Store } from '../../core/store.ts';
import { sniff } from '../sniffed-file.ts';
import { oneLine } from '../words.ts';
import { addressOf, conversationOf } from './address.ts';
import { createAnswers } from './answers.ts';
import { createLoopGuard } from './automatic.ts';
import { createConnection, type ConnectionDeps, type ConnectionStatus } from './connection.ts';
import { createLeaving } from './leaving.ts';
import { createKeepingOrder } from './keeping-order.ts';
import { terminalCode } from './login-code.ts';
import { createPeople } from './people.ts';
import { isPrivate, TOLD_PRIVATELY } from './private-words.ts';
import type { Room, WechatPolicy } from './policy.ts';
import { readMessage, type Acquaintance, type Reading } from './reading.ts';
import { createSending, writtenOut, type Words } from './sending.ts';
import { createVigil } from './vigil.ts';
import type { VigilTimes } from './word-due.ts';
import type { Member, RawMessage } from './wire.ts';

export interface WechatDeps extends Pick<ConnectionDeps, 'folder' | 'env' | 'settings' | 'patience' | 'backOffMs'> {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly policy: () => WechatPolicy;
  /** Tells whoever starts the program, e.g. the QR code. */
  readonly tell: (line: string) => void;
  readonly vigil?: Partial<VigilTimes>;
  /** How to reach WeChat; through wechaty in a process of its own where it is not given. */
  readonly connect?: typeof createConnection;
}

export interface WechatChannel extends Channel {
  status(): ChannelStatus & ConnectionStatus;
}

const NAME_LENGTH = 64;
/** Between two tries to keep a message, in ms; the last one is repeated. */
const KEEP_AGAIN = [200, 500, 1000];

/** WeChat through any puppet of wechaty: chats with one person, and groups, in which it mostly listens. */
export async function createWechat(deps: WechatDeps): Promise<WechatChannel> {
  const { store, clock, log } = deps;
  const order = createKeepingOrder((message) => receive(message), insist, notTaken);
  const answers = createAnswers(store, (room) => order.kept(room));
  const guard = createLoopGuard();
  const chains = new Map<string, Promise<void>>();
  const rooms = new Map<string, string>();
  let receive: Receive = () => Promise.reject(new Error('the WeChat channel has not been started'));
  let running = false;

  const connection = (deps.connect ?? createConnection)({
    ...deps,
    onMessage: (raw) => queue(chatOf(raw), () => take(raw)),
    onJoined: (room, members) => queue(room.id, () => welcome(room, members)),
    onStatus: (status) => {
      since = status.state === shown.state ? since : clock.now().toISOString();
      if (status.qrcode !== null && status.qrcode !== shown.qrcode) void showCode(status.qrcode);
      shown = status;
      vigil.look(status);
    },
  });
  let shown = connection.status();
  let since = clock.now().toISOString();
  const vigil = await createVigil({ ...deps, times: deps.vigil });
  const leaving = await createLeaving(store);
  const people = createPeople({ store, clock, bearers: (remark) => connection.bearers(remark) });
  const sending = await createSending({
    ...deps,
    connection,
    pace: () => deps.policy().pace,
    onPause: () => store.note({ channel: 'wechat', kind: 'too-often' }, clock.now().toISOString()),
  });

  /** Whoever starts the program can log in there and then. */
  async function showCode(code: string): Promise<void> {
    deps.tell(
      `请用微信扫码登录，也可以打开坐席台扫 (scan with WeChat to log in): ${code}\n${await terminalCode(code)}`,
    );
  }

  /** What is said in one room, or by one person, is kept in the order in which it came. */
  function queue(chat: string, work: () => Promise<void>): void {
    const next = (chains.get(chat) ?? Promise.resolve())
      .then(work)
      .catch(notTaken)
      .finally(() => {
        if (chains.get(chat) === next) chains.delete(chat);
      });
    chains.set(chat, next);
  }

  function notTaken(error: unknown): void {
    log.error({ error: messageOf(error) }, 'a WeChat message could not be taken in');
  }

  /** WeChat delivers once: what cannot be done for a message now is tried again while we run. */
  async function insist<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await work();
      } catch (error) {
        if (!running) throw error;
        if (!(error instanceof NotKeptError))
          log.error({ error: messageOf(error), tries }, 'a WeChat message cannot be kept: trying again');
        const pause = KEEP_AGAIN[Math.min(tries, KEEP_AGAIN.length - 1)] ?? 0;
        await new Promise<void>((resolve) => void clock.after(pause, resolve));
      }
    }
  }

  async function take(given: RawMessage): Promise<void> {
    const policy = deps.policy();
    const { room, talker } = given;
    const known = acquaintance(policy);
    if (talker.service || known === null || talker.id === known.self.id || policy.bots.includes(talker.name)) return;
    if (room !== null) rooms.set(room.id, room.topic);
    if (room !== null && !policy.served(room)) return;
    const raw = await insist(() => people.placed(given));
    const { recalls } = raw;
    const chat = chatOf(given);
    if (recalls !== undefined) {
      await order.kept(chat);
      await insist(() => store.noteChange('wechat', recalls, { kind: 'deleted', text: '', at: sentAt(raw) }));
    }
    const reading = readMessage(raw, known, policy.messageLength);
    const colleague = room !== null && known.isColleague(talker);
    const who = colleague ? 'colleague' : 'member';
    for (const conversation of await insist(() => answers.answeredBy(raw, reading, who)))
      await keepAnswer(chat, raw, reading, conversation, who);
    if (colleague) return;
    answers.spoke(raw);
    order.keep(chat, await insist(() => inbound(raw, reading, policy, talker.id)));
  }

  function acquaintance(policy: WechatPolicy): Acquaintance | null {
    const { self } = connection.status();
    if (self === null) return null;
    const isColleague: Acquaintance['isColleague'] = ({ name, alias, remark }) =>
      [name, alias, remark].some((one) => one !== undefined && one !== '' && policy.isColleague(one));
    return { self, names: policy.names, isColleague };
  }

  /** A colleague's words belong to the story of the customer they answer. */
  async function keepAnswer(
    chat: string,
    raw: RawMessage,
    reading: Reading,
    conversation: ConversationId,
    answer: 'colleague' | 'member',
  ): Promise<void> {
    if ((await insist(() => store.conversation(conversation))) === null) return;
    const { room } = reading.context;
    order.keep(chat, {
      channel: 'wechat',
      id: `${raw.id}/answers/${addressOf(conversation).person}`,
      conversation,
      customer: personOf(raw.talker),
      group: true,
      text: reading.text,
      attachments: [],
      context: { ...(room === undefined ? {} : { room }), answer },
      sentAt: sentAt(raw),
    });
  }

  async function inbound(
    raw: RawMessage,
    reading: Reading,
    policy: WechatPolicy,
    contact: string,
  ): Promise<InboundMessage> {
    const conversation = conversationOf({ person: raw.talker.id, room: raw.room?.id ?? null });
    const customer = personOf(raw.talker);
    const group = raw.room !== null;
    const attachment = raw.file === undefined ? null : await keepFile(raw, conversation, policy);
    const lost = raw.file !== undefined && attachment === null && reading.context.nature === undefined;
    const automatic = guard.heard(conversation, reading.text, clock.now().getTime());
    return {
      channel: 'wechat',
      id: raw.id,
      conversation,
      customer,
      group,
      text: reading.text,
      attachments: attachment === null ? [] : [attachment],
      context: {
        ...reading.context,
        contact,
        ...(lost ? { nature: 'unreadable' as const } : {}),
        ...(automatic ? { automatic } : {}),
      },
      sentAt: sentAt(raw),
    };
  }

  async function keepFile(
    raw: RawMessage,
    conversation: ConversationId,
    policy: WechatPolicy,
  ): Promise<Attachment | null> {
    if (raw.file === undefined) return null;
    const bytes = Buffer.from(raw.file.base64, 'base64');
    const file = bytes.length > policy.attachmentMb * 1024 * 1024 ? null : await sniff({ name: raw.file.name, bytes });
    if (file === null) return null;
    // The same message always has the same file: a replay stores nothing twice.
    const id = createHash('sha256').update(`wechat ${raw.id}`).digest('base64url');
    const attachment = {
      id,
      kind: file.kind,
      contentType: file.contentType,
      name: file.name,
      size: bytes.length,
      url: `/api/attachments/${id}`,
    };
    await store.openConversation(conversation, personOf(raw.talker), raw.room !== null, clock.now().toISOString());
    await store.putAttachment(conversation, attachment, bytes);
    return attachment;
  }

  /** A clock that is wrong over there must not make a message older or younger than it can be. */
  function sentAt({ at }: RawMessage): string {
    const now = clock.now().getTime();
    return new Date(Number.isFinite(at) && at > 0 ? Math.min(at, now) : now).toISOString();
  }

  /** At most once a day and room, whoever comes. */
  async function welcome(room: Room, members: readonly Member[]): Promise<void> {
    const policy = deps.policy();
    const words = policy.served(room) ? policy.welcome(room) : '';
    const { self } = connection.status();
    if (words === '' || self === null || members.some(({ id }) => id === self.id)) return;
    const [key, today] = [`wechat.welcomed.${room.id}`, dayOf(clock.now())];
    if ((await store.setting(key)) === today) return;
    await store.keepSetting(key, today);
    await sending.send({ room: room.id, person: '' }, words, policy.quiet(room));
  }

  const channel: WechatChannel = {
    name: 'wechat',
    start(given) {
      receive = given;
      running = true;
      connection.start();
      return Promise.resolve();
    },
    async send(message) {
      const address = addressOf(message.conversation);
      const to = { ...address, person: await people.contactOf(address.person) };
      if (to.person === '') throw new RefusedError('nobody', 'the conversation names nobody');
      const quiet = to.room === null ? '' : deps.policy().quiet({ id: to.room, topic: rooms.get(to.room) ?? '' });
      // The bot's own words are free of it by their making; an agent may forget where the customer reads.
      const byAgent = message.from.role === 'agent';
      const aside = to.room !== null && byAgent && (isPrivate(message.text) || message.attachments.length > 0);
      const target = aside ? { ...to, room: null } : to;
      const words = await wordsOf(message, target.room);
      await leaving.send(
        message.seq,
        words.map((one) => (leave) => sending.send(target, one, quiet, leave)),
      );
      guard.said(message.conversation, clock.now().getTime());
      if (aside)
        await sending.send(to, TOLD_PRIVATELY, quiet).catch((error: unknown) => {
          log.warn({ error: messageOf(error) }, 'a room could not be told that its member was written to');
        });
    },
    status: () => ({
      ...connection.status(),
      since,
      account: connection.status().self?.name ?? null,
      pausedUntil: sending.pausedUntil() > clock.now().getTime() ? new Date(sending.pausedUntil()).toISOString() : null,
    }),
    async stop() {
      running = false;
      await vigil.stop();
      await connection.stop();
      await Promise.all(chains.values());
      await order.idle();
    },
  };

  /** What a person reads, then the files; each is a message of its own in WeChat. */
  async function wordsOf(message: OutgoingMessage, room: string | null): Promise<readonly Words[]> {
    const files: Words[] = [];
    for (const { id, name } of message.attachments) {
      const found = await store.attachment(id);
      if (found === null) log.error({ seq: message.seq }, 'a file for WeChat is not there');
      else files.push({ name, base64: Buffer.from(found.bytes).toString('base64') });
    }
    return message.text === '' && files.length > 0 ? files : [writtenOut(message, room), ...files];
  }

  return channel;
}

/** What is said in one chat has one order. */
function chatOf({ room, talker }: RawMessage): string {
  return room?.id ?? talker.id;
}

function personOf({ id, name }: Member): { id: string; name?: string } {
  const shown = oneLine(name, NAME_LENGTH);
  return { id, ...(shown === '' ? {} : { name: shown }) };
}
