/** The only source of time: handed to whatever needs it, so that a test can hold it. */
export interface Clock {
  now(): Date;
  /** Runs `run` once when `ms` have passed, however the clock is set meanwhile. Gives a way to call it off. */
  after(ms: number, run: () => void): () => void;
}

/** The longest that a timer of the platform can wait, in ms. */
const LONGEST = 2 ** 31 - 1;

function afterMs(ms: number, run: () => void): () => void {
  const alarm = setTimeout(run, Math.min(Math.max(ms, 0), LONGEST));
  return () => clearTimeout(alarm);
}

export const systemClock: Clock = { now: () => new Date(), after: afterMs };

/** A clock that stands still until it is moved; what is to run later does so in real time. */
export function fixedClock(start: string | Date): Clock & { set(to: string | Date): void; advance(ms: number): void } {
  let at = new Date(start);
  return {
    now: () => new Date(at),
    after: afterMs,
    set: (to) => void (at = new Date(to)),
    advance: (ms) => void (at = new Date(at.getTime() + ms)),
  };
}
