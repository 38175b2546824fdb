import type { ConversationId } from '../../core/message.ts';
import type { Store } from '../../core/store.ts';
import { addressOf, conversationOf } from './address.ts';
import type { Reading } from './reading.ts';
import type { RawMessage } from './wire.ts';
import { forgetOldest } from '../../core/bounded-map.ts';

/** What a colleague says to a room without meaning anybody. */
const SMALL_TALK =
  /^(?:大家|各位|老板们?)?(?:早|早安|早上好|上午好|中午好|下午好|晚上好|你?们?好|新年好|哈+|呵+|嘻+|[👍😂🤣😄]+)[啊呀!！。~～\s]*$/u;
/** Somebody who spoke longer ago is not who an answer is for; ms. */
const RECENT = 5 * 60_000;
const MOST_NAMES = 300;

/** Who spoke in which room of late, to tell whom an answer is for. In memory: what must not be lost waits in the store. */
export interface Answers {
  /** A customer has spoken. */
  spoke(raw: RawMessage): void;
  /** The conversations that a message of a colleague, or of another member, answers. */
  answeredBy(raw: RawMessage, reading: Reading, who: 'colleague' | 'member'): Promise<readonly ConversationId[]>;
}

/** `kept`: resolves when what was said in a room so far is in the store. */
export function createAnswers(
  store: Pick<Store, 'waiting' | 'conversation'>,
  kept: (room: string) => Promise<void>,
): Answers {
  const names = new Map<string, Map<string, string>>();
  const latest = new Map<string, { readonly person: string; readonly at: number }>();

  async function waitingIn(room: string): Promise<readonly ConversationId[]> {
    await kept(room);
    return (await store.waiting()).filter((id) => id.startsWith('wechat:') && addressOf(id).room === room);
  }

  /** The one who wrote last of those who wait. */
  async function lastToWait(ids: readonly ConversationId[]): Promise<ConversationId | undefined> {
    const found = await Promise.all(
      ids.map(async (id) => ({ id, seq: (await store.conversation(id))?.waiting.at(-1)?.seq ?? 0 })),
    );
    return found.sort((a, b) => b.seq - a.seq)[0]?.id;
  }

  return {
    spoke({ room, talker, at }) {
      if (room === null) return;
      const known = names.get(room.id) ?? new Map<string, string>();
      for (const name of [talker.name, talker.alias]) {
        if (name === undefined) continue;
        // Two of one name: nobody is sure who is quoted.
        known.set(name, known.has(name) && known.get(name) !== talker.id ? '' : talker.id);
      }
      forgetOldest(known, MOST_NAMES);
      names.set(room.id, known);
      latest.set(room.id, { person: talker.id, at });
    },
    async answeredBy(raw, reading, who) {
      const { room } = raw;
      if (room === null) return [];
      const quoted = reading.quotes === null ? undefined : names.get(room.id)?.get(reading.quotes);
      const people = [...reading.to, ...(quoted ? [quoted] : [])].filter((id) => id !== raw.talker.id);
      const meant = [...new Set(people)].map((person) => conversationOf({ person, room: room.id }));
      // Most of what a room says is meant for nobody.
      if (who === 'member' && meant.length === 0) return [];
      const waiting = await waitingIn(room.id);
      if (who === 'member') return meant.filter((id) => waiting.includes(id));
      if (meant.length > 0) return meant;
      if (raw.nature === 'sticker' || SMALL_TALK.test(reading.text)) return [];
      const one = await lastToWait(waiting);
      if (one !== undefined) return [one];
      const last = latest.get(room.id);
      return last !== undefined && raw.at - last.at < RECENT
        ? [conversationOf({ person: last.person, room: room.id })]
        : [];
    },
  };
}
