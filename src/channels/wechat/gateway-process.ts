/**
 * The process that holds the wechaty instance, and nothing else: wechaty does not recover reliably from a gateway that died,
 * and an error in one of its handlers ends the process. Here both may happen; our side (connection.ts) starts another one.
 */
import { flushCompileCache } from 'node:module';
import { FileBox } from 'file-box';
import { WechatyBuilder } from 'wechaty';
import type { impls } from 'wechaty-puppet';
import { readRaw } from './raw-message.ts';
import { sendFailureOf } from './send-failure.ts';
import { calling } from './mention.ts';
import type { FromGateway, GatewaySettings, Saying, ToGateway } from './wire.ts';

const settings = JSON.parse(process.argv[2] ?? '{}') as GatewaySettings;
/** Errors after which nothing more comes from this instance. */
const FATAL = /UNAVAILABLE|UNAUTHENTICATED|CANCELLED|ECONNREFUSED|ECONNRESET|Connection dropped|DEADLINE_EXCEEDED/;

const tell = (message: FromGateway): void => void process.send?.(message);

function giveUp(what: string): void {
  tell({ kind: 'trouble', what: what.slice(0, 300) });
  // Long enough for the word to leave.
  setTimeout(() => process.exit(3), 50);
}

process.on('uncaughtException', (error) => giveUp(error.message));
process.on('unhandledRejection', (reason) => giveUp(reason instanceof Error ? reason.message : String(reason)));
process.on('disconnect', () => process.exit(0));

const bot = WechatyBuilder.build({
  name: 'yingsheng',
  ...(process.env['WECHATY_PUPPET'] ? { puppet: process.env['WECHATY_PUPPET'] as 'wechaty-puppet-service' } : {}),
});
let heardAt = Date.now();

bot.on('error', (error) => {
  if (FATAL.test(String(error.message))) giveUp(error.message);
  else tell({ kind: 'trouble', what: error.message.slice(0, 300) });
});
await bot.init();
heardAt = Date.now();
tell({ kind: 'loaded' });
// Else it is written when the process ends by itself, which it seldom does.
flushCompileCache();
const puppet: impls.PuppetInterface = bot.puppet;

/** Messages of one chat are read one after the other, however long a picture takes; other chats go on meanwhile. */
const chains = new Map<string, Promise<void>>();
function inOrder(chat: string, work: () => Promise<void>): void {
  const next = (chains.get(chat) ?? Promise.resolve()).then(work).catch((error: unknown) => {
    tell({ kind: 'trouble', what: `a message could not be read: ${String(error).slice(0, 200)}` });
  });
  chains.set(chat, next);
  void next.then(() => {
    if (chains.get(chat) === next) chains.delete(chat);
  });
}

puppet.on('scan', ({ qrcode }) => tell({ kind: 'scan', qrcode: qrcode ?? '' }));
puppet.on('logout', ({ data }) => tell({ kind: 'logout', reason: data ?? '' }));
puppet.on('login', ({ contactId }) => {
  void (async () => {
    const { name } = await puppet.contactPayload(contactId);
    tell({ kind: 'login', self: { id: contactId, name } });
  })();
});
puppet.on('message', ({ messageId }) => {
  heardAt = Date.now();
  const payload = puppet.messagePayload(messageId);
  // Whose chat it is shows only in the payload: asked for at once, and waited for in the order of arrival.
  inOrder('', async () => {
    const message = await payload;
    inOrder(message.roomId || message.talkerId, async () => {
      const raw = await readRaw(puppet, message, settings.fileBytes);
      if (raw !== null) tell({ kind: 'message', message: raw });
    });
  });
});
puppet.on('room-join', ({ roomId, inviteeIdList }) => {
  void (async () => {
    const { topic } = await puppet.roomPayload(roomId);
    const members = await Promise.all(
      inviteeIdList.map(async (id) => ({ id, name: (await puppet.contactPayload(id)).name })),
    );
    tell({ kind: 'joined', room: { id: roomId, topic }, members });
  })().catch((error: unknown) => tell({ kind: 'trouble', what: String(error).slice(0, 200) }));
});
const sign = (): void => {
  heardAt = Date.now();
  tell({ kind: 'alive' });
};
puppet.on('dong', sign);
puppet.on('heartbeat', sign);

process.on('message', (message: ToGateway) => {
  if (message.kind === 'stop') {
    setTimeout(() => process.exit(0), 5000);
    void bot.stop().finally(() => process.exit(0));
    return;
  }
  if (message.kind === 'bearers') {
    void bearers(message.remark).then((ids) => tell({ kind: 'bearers', n: message.n, ids }));
    return;
  }
  void say(message).then(
    () => tell({ kind: 'said', n: message.n }),
    (error: unknown) => tell({ kind: 'said', n: message.n, failure: sendFailureOf(error) }),
  );
});

async function say({ person, room, text, file }: Saying): Promise<void> {
  if (!puppet.isLoggedIn) throw new Error('not logged in');
  if (file !== undefined)
    return void (await puppet.messageSendFile(room ?? person ?? '', FileBox.fromBase64(file.base64, file.name)));
  if (room === null) return void (await puppet.messageSendText(person ?? '', text));
  if (person === null) return void (await puppet.messageSendText(room, text));
  const member = await puppet.roomMemberPayload(room, person);
  await puppet.messageSendText(room, `${calling(member.roomAlias || member.name)}${text}`, [person]);
}

async function bearers(remark: string): Promise<readonly string[] | null> {
  try {
    const all = await puppet.contactList();
    const payloads = await Promise.all(all.map((id) => puppet.contactPayload(id)));
    return payloads.filter(({ alias }) => alias === remark).map(({ id }) => id);
  } catch {
    return null;
  }
}

setInterval(() => {
  if (Date.now() - heardAt > settings.silenceMs) giveUp('the gateway gives no sign of life');
  else puppet.ding('yingsheng');
}, settings.pingMs);
await bot.start();
