import { conversationId, keyOf, type ConversationId } from '../../core/message.ts';

/** Who is to be reached where: a person in a room, or in their own chat. */
export interface Address {
  readonly person: string;
  readonly room: string | null;
}

const CHANNEL = 'wechat';

/** One conversation for each person in each room, and one for each own chat. Ids of WeChat hold no slash. */
export function conversationOf({ person, room }: Address): ConversationId {
  return conversationId(CHANNEL, room === null ? person : `${room}/${person}`);
}

export function addressOf(conversation: ConversationId): Address {
  const key = keyOf(conversation);
  const slash = key.indexOf('/');
  return slash < 0 ? { person: key, room: null } : { room: key.slice(0, slash), person: key.slice(slash + 1) };
}
