import { kept } from '../browser/storage.ts';
import { fieldsOf, textOf } from '../browser/value.ts';
import { openSession, redeemInvitation, refreshSession, type Session } from './directline.ts';
import { kindOf } from './failure.ts';

/** The conversation of this browser: kept between visits, renewed before its token ends, begun anew when it is gone. */
export interface SessionKeeper {
  readonly userId: string;
  /** The session: opened where there is none, renewed when half of its time is over. Throws Failure. */
  get(): Promise<Session>;
  /** Forgets the conversation, if it is still the current one: the server does not know it any more. */
  drop(session: Session): void;
  /** Called when a conversation was dropped; the next `get` begins another. */
  onDrop(listener: () => void): void;
}

const store = kept<Session>('localStorage', 'session', (value) => {
  const { conversationId, token, userId, expiresAt, lifetime } = fieldsOf(value);
  const texts = textOf(conversationId) && textOf(token) && textOf(userId);
  return texts && typeof expiresAt === 'number' && typeof lifetime === 'number' ? (value as Session) : null;
});

export function createSessionKeeper(locale: string): SessionKeeper {
  let session = store.read();
  const listeners: (() => void)[] = [];
  let asking: Promise<Session> | null = null;
  const own = session?.userId ?? `dl_${randomName()}`;

  const keep = (next: Session): Session => {
    session = next;
    store.write(next);
    return next;
  };

  const drop = (old: Session): void => {
    if (session?.conversationId !== old.conversationId) return;
    session = null;
    store.clear();
    for (const listener of listeners) listener();
  };

  /** Whoever was sent here from a group finds the conversation that was begun for them; the address works once. */
  const visited = async (): Promise<Session | null> => {
    const address = new URL(location.href);
    const code = address.searchParams.get('visit');
    if (code === null) return null;
    address.searchParams.delete('visit');
    history.replaceState(null, '', address);
    try {
      return await redeemInvitation(code);
    } catch {
      // Too late, or taken up already: an ordinary conversation helps as well.
      return null;
    }
  };

  const ask = async (): Promise<Session> => {
    const invited = await visited();
    if (invited !== null) return keep(invited);
    if (session !== null && session.expiresAt - Date.now() > session.lifetime / 2) return session;
    if (session !== null) {
      try {
        return keep(await refreshSession(session));
      } catch (error) {
        if (kindOf(error) !== 'gone') throw error;
        drop(session);
      }
    }
    return keep(await openSession(own, locale));
  };

  return {
    // Who was invited here writes under the name they were invited by.
    get userId() {
      return session?.userId ?? own;
    },
    get: () => (asking ??= ask().finally(() => (asking = null))),
    drop,
    onDrop: (listener) => void listeners.push(listener),
  };
}

/** Hard to guess; works without a secure context too, where `randomUUID` is missing. */
export function randomName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
