import { durationPattern } from './format.ts';

const MINUTES = { m: 1, h: 60, d: 1440 } as const;

/** Milliseconds of `90m`, `2h` or `1d`; null for anything else. */
export function durationMs(text: string): number | null {
  const [, count, unit] = durationPattern.exec(text) ?? [];
  return unit === 'm' || unit === 'h' || unit === 'd' ? Number(count) * MINUTES[unit] * 60_000 : null;
}
