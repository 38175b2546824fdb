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

/** What came after a watermark. One from beyond the end (of another database) is put back to the end, with no messages. */
export async function readSince(store: Store, id: ConversationId, watermark: number): Promise<LogPage> {
  if (watermark === 0) return page(await store.log(id, 0, PAGE), 0);
  const found = await store.log(id, watermark - 1, PAGE);
  if (found.length === 0) return { messages: [], watermark: await lastSeq(store, id), more: false };
  return page(found, watermark);
}

function page(found: readonly LoggedMessage[], watermark: number): LogPage {
  const messages = found.filter((message) => message.seq > watermark);
  return { messages, watermark: messages.at(-1)?.seq ?? watermark, more: found.length === PAGE };
}

async function lastSeq(store: Store, id: ConversationId): Promise<number> {
  let last = 0;
  for (let found = await store.log(id, 0, PAGE); found.length > 0; found = await store.log(id, last, PAGE))
    last = found.at(-1)?.seq ?? last;
  return last;
}

/** The customer's latest message at or before `seq`: what the bot's next words answer. 0 where there is none. */
export async function lastAsked(store: Store, id: ConversationId, seq: number): Promise<number> {
  let asked = 0;
  let after = 0;
  while (after < seq) {
    const found = (await store.log(id, after, PAGE)).filter((message) => message.seq <= seq);
    if (found.length === 0) break;
    asked = found.findLast((message) => message.from.role === 'customer')?.seq ?? asked;
    after = found.at(-1)?.seq ?? seq;
  }
  return asked;
}
