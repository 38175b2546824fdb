import type { ChannelStatus } from '../../core/channel.ts';
import type { NoticeKind } from '../../core/notice.ts';

/** The connection as it is now; times in ms since 1970. */
export interface Seen {
  readonly state: ChannelStatus['state'];
  /** Since when it is online, or is not. */
  readonly since: number;
  /** Until when we surely heard everything; null where we never did. */
  readonly heardUntil: number | null;
}

/** In ms. `lost`: a loss that lasts shorter is told to nobody. `steady`: so long it must be well before it counts as well. */
export interface VigilTimes {
  readonly lost: number;
  readonly steady: number;
}

/** `in`: nothing is due before so many ms, Infinity for never as long as nothing changes. */
export type WordDue = { readonly kind: NoticeKind } | { readonly in: number };

/**
 * Which word the desk must be given now. `told`: what it has been told since all was well. However often the connection
 * comes and goes, each thing is said once until it has been well for a while.
 */
export function wordDue(seen: Seen, told: ReadonlySet<NoticeKind>, now: number, times: VigilTimes): WordDue {
  const lasts = now - seen.since;
  switch (seen.state) {
    case 'logged-out':
      return told.has('logged-out') ? { in: Infinity } : { kind: 'logged-out' };
    case 'scan':
      return told.has('login') ? { in: Infinity } : { kind: 'login' };
    case 'off':
    case 'starting':
      if (told.size > 0) return { in: Infinity };
      return lasts >= times.lost ? { kind: 'lost' } : { in: times.lost - lasts };
    case 'online': {
      if (lasts < times.steady) return { in: times.steady - lasts };
      const missed = seen.heardUntil !== null && seen.since - seen.heardUntil >= times.lost + times.steady;
      return told.size > 0 || missed ? { kind: 'back' } : { in: Infinity };
    }
  }
}
