import { z } from 'zod';
import { durationPattern } from './format.ts';

/** `groups.yml`: how the desk behaves in WeChat groups. The file may be missing: these are then the rules. */
const quiet = z
  .string()
  .regex(/^(?:([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)?$/, 'quiet hours such as 22:00-07:00, or nothing');

/**
 * quick: a plain request is answered at once. patient: colleagues are given time first.
 * mentioned: only who calls us by name is answered, and whom we are already talking with.
 */
const eager = z.enum(['quick', 'patient', 'mentioned']);
const pickUp = z.number().int().min(5).max(100);

const room = z.strictObject({
  served: z.boolean().optional(),
  eager: eager.optional(),
  pick_up_seconds: pickUp.optional(),
  quiet: quiet.optional(),
  /** Only plain requests for these desks are picked up here; who calls us by name is always answered. */
  desks: z.array(z.string()).min(1).optional(),
  /** Said to new members, at most once a day; nothing by default. */
  welcome: z.string().max(500).optional(),
});

export const groupsSchema = z.strictObject({
  /** Rooms that are not named below. */
  unknown_rooms: z.enum(['served', 'ignored']).default('served'),
  eager: eager.default('patient'),
  /** A plain request that nobody took is answered within so many seconds. */
  pick_up_seconds: pickUp.default(60),
  /** A person we have answered is listened to without being called, for so long. */
  continue_minutes: z.number().min(0).max(120).default(10),
  quiet: quiet.default(''),
  welcome: z.string().max(500).default(''),
  /** What was said longer ago, while we were away, is not answered any more. */
  answer_within: z.string().regex(durationPattern, 'a duration such as 30m, 2h or 1d').default('2h'),
  /** Names that people call us by, beside our own in WeChat. */
  names: z.array(z.string().min(1)).default([]),
  /** Other programs in the groups, which are never answered. */
  bots: z.array(z.string().min(1)).default([]),
  /** By name or id of the group. */
  rooms: z.record(z.string(), room).default({}),
  /** How fast we write, so that WeChat does not lock us out. */
  pace: z
    .strictObject({
      person_ms: z.number().int().min(0).max(60_000).default(1000),
      between_ms: z.number().int().min(0).max(60_000).default(1500),
      a_minute: z.number().int().min(1).max(600).default(20),
      a_day: z.number().int().min(1).max(100_000).default(1500),
    })
    .prefault({}),
});

export type GroupsSource = z.output<typeof groupsSchema>;
export type RoomSource = z.output<typeof room>;

export const defaultGroups: GroupsSource = groupsSchema.parse({});
