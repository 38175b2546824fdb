import type { Clock } from '../../core/clock.ts';
import type { ContactRecord } from '../../core/contact.ts';
import type { Store } from '../../core/store.ts';
import type { RawMessage } from './wire.ts';

const CHANNEL = 'wechat';
/** Who writes often need not be written down as often; ms. */
const SEEN = 24 * 3_600_000;

type Talker = RawMessage['talker'];

/** WeChat may give a contact another id at each login. A person keeps, in our conversations, the first id we knew them by. */
export interface People {
  /** The message with persons instead of contacts. Somebody whom we cannot place for certain is somebody new. */
  placed(raw: RawMessage): Promise<RawMessage>;
  /** Under which id a person is to be written to now. */
  contactOf(person: string): Promise<string>;
}

/** `bearers`: the ids of the contacts that have this remark now; null where the gateway cannot tell. */
export function createPeople(deps: {
  readonly store: Pick<Store, 'contact' | 'contacts' | 'keepContact'>;
  readonly clock: Clock;
  readonly bearers: (remark: string) => Promise<readonly string[] | null>;
}): People {
  const { store, clock } = deps;

  /** Names are never looked at: anybody may take any. */
  async function recognised({ id, handle = '', remark = '' }: Talker): Promise<string | null> {
    const alike = await store.contacts(CHANNEL, { handle, remark });
    const byHandle = personsOf(alike.filter((one) => handle !== '' && one.handle === handle));
    if (byHandle.length > 0) return byHandle.length === 1 ? (byHandle[0] ?? null) : null;
    const byRemark = alike.filter((one) => remark !== '' && one.remark === remark);
    // A WeChat number that was another one before is another person's.
    if (byRemark.some((one) => handle !== '' && one.handle !== '')) return null;
    const [person, ...others] = personsOf(byRemark);
    if (person === undefined || others.length > 0) return null;
    // The remark must be this contact's alone: the one we knew it from must be gone, and nobody else may have it.
    const bearers = await deps.bearers(remark);
    return bearers?.length === 1 && bearers[0] === id ? person : null;
  }

  async function talking(talker: Talker): Promise<string> {
    const { id, handle = '', remark = '' } = talker;
    const now = clock.now();
    const known = await store.contact(CHANNEL, id);
    const person = known?.person ?? (await recognised(talker)) ?? id;
    const same = known !== null && known.handle === handle && known.remark === remark;
    if (!same || now.getTime() - Date.parse(known.seen_at) > SEEN)
      await store.keepContact({ channel: CHANNEL, id, person, handle, remark, seen_at: now.toISOString() });
    return person;
  }

  const personOf = async (id: string): Promise<string> => (await store.contact(CHANNEL, id))?.person ?? id;

  return {
    async placed(raw) {
      // First of all, for who has just been recognised may also be named.
      const talker = { ...raw.talker, id: await talking(raw.talker) };
      const named = raw.named.map(async (member) => ({ ...member, id: await personOf(member.id) }));
      return {
        ...raw,
        talker,
        mentions: await Promise.all(raw.mentions.map(personOf)),
        named: await Promise.all(named),
      };
    },
    async contactOf(person) {
      const [latest] = await store.contacts(CHANNEL, { person });
      return latest?.id ?? person;
    },
  };
}

const personsOf = (records: readonly ContactRecord[]): string[] => [...new Set(records.map(({ person }) => person))];
