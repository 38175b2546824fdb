import type { ConversationId } from '../core/message.ts';
import type { KeptEvent, WaitingMessage } from '../core/store.ts';
import { instant } from './instant.ts';
import { inbound } from './message-row.ts';
import type { Database } from './schema.ts';

/** Rows read at once; going back from the newest needs no index on the time. */
const PAGE = 1000;

export async function asked(db: Database, since: string, limit: number): Promise<readonly WaitingMessage[]> {
  const from = instant(since);
  const found: WaitingMessage[] = [];
  for (let before = Number.MAX_SAFE_INTEGER; found.length < limit;) {
    const rows = await db
      .selectFrom('messages')
      .innerJoin('conversations', 'conversations.id', 'messages.conversation')
      .selectAll('messages')
      .select('conversations.is_group')
      .where('messages.seq', '<', before)
      .orderBy('messages.seq', 'desc')
      .limit(PAGE)
      .execute();
    for (const { is_group, ...row } of rows) {
      const customers = row.direction === 'in' && row.role === 'customer' && row.at >= from;
      if (customers && found.length < limit) found.push(inbound(row, is_group === 1));
    }
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined || last.at < from) break;
    before = last.seq;
  }
  return found.reverse();
}

export async function events(db: Database, id: ConversationId, since: string): Promise<readonly KeptEvent[]> {
  const rows = await db
    .selectFrom('events')
    .select(['at', 'event_json'])
    .where('conversation', '=', id)
    .where('at', '>=', instant(since))
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ at: row.at, event: row.event_json }));
}
