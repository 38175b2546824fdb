import type { Clock } from '../../core/clock.ts';
import { RefusedError, UnreachableError, messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';

export interface Board {
  /** The ticket may look different now. */
  touch(ticket: string): void;
  /** Resolves when nothing is being shown; what waits for its next try does not count. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Tickets that are worked on at once: the platform paces each channel anyway. */
const CONCURRENCY = 6;
/** All in ms. */
const FIRST_RETRY = 1000;
const LONGEST_RETRY = 60_000;

/** Shows each ticket again whenever it was touched, one run at a time, and tries again until it worked. */
export function createBoard(options: {
  readonly show: (ticket: string) => Promise<void>;
  /** Slack said no: what to do about it is for people. */
  readonly refused: (ticket: string, error: RefusedError) => void;
  readonly clock: Clock;
  readonly log: Log;
}): Board {
  const { show, refused, clock, log } = options;
  /** In order; a ticket that is touched again while it runs comes once more. */
  const waiting = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const failures = new Map<string, number>();
  /** By ticket, how to call its next try off. */
  const alarms = new Map<string, () => void>();
  let stopped = false;

  function touch(ticket: string): void {
    if (stopped) return;
    alarms.get(ticket)?.();
    alarms.delete(ticket);
    waiting.add(ticket);
    next();
  }

  function next(): void {
    for (const ticket of waiting) {
      if (stopped || running.size >= CONCURRENCY) return;
      if (running.has(ticket)) continue;
      waiting.delete(ticket);
      running.set(
        ticket,
        run(ticket).finally(() => {
          running.delete(ticket);
          next();
        }),
      );
    }
  }

  async function run(ticket: string): Promise<void> {
    try {
      await show(ticket);
      failures.delete(ticket);
    } catch (error) {
      const failed = (failures.get(ticket) ?? 0) + 1;
      failures.set(ticket, failed);
      if (error instanceof RefusedError) refused(ticket, error);
      else if (error instanceof UnreachableError)
        log.warn({ ticket, error: messageOf(error) }, 'Slack cannot be reached');
      else log.error({ ticket, error: messageOf(error) }, 'a ticket could not be shown in Slack');
      if (!stopped)
        alarms.set(
          ticket,
          clock.after(pauseAfter(failed, error), () => touch(ticket)),
        );
    }
  }

  return {
    touch,
    async idle() {
      while (running.size > 0) await Promise.all(running.values());
    },
    async stop() {
      stopped = true;
      for (const callOff of alarms.values()) callOff();
      await Promise.all(running.values());
    },
  };
}

function pauseAfter(failures: number, error: unknown): number {
  if (error instanceof RefusedError) return LONGEST_RETRY;
  const asked = error instanceof UnreachableError ? error.retryAfter : undefined;
  return Math.max(asked ?? 0, Math.min(FIRST_RETRY * 2 ** (failures - 1), LONGEST_RETRY));
}
