import { conversationId, keyOf, type ConversationId } from '../../core/message.ts';

export const CHANNEL = 'slack';

/** Where a conversation is held. A direct message is one conversation, whichever threads it has; in a channel each thread and person is one. */
export interface Place {
  readonly team: string;
  readonly channel: string;
  /** `ts` of the thread's first message; empty in a direct message. */
  readonly thread: string;
  readonly user: string;
}

export function conversationAt({ team, channel, thread, user }: Place): ConversationId {
  return conversationId(CHANNEL, [team, channel, thread, user].join('/'));
}

export function placeOf(id: ConversationId): Place {
  const [team = '', channel = '', thread = '', user = ''] = keyOf(id).split('/');
  return { team, channel, thread, user };
}

/** The dedupe key: the same for a message event, its app_mention twin, every retry, and what history tells of it. */
export function messageId(team: string, channel: string, ts: string): string {
  return [team, channel, ts].join('/');
}
