import type { Activity } from 'botbuilder';
import { conversationId } from '../../core/message.ts';
import type { Store } from '../../core/store.ts';
import { toActivity, type View } from './activity.ts';
import { readSince } from './watermark.ts';

/** What Direct Line sends a client, by poll or by stream. */
export interface ActivitySet {
  readonly activities: readonly Partial<Activity>[];
  readonly watermark: string;
}

export interface ReadSet {
  readonly set: ActivitySet;
  readonly watermark: number;
  /** seq of the customer's latest message so far. */
  readonly asked: number | undefined;
  readonly more: boolean;
}

/** `before`: what was read just before, where `after` is its watermark; it saves looking for what was asked, and doubting. */
export async function readSet(
  store: Store,
  view: View,
  after: number,
  before?: Pick<ReadSet, 'asked'>,
): Promise<ReadSet> {
  const id = conversationId('webchat', view.key);
  const { messages, watermark, more } = await readSince(store, id, after, before !== undefined);
  let asked = before?.asked;
  // Only a reply at the head of the set needs to know what was asked before it.
  if (asked === undefined && messages[0]?.from.role === 'bot') asked = await store.latest(id, after, 'customer');
  const activities = messages.map((message) => {
    if (message.from.role === 'customer') asked = message.seq;
    return toActivity(message, view, asked ?? 0);
  });
  return { set: { activities, watermark: String(watermark) }, watermark, asked, more };
}
