import { types, type impls, type payloads } from 'wechaty-puppet';
import type { MessageNature } from '../../core/message.ts';
import type { Member, RawMessage } from './wire.ts';

/** Names of so many members are compared where a puppet does not say who is mentioned. */
const MOST_MEMBERS = 500;
const FILE_LIMIT_MS = 15_000;

type Puppet = impls.PuppetInterface;
/** What we use of it; the puppet's own declaration does not resolve. */
interface FileBox {
  readonly name: string;
  readonly size: number;
  toBuffer(): Promise<Buffer>;
}
type Content = Pick<RawMessage, 'text' | 'nature' | 'recalls' | 'file'>;

const NATURES: Partial<Record<number, MessageNature>> = {
  [types.Message.Audio]: 'voice',
  [types.Message.Video]: 'video',
  [types.Message.Emoticon]: 'sticker',
  [types.Message.Transfer]: 'money',
  [types.Message.RedEnvelope]: 'money',
  [types.Message.ChatHistory]: 'history',
};

/** Everything about a message that the puppet must be asked for. Null for what nobody said: our own words, and notes about the group. */
export async function readRaw(
  puppet: Puppet,
  message: payloads.Message,
  fileBytes: number,
): Promise<RawMessage | null> {
  const { id, talkerId, roomId, type } = message;
  if (type === types.Message.GroupNote || talkerId === '' || (puppet.isLoggedIn && talkerId === puppet.currentUserId))
    return null;
  const contact = await puppet.contactPayload(talkerId);
  const content = await contentOf(puppet, message, fileBytes);
  const mentions = 'mentionIdList' in message ? (message.mentionIdList ?? []) : [];
  const handle = contact.handle || contact.weixin;
  const talker = {
    id: talkerId,
    name: contact.name,
    ...(contact.alias ? { remark: contact.alias } : {}),
    ...(handle ? { handle } : {}),
    ...(contact.friend === undefined ? {} : { friend: contact.friend }),
    service: contact.type === types.Contact.Official,
  };
  // Some puppets give seconds.
  const at = message.timestamp < 1e12 ? message.timestamp * 1000 : message.timestamp;
  const base = { id, at, mentions, ...content };
  if (!roomId) return { ...base, talker, room: null, named: [] };
  const room = await puppet.roomPayload(roomId);
  const self = await memberOf(puppet, roomId, puppet.currentUserId);
  const speaker = await memberOf(puppet, roomId, talkerId);
  return {
    ...base,
    talker: { ...talker, ...speaker },
    room: { id: roomId, topic: room.topic, self },
    named: await namedMembers(puppet, room, mentions, content.text),
  };
}

async function memberOf(puppet: Puppet, roomId: string, id: string): Promise<Member> {
  const { name, roomAlias } = await puppet.roomMemberPayload(roomId, id);
  return { id, name, ...(roomAlias ? { alias: roomAlias } : {}) };
}

async function namedMembers(
  puppet: Puppet,
  room: payloads.Room,
  mentions: readonly string[],
  text: string,
): Promise<readonly Member[]> {
  const ids = mentions.length > 0 ? mentions : /[@＠]/.test(text) ? room.memberIdList.slice(0, MOST_MEMBERS) : [];
  const found = await Promise.all(
    ids.map((id) => memberOf(puppet, room.id, id).catch((): Member => ({ id, name: '' }))),
  );
  return found.filter(
    (member) =>
      mentions.includes(member.id) ||
      text.includes(member.name) ||
      (member.alias !== undefined && text.includes(member.alias)),
  );
}

async function contentOf(puppet: Puppet, message: payloads.Message, fileBytes: number): Promise<Content> {
  const { id, type, text = '' } = message;
  switch (type) {
    case types.Message.Text:
      return { text };
    case types.Message.Url: {
      const { title, description = '', url } = await puppet.messageUrl(id);
      return { text: lines(title, description, waybillOf(url)) };
    }
    case types.Message.MiniProgram: {
      const { title = '', description = '', pagePath = '' } = await puppet.messageMiniProgram(id);
      return { text: lines(title, description, waybillOf(pagePath)) };
    }
    case types.Message.Location: {
      const { address = '', name = '' } = await puppet.messageLocation(id);
      return { text: lines(name, address), nature: 'location' };
    }
    case types.Message.Image:
    case types.Message.Attachment:
    case types.Message.Video:
    case types.Message.Audio:
      return fileOf(puppet, message, fileBytes);
    case types.Message.Recalled:
      return { text: '', nature: 'recalled', ...(text === '' ? {} : { recalls: text }) };
    case types.Message.Contact:
      return { text: '', nature: 'history' };
    default: {
      const nature = NATURES[type];
      // What this wechaty does not know may still be words.
      return nature === undefined ? { text: text.startsWith('<') ? '' : text } : { text: '', nature };
    }
  }
}

async function fileOf(puppet: Puppet, { id, type }: payloads.Message, most: number): Promise<Content> {
  const nature = NATURES[type] ?? 'unreadable';
  let alarm: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>(
      (_, reject) => (alarm = setTimeout(() => reject(new Error('late')), FILE_LIMIT_MS)),
    );
    const box: FileBox = await Promise.race([puppet.messageFile(id) as Promise<FileBox>, late]);
    if (box.size > most) return { text: '', nature };
    const bytes = await Promise.race([box.toBuffer(), late]);
    if (bytes.length === 0 || bytes.length > most) return { text: '', nature };
    return {
      text: '',
      ...(nature === 'unreadable' ? {} : { nature }),
      file: { name: box.name, base64: bytes.toString('base64') },
    };
  } catch {
    return { text: '', nature };
  } finally {
    clearTimeout(alarm);
  }
}

/** Parameters of an address that are digits or letters in one piece may be a waybill. */
function waybillOf(address: string): string {
  const values = /[?#&/](?:[a-z_]*(?:no|number|waybill|billcode|单号)[a-z_]*)=([A-Za-z0-9]{6,20})/i.exec(address);
  return values?.[1] ?? '';
}

const lines = (...parts: readonly string[]): string =>
  [...new Set(parts.map((part) => part.trim()))].filter((part) => part !== '').join('\n');
