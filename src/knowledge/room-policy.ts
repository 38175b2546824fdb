import { durationMs } from './duration.ts';
import type { GroupsSource, RoomSource } from './groups-format.ts';

/** What holds in one room: its own rules, else the general ones. */
export interface RoomPolicy {
  readonly served: boolean;
  readonly eager: GroupsSource['eager'];
  readonly pickUpMs: number;
  readonly quiet: string;
  readonly welcome: string;
  /** Null for all desks. */
  readonly desks: readonly string[] | null;
}

/** The answer leaves so long before the time is up, for it may have to wait its turn. */
const ON_THE_WAY = 5000;

export function roomPolicy(
  groups: GroupsSource,
  room: { readonly id: string; readonly topic: string } | undefined,
): RoomPolicy {
  const own: RoomSource | undefined =
    room === undefined ? undefined : (groups.rooms[room.id] ?? groups.rooms[room.topic]);
  const seconds = own?.pick_up_seconds ?? groups.pick_up_seconds;
  return {
    served: own?.served ?? (own !== undefined || groups.unknown_rooms === 'served'),
    eager: own?.eager ?? groups.eager,
    pickUpMs: Math.max(seconds * 1000 - ON_THE_WAY, 1000),
    quiet: own?.quiet ?? groups.quiet,
    welcome: own?.welcome ?? groups.welcome,
    desks: own?.desks ?? null,
  };
}

/** ms */
export function answerWithin(groups: GroupsSource): number {
  return durationMs(groups.answer_within) ?? Infinity;
}
