import { UnreachableError } from '../../core/errors.ts';

/** How long a message may wait for its turn before its sender is told to come back, in ms: others wait for the same senders. */
const LONGEST_WAIT = 3000;
const MANY = 1000;

interface Lane {
  /** When the next message may leave, and until when Slack wants nothing; ms of the monotonic clock. */
  nextAt: number;
  closedUntil: number;
}

/** One pace and one Retry-After a lane; lanes do not know of each other. */
export interface Lanes {
  /**
   * Resolves when it may leave; those of one lane in the order of the calls, `paceMs` apart.
   * Throws UnreachableError with `retryAfter` where that would take long.
   */
  enter(lane: string, paced: boolean): Promise<void>;
  /** Slack asked for silence in this lane. */
  close(lane: string, ms: number): void;
}

export function createLanes(paceMs: number): Lanes {
  const lanes = new Map<string, Lane>();
  const now = (): number => performance.now();

  function laneOf(name: string): Lane {
    const known = lanes.get(name);
    if (known) return known;
    if (lanes.size >= MANY) forgetIdle();
    const made = { nextAt: 0, closedUntil: 0 };
    lanes.set(name, made);
    return made;
  }

  function forgetIdle(): void {
    for (const [name, { nextAt, closedUntil }] of lanes) {
      if (Math.max(nextAt, closedUntil) < now()) lanes.delete(name);
    }
  }

  return {
    async enter(name, paced) {
      const lane = laneOf(name);
      const at = now();
      if (lane.closedUntil > at) throw later(lane.closedUntil - at);
      if (!paced) return;
      const turn = Math.max(lane.nextAt, at);
      if (turn - at > LONGEST_WAIT) throw later(turn - at);
      lane.nextAt = turn + paceMs;
      if (turn > at) await new Promise((resolve) => setTimeout(resolve, turn - at));
      if (lane.closedUntil > now()) throw later(lane.closedUntil - now());
    },
    close(name, ms) {
      const lane = laneOf(name);
      lane.closedUntil = Math.max(lane.closedUntil, now() + ms);
    },
  };
}

function later(ms: number): UnreachableError {
  return new UnreachableError('Slack wants us to wait', { retryAfter: Math.ceil(ms) });
}
