import type { Activity } from './activity.ts';
import type { FailureKind } from './failure.ts';

/** What the customer sees, oldest first. Pure: every change is a new list. */
export interface Entry {
  /** Stable while the entry lives, from sending to the server's echo. */
  readonly key: string;
  readonly id: string | null;
  readonly role: 'customer' | 'bot' | 'agent';
  /** How the speaker is shown; empty for the customer. */
  readonly name: string;
  readonly text: string;
  readonly plain: boolean;
  readonly at: number;
  readonly pictures: readonly Picture[];
  readonly suggestions: readonly string[];
  readonly status: 'sending' | 'sent' | 'failed';
  /** Why it failed; what nobody answered is sent again by itself when the line is back. */
  readonly failure: FailureKind | null;
  /** The words with which the server (or the page) refused it. */
  readonly reason: string;
  /** Part of an upload that is done, 0 to 1. */
  readonly progress: number | null;
  /** The first of a new conversation, begun because the old one had ended. */
  readonly fresh: boolean;
}

export interface Picture {
  readonly url: string;
  readonly name: string;
  /** False for a file that is not a picture. */
  readonly shown: boolean;
}

export type Timeline = readonly Entry[];

export function localEntry(key: string, text: string, pictures: readonly Picture[], at: number): Entry {
  const base = { id: null, role: 'customer', name: '', plain: true, suggestions: [], fresh: false } as const;
  return { ...base, key, text, pictures, at, status: 'sending', failure: null, reason: '', progress: null };
}

export const change = (entries: Timeline, key: string, to: Partial<Entry>): Timeline =>
  entries.map((entry) => (entry.key === key ? { ...entry, ...to } : entry));

/** Takes over what the server's log says, in the log's order; what is not in the log yet stays at the end. */
export function withActivities(entries: Timeline, activities: readonly Activity[], userId: string): Timeline {
  let list = [...entries];
  for (const activity of activities) {
    if (activity.type !== 'message' || activity.id === '') continue;
    const clientId = activity.channelData['clientActivityID'];
    const known = list.find((entry) => entry.id === activity.id || entry.key === clientId);
    if (known?.id === activity.id) {
      list = list.map((entry) => (entry === known ? { ...entry, status: 'sent', progress: null } : entry));
      continue;
    }
    const entry = entryOf(activity, userId, known);
    list = list.filter((other) => other !== known);
    const pending = list.findIndex((other) => other.status !== 'sent');
    list.splice(pending < 0 ? list.length : pending, 0, entry);
  }
  return list;
}

function entryOf(activity: Activity, userId: string, known: Entry | undefined): Entry {
  const role = roleOf(activity, userId);
  const pictures = activity.attachments.map(({ url, name, contentType }) => ({
    url,
    name,
    shown: contentType.startsWith('image/'),
  }));
  return {
    key: known?.key ?? activity.id,
    id: activity.id,
    role,
    name: role === 'customer' ? '' : (activity.from.name ?? ''),
    text: activity.text,
    plain: role !== 'bot' || activity.plain,
    at: activity.at,
    // The picture we hold ourselves needs no second download.
    pictures: known !== undefined && known.pictures.length > 0 ? known.pictures : pictures,
    suggestions: role === 'customer' ? [] : activity.suggestions,
    status: 'sent',
    failure: null,
    reason: '',
    progress: null,
    fresh: known?.fresh ?? false,
  };
}

function roleOf(activity: Activity, userId: string): Entry['role'] {
  if (activity.from.id === userId || activity.from.role === 'user') return 'customer';
  return activity.channelData['agent'] !== undefined ? 'agent' : 'bot';
}

/** Words offered for tapping: those of the last message, until the customer has said something. */
export function currentSuggestions(entries: Timeline): readonly string[] {
  return entries.at(-1)?.suggestions ?? [];
}

const GAP = 5 * 60_000;

/** Whether a line with the time stands above entry `index`. */
export function startsStretch(entries: Timeline, index: number): boolean {
  const entry = entries[index];
  const before = entries[index - 1];
  return entry !== undefined && (before === undefined || entry.fresh || entry.at - before.at > GAP);
}
