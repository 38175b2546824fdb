import type { ConversationId, LoggedMessage } from '../../core/message.ts';
import type { Store } from '../../core/store.ts';

/**
 * A watermark is the `seq` of the last message a client has seen in its conversation, as text: it only grows and
 * means the same after a restart. What is not a whole number (empty, `-`, negative, garbage) means the beginning.
 */
export function parseWatermark(given: unknown): number {
  return typeof given === 'string' && /^\d{1,32}$/.test(given) ? Math.min(Number(given), Number.MAX_SAFE_INTEGER) : 0;
}

const PAGE = 200;

export interface LogPage {
  readonly messages: readonly LoggedMessage[];
  readonly watermark: number;
  /** There is more after this page. */
  readonly more: boolean;
}

/**
 * What came after a watermark. One from beyond the end (of another database) is put back to the end, with no messages. `ours`: it was
 * told by ourselves a moment ago, so that there is nothing to doubt.
 */
export async function readSince(store: Store, id: ConversationId, watermark: number, ours = false): Promise<LogPage> {
  if (watermark === 0 || ours) return page(await store.log(id, watermark, PAGE), watermark);
  const found = await store.log(id, watermark - 1, PAGE);
  if (found.length === 0) return { messages: [], watermark: await store.latest(id, watermark), more: false };
  return page(found, watermark);
}

function page(found: readonly LoggedMessage[], watermark: number): LogPage {
  const messages = found.filter((message) => message.seq > watermark);
  return { messages, watermark: messages.at(-1)?.seq ?? watermark, more: found.length === PAGE };
}
