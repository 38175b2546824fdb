import type { MessageContext } from '../../core/message.ts';
import { clean, fitting } from '../words.ts';
import { conversationOf } from './address.ts';
import { mentionedIn, withoutMentions } from './mention.ts';
import { quotingOf } from './quote.ts';
import type { Member, RawMessage } from './wire.ts';

/** Who is who, as far as the desk knows. */
export interface Acquaintance {
  readonly self: Member;
  /** Other names that we are called by in groups. */
  readonly names: readonly string[];
  /** Whether somebody of this name (in WeChat, in the room, or as we remarked them) works at a desk. */
  isColleague(member: Member & { readonly remark?: string }): boolean;
}

/** A message in our words, and whom it mentions or quotes beside us. */
export interface Reading {
  readonly text: string;
  readonly context: MessageContext;
  /** Ids of the other members it is said to. */
  readonly to: readonly string[];
  /** The name of a quoted member, to be found among those who spoke. */
  readonly quotes: string | null;
}

/** `null` mention list or not: whom the words call is read from the words too. */
export function readMessage(raw: RawMessage, known: Acquaintance, limit: number): Reading {
  const quoting = quotingOf(raw.text);
  const words = quoting?.text ?? raw.text;
  const self = raw.room?.self ?? known.self;
  const us: readonly Member[] = [self, known.self, ...known.names.map((name) => ({ id: self.id, name }))];
  const others = raw.named.filter((member) => member.id !== self.id);
  const named = mentionedIn(words, [...us, ...others]);
  const ids = new Set([...raw.mentions, ...named.map((member) => member.id)]);
  const ours =
    ids.has(self.id) || us.some(({ name, alias }) => quoting !== null && [name, alias].includes(quoting.name));
  const to = [...ids].filter((id) => id !== self.id);
  const text = fitting(clean(withoutMentions(words, [...us, ...others])), limit);
  const addressed = ours ? 'us' : to.length === 0 ? undefined : called(to, others, known);
  return {
    text,
    to,
    quotes: quoting !== null && !ours ? quoting.name : null,
    context: {
      ...(raw.room === null ? {} : { room: { id: raw.room.id, topic: raw.room.topic } }),
      ...(raw.room !== null && addressed !== undefined ? { addressed } : {}),
      ...(quoting === null ? {} : { quoted: fitting(clean(quoting.quoted), limit) }),
      ...(raw.nature === undefined ? {} : { nature: raw.nature }),
      ...(raw.room !== null && raw.talker.friend !== false
        ? { ownChat: conversationOf({ person: raw.talker.id, room: null }) }
        : {}),
    },
  };
}

function called(to: readonly string[], others: readonly Member[], known: Acquaintance): 'colleague' | 'member' {
  const members = to.map((id) => others.find((member) => member.id === id) ?? { id, name: '' });
  return members.some((member) => known.isColleague(member)) ? 'colleague' : 'member';
}
