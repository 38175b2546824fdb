import type { PointsResult } from './points.ts';
import type { Caught } from './seeded.ts';
import type { StormResult } from './storm.ts';

export function stormTable({ verdict, kills, whileStarting, start, seconds }: StormResult, desk: string): string {
  const rows = [...verdict.channels].map(([channel, one]) => [
    channel,
    one.sent,
    one.acknowledged,
    one.answered,
    one.lost.length,
    one.doubledReplies.length,
    one.doubledTickets.length,
    one.doubledTimers.length,
    one.outOfOrder.length,
    one.flagged,
  ]);
  const head =
    'channel|written|acknowledged|answered|lost|doubled replies|doubled tickets|doubled timers|out of order|flagged';
  const summary = `${kills} times kill -9 (${whileStarting} while starting), ${desk} desk, start ${start} ms, ${Math.round(seconds)} s; otherwise wrong: ${verdict.other.length}`;
  return `${summary}\n\n${table(head.split('|'), rows)}`;
}

export function pointsTable({ met, calls, databases, ended, violations, seconds }: PointsResult): string {
  const made = [...calls].map(([call, times]) => `${call} ${times}`).join(', ');
  const rows = [...met].map(([fault, times]) => [fault, times]);
  const summary = `calls of 20 turns: ${made}; ${databases} databases, ${ended} lives ended by a fault, ${violations.length} violations, ${Math.round(seconds)} s`;
  return `${summary}\n\n${table(['fault', 'calls that met it'], rows)}`;
}

export function seedsTable(caught: readonly Caught[]): string {
  const rows = caught.map(({ seed, by, kills }) => [seed, by ?? 'NOT NOTICED', kills]);
  return table(['seeded bug', 'noticed by', 'within kills'], rows);
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
