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
  readonly more: boolean;
}

/** `ours`: the watermark `after` was told by ourselves a moment ago. */
export async function readSet(store: Store, view: View, after: number, ours = false): Promise<ReadSet> {
  const id = conversationId('webchat', view.key);
  const { messages, watermark, more } = await readSince(store, id, after, ours);
  const activities = messages.map((message) => toActivity(message, view));
  return { set: { activities, watermark: String(watermark) }, watermark, more };
}
