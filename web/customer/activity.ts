import { fieldsOf, listOf, textOf } from '../browser/value.ts';

/** A Bot Framework activity, as far as this page reads it. */
export interface Activity {
  readonly id: string;
  readonly type: string;
  readonly at: number;
  readonly from: { readonly id: string; readonly name?: string; readonly role?: string };
  readonly text: string;
  readonly plain: boolean;
  readonly attachments: readonly { readonly url: string; readonly contentType: string; readonly name: string }[];
  readonly suggestions: readonly string[];
  readonly channelData: Readonly<Record<string, unknown>>;
}

/** Activities and the watermark of a page or frame; anything unreadable in it is left out. */
export interface ActivitySet {
  readonly activities: readonly Activity[];
  readonly watermark: string | undefined;
}

export function readActivitySet(value: unknown): ActivitySet {
  const set = fieldsOf(value);
  const watermark = typeof set['watermark'] === 'number' ? String(set['watermark']) : textOf(set['watermark']);
  return { activities: listOf(set['activities']).map(readActivity), watermark };
}

function readActivity(value: unknown): Activity {
  const fields = fieldsOf(value);
  const from = fieldsOf(fields['from']);
  const name = textOf(from['name']);
  const role = textOf(from['role']);
  const at = Date.parse(textOf(fields['timestamp']) ?? '');
  return {
    id: textOf(fields['id']) ?? '',
    type: textOf(fields['type']) ?? '',
    at: Number.isNaN(at) ? Date.now() : at,
    from: {
      id: textOf(from['id']) ?? '',
      ...(name === undefined ? {} : { name }),
      ...(role === undefined ? {} : { role }),
    },
    text: textOf(fields['text']) ?? '',
    plain: fields['textFormat'] === 'plain',
    attachments: listOf(fields['attachments']).flatMap(readAttachment),
    suggestions: listOf(fieldsOf(fields['suggestedActions'])['actions']).flatMap(readSuggestion),
    channelData: fieldsOf(fields['channelData']),
  };
}

/** Only what our own server holds: the page asks nobody else for anything. */
function readAttachment(value: unknown): Activity['attachments'] {
  const fields = fieldsOf(value);
  const url = textOf(fields['contentUrl']);
  const ours = url === undefined ? null : ourPath(url);
  if (ours === null) return [];
  return [{ url: ours, contentType: textOf(fields['contentType']) ?? '', name: textOf(fields['name']) ?? '' }];
}

/** By path: behind a proxy the server may not know whether it is reached by http or https. */
function ourPath(url: string): string | null {
  try {
    const { host, protocol, pathname, search } = new URL(url, location.origin);
    return host === location.host && protocol.startsWith('http') ? pathname + search : null;
  } catch {
    return null;
  }
}

function readSuggestion(value: unknown): string[] {
  const action = fieldsOf(value);
  const words = textOf(action['value']) ?? textOf(action['title']);
  return words === undefined || action['type'] === 'openUrl' ? [] : [words];
}
