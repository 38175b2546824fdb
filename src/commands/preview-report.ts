import type { WaitingMessage } from '../core/store.ts';
import type { DraftedTicket } from '../dialogue/turn.ts';
import type { DifferenceGroup, DifferenceKind } from '../preview/compare.ts';
import type { Reply } from '../preview/replay.ts';
import { maskValue, type Privacy } from '../core/privacy/mask.ts';
import { privacyOf, privateSlot } from '../tickets/privacy.ts';
import { nameOf, type Masker } from './masker.ts';
import type { FailingTable } from './preview-tables.ts';

export interface PreviewResult {
  /** The revision. */
  readonly against: string;
  /** How many questions were asked. */
  readonly questions: number;
  readonly groups: readonly DifferenceGroup[];
  readonly tables: readonly FailingTable[];
}

/** Questions of a group that are shown with both answers; the others by their words alone. */
const SHOWN_WHOLE = 3;
/** One edited greeting words every answer otherwise. */
const SHOWN_WORDINGS = 10;
const TEXT_LENGTH = 160;
const PRIVATE = '（涉及客户隐私，不显示 / private, not shown）';

const TITLES: Readonly<Record<DifferenceKind, string>> = {
  intent: '听成了别的意图 (another intent)',
  ticket: '工单不同 (another ticket)',
  answer: '答案不同 (another answer)',
  wording: '同一话术，说法不同 (the same phrases, other words)',
};

interface Shown {
  readonly question: string;
  readonly count: number;
  readonly before: ShownReply;
  readonly after: ShownReply;
}
type ShownReply = Omit<Reply, 'private'>;

/** For programs: every question that is answered otherwise, masked. */
export function previewJson({ against, questions, groups, tables }: PreviewResult, mask: Masker): string {
  const shown = groups.map((group) => ({
    kind: group.kind,
    from: group.from,
    to: group.to,
    count: group.count,
    questions: shownOf(group, mask),
  }));
  const different = groups.reduce((sum, group) => sum + group.count, 0);
  return `${JSON.stringify({ against, questions, different, groups: shown, tables }, null, 2)}\n`;
}

/** For people. */
export function previewText({ against, questions, groups, tables }: PreviewResult, mask: Masker): string {
  const different = groups.reduce((sum, group) => sum + group.count, 0);
  const lines = [
    `与 ${against} 相比：${questions} 个问题，${different} 个不同 (of ${questions} questions ${different} differ)`,
  ];
  for (const kind of Object.keys(TITLES) as DifferenceKind[]) {
    const same = groups.filter((group) => group.kind === kind);
    if (same.length === 0) continue;
    lines.push('', `■ ${TITLES[kind]} · ${same.reduce((sum, group) => sum + group.count, 0)}`);
    for (const group of same) lines.push(...groupLines(group, mask));
  }
  lines.push('', `■ 对话表 (dialogue tables) · ${tables.length} 张以前通过、现在不通过 (now fail)`);
  for (const { name, file, differences } of tables)
    lines.push(`  ✗ ${name}  (${file})`, ...differences.map((one) => `      ${one}`));
  return `${lines.join('\n')}\n`;
}

function groupLines(group: DifferenceGroup, mask: Masker): string[] {
  const from = intentsOf(group.from);
  const to = intentsOf(group.to);
  const lines = [`  ${from === to ? from : `${from} → ${to}`}  ×${group.count}`];
  const all = shownOf(group, mask);
  const shown = group.kind === 'wording' ? all.slice(0, SHOWN_WORDINGS) : all;
  for (const [index, { question, count, before, after }] of shown.entries()) {
    lines.push(`    「${question}」${count > 1 ? ` ×${count}` : ''}`);
    if (index >= SHOWN_WHOLE) continue;
    lines.push(`      之前 (before): ${answerOf(before)}`, `      现在 (after):  ${answerOf(after)}`);
    if (group.kind === 'ticket' || before.tickets.length !== after.tickets.length)
      lines.push(`      工单 (ticket): ${ticketOf(before)} → ${ticketOf(after)}`);
  }
  if (all.length > shown.length)
    lines.push(`    …还有 ${all.length - shown.length} 个问法，--json 全部列出 (more; --json lists them all)`);
  return lines;
}

/** The questions of a group, each once, the most frequent first. */
function shownOf({ differences }: DifferenceGroup, mask: Masker): Shown[] {
  const shown = new Map<string, Shown>();
  for (const { question, before, after } of differences) {
    const hide = [question.customer, ...[before, after].flatMap(({ tickets }) => tickets)].flatMap(privateIn);
    const words = mask(question.text, hide).text.replaceAll(/\s*\n\s*/g, ' ⏎ ');
    const earlier = shown.get(words);
    shown.set(
      words,
      earlier === undefined
        ? { question: words, count: 1, before: maskReply(before, mask, hide), after: maskReply(after, mask, hide) }
        : { ...earlier, count: earlier.count + 1 },
    );
  }
  return [...shown.values()].sort((a, b) => b.count - a.count);
}

/** A customer's name, or what a ticket's form holds of them. */
function privateIn(one: WaitingMessage['customer'] | DraftedTicket): Privacy['hide'] {
  return 'form' in one ? privacyOf({ ...one, customer: { id: '' } }).hide : nameOf(one);
}

/** A ticket's summary and form repeat the customer's words. */
function maskReply(reply: Reply, mask: Masker, hide: Privacy['hide']): ShownReply {
  const { intents, phrases, text, tickets } = reply;
  return {
    intents,
    phrases,
    text: reply.private ? PRIVATE : mask(text, hide).text,
    tickets: tickets.map((ticket) => ({
      ...ticket,
      summary: mask(ticket.summary, hide).text,
      form: Object.fromEntries(
        Object.entries(ticket.form).map(([slot, value]) => {
          const kind = privateSlot(slot);
          return [slot, kind === null ? mask(value, hide).text : maskValue(kind, value).text];
        }),
      ),
    })),
  };
}

function intentsOf(intents: readonly string[]): string {
  return intents.length === 0 ? '没听懂 (none)' : intents.join(' + ');
}

function answerOf({ phrases, text }: ShownReply): string {
  const words = text.replaceAll('\n', ' ⏎ ');
  const short = words.length > TEXT_LENGTH ? `${words.slice(0, TEXT_LENGTH)}…` : words;
  return text === '' ? '（没有回答 / silent）' : `${short}  [${phrases.join(', ')}]`;
}

function ticketOf({ tickets }: ShownReply): string {
  if (tickets.length === 0) return '无 (none)';
  return tickets
    .map(({ desk, kind, priority, promised_at, summary }) => `${desk}/${kind} ${priority} ${promised_at} ${summary}`)
    .join('; ');
}
