import type { ConversationRecord, WaitingMessage } from '../core/store.ts';
import type { Turn, TurnContext } from '../dialogue/turn.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';

/** Words that lean on the message they quote. */
const LEANS = /[?？]|[吗呢]|查|怎么|这个|这票|这单|这件|催/;

/** What waits, as one turn of one person. */
export function turnOf(
  conversation: ConversationRecord,
  known: Knowledge,
  now: Date,
  link: string | null = null,
): Turn {
  // What the customer took back while it waited was not said.
  const waiting = conversation.waiting.filter(({ changed }) => changed?.kind !== 'deleted');
  const words = waiting
    .map((message) => message.text)
    .filter((text) => text.trim() !== '')
    .join('\n');
  const context = contextOf(waiting, link);
  const text = withQuoted(words, waiting, context, known, now).slice(0, known.policies.limits.message_length);
  return {
    text,
    understood: known.understand(text, now),
    attachments: waiting.reduce((count, message) => count + message.attachments.length, 0),
    group: conversation.group,
    ...(context === null ? {} : { context }),
  };
}

function contextOf(waiting: readonly WaitingMessage[], link: string | null): TurnContext | null {
  const contexts = waiting.flatMap(({ context }) => (context === undefined ? [] : [context]));
  const last = waiting.at(-1);
  if (contexts.length === 0 || last === undefined) return null;
  const addressed = contexts.map((one) => one.addressed ?? null);
  return {
    room: contexts.at(-1)?.room,
    addressed: addressed.includes('us') ? 'us' : (addressed.findLast((one) => one !== null) ?? null),
    nature: contexts.findLast((one) => one.nature !== undefined)?.nature ?? null,
    automatic: contexts.at(-1)?.automatic === true,
    ownChat: contexts.some((one) => one.ownChat !== undefined),
    link,
    contact: contexts.findLast((one) => one.contact !== undefined)?.contact ?? null,
    carried: contexts.some((one) => one.carried === true),
    lateMs: Math.max(Date.parse(last.receivedAt) - Date.parse(last.sentAt), 0),
  };
}

/** A waybill in a quoted message is what 这个 means, where the new words name none themselves. */
function withQuoted(
  words: string,
  waiting: readonly WaitingMessage[],
  context: TurnContext | null,
  known: Knowledge,
  now: Date,
): string {
  const quoted = waiting.map((message) => message.context?.quoted ?? '').join('\n');
  if (quoted.trim() === '' || words === '') return words;
  const own = known.understand(words, now);
  if (own.entities.some(({ type }) => type === 'waybill')) return words;
  if (context?.addressed !== 'us' && own.requests.length === 0 && !LEANS.test(words)) return words;
  const waybills = known.understand(quoted, now).entities.filter(({ type }) => type === 'waybill');
  return [words, ...new Set(waybills.map(({ value }) => String(value)))].join('\n');
}
