import type { Coordination } from '../core/coordination.ts';
import type { ConversationId } from '../core/message.ts';
import type { ConversationRecord } from '../core/store.ts';

/** Somebody writes faster than anybody could be answered. */
export interface Flood {
  /** Counts what waits; gives the phrase to say (empty: said already, be silent) when there is too much, else null. */
  phraseFor(conversation: ConversationRecord, perMinute: number): Promise<'flood' | '' | null>;
  /** How long to listen where it is a flood, in ms: reading each message by itself would cost the others their time. Null where it is none. */
  patience(conversation: ConversationRecord, perMinute: number, now: Date): number | null;
}

const MINUTE = 60_000;
/** What comes during a flood is settled together, about once in so long. */
const HOLD = 1000;
/** Conversations remembered at most; the one that flooded longest ago goes first. */
const MOST = 10_000;

export function createFlood(coordination: Coordination): Flood {
  /** Until when, in ms since 1970. */
  const flooded = new Map<ConversationId, number>();

  function remember(id: ConversationId, until: number): void {
    flooded.delete(id);
    flooded.set(id, until);
    const [oldest] = flooded.keys();
    if (flooded.size > MOST && oldest !== undefined) flooded.delete(oldest);
  }

  return {
    async phraseFor({ id, waiting }, perMinute) {
      let allowed = waiting.length === 0;
      for (const _ of waiting) allowed = await coordination.allow(`turn ${id}`, perMinute, MINUTE);
      if (allowed) {
        flooded.delete(id);
        return null;
      }
      remember(id, Date.parse(waiting.at(-1)?.receivedAt ?? '') + MINUTE);
      return (await coordination.allow(`flood ${id}`, 1, MINUTE)) ? 'flood' : '';
    },
    patience({ id, waiting }, perMinute, now) {
      if (waiting.length > perMinute) return 0;
      return (flooded.get(id) ?? 0) > now.getTime() ? HOLD : null;
    },
  };
}
