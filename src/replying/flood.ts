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
/** Looks at a room's conversations within a second, beyond which the room is read about once in so long too. */
const ROOM_LOOKS = 20;
/** Conversations, and rooms, remembered at most; the one that flooded longest ago goes first. */
const MOST = 10_000;

export function createFlood(coordination: Coordination): Flood {
  /** Until when, in ms since 1970. */
  const flooded = new Map<ConversationId, number>();
  const rooms = new Map<string, { readonly second: number; looks: number }>();

  /** A room is many conversations, and must not take the time of all the others. */
  function isLoud(room: string, now: Date): boolean {
    const second = Math.floor(now.getTime() / HOLD);
    const known = rooms.get(room);
    const counted = known?.second === second ? known : { second, looks: 0 };
    counted.looks++;
    remember(rooms, room, counted);
    return counted.looks > ROOM_LOOKS;
  }

  return {
    async phraseFor({ id, waiting }, perMinute) {
      let allowed = waiting.length === 0;
      for (let counted = 0; counted < waiting.length; counted++)
        allowed = await coordination.allow(`turn ${id}`, perMinute, MINUTE);
      if (allowed) {
        flooded.delete(id);
        return null;
      }
      remember(flooded, id, Date.parse(waiting.at(-1)?.receivedAt ?? '') + MINUTE);
      // A room is asked once, however many of its members write too much.
      return (await coordination.allow(`flood ${roomOf(waiting) ?? id}`, 1, MINUTE)) ? 'flood' : '';
    },
    patience({ id, waiting }, perMinute, now) {
      if (waiting.length > perMinute) return 0;
      const room = roomOf(waiting);
      if (room !== undefined && isLoud(room, now)) return HOLD;
      return (flooded.get(id) ?? 0) > now.getTime() ? HOLD : null;
    },
  };
}

function roomOf(waiting: ConversationRecord['waiting']): string | undefined {
  return waiting.at(-1)?.context?.room?.id;
}

/** The one put in longest ago goes when there are too many. */
function remember<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MOST && oldest !== undefined) map.delete(oldest);
}
