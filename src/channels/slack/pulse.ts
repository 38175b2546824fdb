import { messageOf } from '../../core/errors.ts';
import type { ChannelStatus } from '../../core/channel.ts';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { CatchUp } from './catch-up.ts';
import type { Identities } from './identity.ts';

export interface Pulse {
  start(): void;
  /** Looks at once, e.g. because a connection is back. */
  beat(): void;
  /** As the last look found it. */
  status(): ChannelStatus;
  stop(): Promise<void>;
}

/** Looks every `everyMs` whether Slack and we can reach each other, and makes good what was missed when we could not. */
export function createPulse(deps: {
  readonly identities: Identities;
  readonly catchUp: CatchUp;
  /** Whether events can come in now. */
  readonly open: () => boolean;
  readonly everyMs: number;
  readonly clock: Clock;
  readonly log: Log;
}): Pulse {
  const { identities, catchUp, everyMs, clock, log } = deps;
  let found: Pick<ChannelStatus, 'state' | 'since'> = { state: 'starting', since: clock.now().toISOString() };
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = true;
  let last = performance.now();

  async function look(): Promise<void> {
    // A machine that slept heard nothing.
    if (performance.now() - last > 5 * everyMs) catchUp.lost();
    last = performance.now();
    const state = await identities.ask();
    const well = state === 'known' && deps.open() ? 'online' : 'off';
    if (found.state !== well) found = { state: well, since: clock.now().toISOString() };
    if (well === 'off') return catchUp.lost();
    await catchUp.run();
    await catchUp.well();
  }

  function beat(): void {
    if (stopped) return;
    if (running !== null) {
      again = true;
      return;
    }
    clearTimeout(timer);
    running = look()
      .catch((error: unknown) => log.error({ error: messageOf(error) }, 'slack: the pulse failed'))
      .then(() => {
        running = null;
        if (stopped) return;
        if (again) {
          again = false;
          return beat();
        }
        timer = setTimeout(beat, everyMs);
      });
  }

  return {
    start() {
      stopped = false;
      catchUp.lost();
      beat();
    },
    beat,
    status: () => ({ ...found, qrcode: null, account: null, trouble: '', pausedUntil: null }),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
