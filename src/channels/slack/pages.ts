import type { Call } from './call.ts';

const PAGE = 200;
/** A stop for an answer that never says that it is the last one. */
const MOST_PAGES = 500;

/** Every entry of a list that Slack gives out in pages. Throws as `call`. */
export async function* readPages(
  call: Call,
  method: string,
  args: Readonly<Record<string, unknown>>,
  key: string,
): AsyncGenerator<unknown, void> {
  let cursor = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await call(method, { ...args, limit: PAGE, ...(cursor ? { cursor } : {}) }, { lane: method });
    const list = answer[key];
    if (Array.isArray(list)) yield* list as unknown[];
    const next = (answer['response_metadata'] as { next_cursor?: unknown } | undefined)?.next_cursor;
    if (typeof next !== 'string' || next === '') return;
    cursor = next;
  }
}
