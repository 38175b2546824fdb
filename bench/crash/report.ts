import type { PointsResult } from './points.ts';
import type { Caught } from './seeded.ts';
import type { StormResult } from './storm.ts';
import { together } from './verdict.ts';

/** `results`: of programs that ran side by side. */
export function stormTable(results: readonly StormResult[], desk: string): string {
  const verdict = together(results.map((one) => one.verdict));
  const sum = (of: (one: StormResult) => number): number => results.reduce((total, one) => total + of(one), 0);
  const [kills, longest] = [sum((one) => one.kills), Math.max(...results.map(({ seconds }) => seconds))];
  const rows = [...verdict.channels].map(([channel, one]) => [
    channel,
    one.sent,
    one.acknowledged,
    one.answered,
    one.lost.length,
    one.doubledReplies.length,
    one.doubledTickets.length,
    one.doubledTimers.length,
    one.attended,
    one.doubledByAgents.length,
    one.outOfOrder.length,
    one.flagged,
  ]);
  const head =
    'channel|written|acknowledged|answered|lost|doubled replies|doubled tickets|doubled timers|answered by an agent|doubled by agents|out of order|flagged';
  const start = results.map((one) => one.start).join(' and ');
  const summary =
    `${kills} times kill -9 (${sum((one) => one.whileStarting)} while starting) in ${results.length} towns, ${desk} desk, ` +
    `${sum((one) => one.underFire)} messages written before the last of them, start ${start} ms, ` +
    `${Math.round(longest)} s, ${(longest / kills).toFixed(2)} s a kill; otherwise wrong: ${verdict.other.length}`;
  return `${summary}\n\n${table(head.split('|'), rows)}`;
}

export function pointsTable({ met, calls, lives, databases, ended, violations, seconds }: PointsResult): string {
  const made = [...calls.service].map(([call, times]) => `${call} ${times}`).join(', ');
  const rows = [...met].map(([fault, times]) => [fault, times]);
  const summary =
    `calls of 20 turns: ${made}; ${lives} lives on ${databases} databases, ${ended} ended by a fault, ` +
    `${violations.length} violations, ${Math.round(seconds)} s, ${(seconds / lives).toFixed(2)} s a life`;
  return `${summary}\n\n${table(['fault', 'calls that met it'], rows)}`;
}

export function seedsTable(caught: readonly Caught[]): string {
  const rows = caught.map(({ seed, by, kills }) => [seed, by ?? 'NOT NOTICED', kills]);
  return table(['seeded bug', 'noticed by', 'within kills'], rows);
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
