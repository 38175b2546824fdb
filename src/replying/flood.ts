import type { Coordination } from '../core/coordination.ts';
import type { ConversationId } from '../core/message.ts';
import type { ConversationRecord } from '../core/store.ts';
import { remember } from '../core/bounded-map.ts';

/** Somebody writes faster than anybody could be answered. */
export interface Flood {
  /** Counts what waits; gives the phrase to say (empty: said already, be silent) when there is too much, else null. */
  phraseFor(conversation: ConversationRecord, perMinute: number): Promise<'flood' | '' | null>;
  /** How long to leave what waits alone, in ms from its first message: reading each by itself would cost the others their time. 0 where it is no flood. */
  hold(conversation: ConversationRecord, perMinute: number, now: Date): number;
}

const MINUTE = 60_000;
/** What comes during a flood is settled together, about once in so long; what came together is spread over so much more, in so many steps. */
const HOLD = 1000;
const STEPS = 20;
/** Looks at a room's conversations within a second, beyond which all of the room is held for so many ms. */
const ROOM_LOOKS = 10;
const LOUD = 10_000;
/** Members who write as much as one may, beyond which the whole room is a flood. */
const ROOM_MEMBERS = 5;
/** Conversations, and rooms, remembered at most; the one that flooded longest ago goes first. */
const MOST = 10_000;

export function createFlood(coordination: Coordination): Flood {
  /** Until when, in ms since 1970. */
  const flooded = new Map<ConversationId, number>();
  const rooms = new Map<string, { readonly second: number; readonly looks: number; readonly loudUntil: number }>();

  /** A room is many conversations, and must not take the time of all the others. */
  function isLoud(room: string, now: Date): boolean {
    const second = Math.floor(now.getTime() / 1000);
    const known = rooms.get(room);
    const looks = (known?.second === second ? known.looks : 0) + 1;
    const loudUntil = looks > ROOM_LOOKS ? now.getTime() + LOUD : (known?.loudUntil ?? 0);
    remember(rooms, room, { second, looks, loudUntil }, MOST);
    return loudUntil > now.getTime();
  }

  return {
    async phraseFor({ id, waiting }, perMinute) {
      const room = roomOf(waiting);
      let allowed = true;
      for (let counted = 0; counted < waiting.length; counted++) {
        allowed = await coordination.allow(`turn ${id}`, perMinute, MINUTE);
        if (allowed && room !== undefined)
          allowed = await coordination.allow(`room ${room}`, perMinute * ROOM_MEMBERS, MINUTE);
      }
      if (allowed) {
        flooded.delete(id);
        return null;
      }
      remember(flooded, id, Date.parse(waiting.at(-1)?.receivedAt ?? '') + MINUTE, MOST);
      // A room is asked once, however many of its members write too much.
      return (await coordination.allow(`flood ${room ?? id}`, 1, MINUTE)) ? 'flood' : '';
    },
    hold({ id, waiting }, perMinute, now) {
      const [first] = waiting;
      // More than a minute's worth is no thought that anybody finishes.
      if (first === undefined || waiting.length > perMinute) return 0;
      const room = roomOf(waiting);
      const loud = room !== undefined && isLoud(room, now);
      if (!loud && (flooded.get(id) ?? 0) <= now.getTime()) return 0;
      return HOLD + ((first.seq % STEPS) * HOLD) / STEPS;
    },
  };
}

function roomOf(waiting: ConversationRecord['waiting']): string | undefined {
  return waiting.at(-1)?.context?.room?.id;
}
