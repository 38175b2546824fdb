import type { LoggedMessage } from '../core/message.ts';
import type { KeptEvent } from '../core/store.ts';
import type { DialogueEvent } from '../dialogue/event.ts';

/** One turn as the ledger tells it: what the customer wrote, and what came of it. */
export interface PastTurn {
  /** ISO 8601 */
  readonly at: string;
  /** The customer's words; several messages are joined by line breaks. */
  readonly words: string;
  /** Place in the log of the last of them. */
  readonly seq: number;
  readonly events: readonly DialogueEvent[];
}

/** The turns of a conversation in which the customer wrote something, oldest first. */
export function turnsOf(log: readonly LoggedMessage[], kept: readonly KeptEvent[]): readonly PastTurn[] {
  const byTime = new Map<string, DialogueEvent[]>();
  for (const { at, event } of kept) {
    const events = byTime.get(at) ?? byTime.set(at, []).get(at);
    events?.push(JSON.parse(event) as DialogueEvent);
  }
  const said = log.filter((line) => line.from.role === 'customer' && line.text.trim() !== '');
  let read = 0;
  return [...byTime].flatMap(([at, events]): PastTurn[] => {
    const first = read;
    while (read < said.length && (said[read]?.at ?? '') <= at) read += 1;
    const words = said.slice(first, read);
    const last = words.at(-1);
    return last === undefined ? [] : [{ at, words: words.map((line) => line.text).join('\n'), seq: last.seq, events }];
  });
}

/** Nothing but courtesy: no answer to anything. */
const COURTESY =
  /^(?:您好|你好|在的|在呢|好的?|嗯+|请?您?稍等(?:一下)?|稍等哦?|不客气|收到|谢谢您?|hello|hi|one moment(?: please)?|[\s,，。.!！~、;；:：])*$/i;

/** What a human answered between two places of the log: their first words on it, up to the customer's next. Null: nothing. */
export function humanReply(log: readonly LoggedMessage[], from: number, until: number): string | null {
  const words: string[] = [];
  for (const { seq, from: speaker, text } of log) {
    if (seq <= from || seq >= until) continue;
    if (speaker.role === 'agent' && !COURTESY.test(text)) words.push(text.trim());
    else if (speaker.role === 'customer' && words.length > 0) break;
  }
  return words.length === 0 ? null : words.join('\n');
}
