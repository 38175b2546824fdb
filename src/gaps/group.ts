import type { GapKind } from './gap.ts';
import { groupAlike } from './likeness.ts';
import type { Speech } from './speech.ts';

/** A gap fit to be read by others. */
export interface ShownGap {
  readonly conversation: string;
  readonly kind: GapKind;
  readonly intent: string | null;
  readonly question: Speech;
  readonly reply: Speech | null;
}

/** Words, and how often they were said. */
export interface Counted {
  readonly text: string;
  readonly count: number;
}

/** Gaps that ask the same, in different words. */
export interface GapGroup {
  readonly count: number;
  readonly kinds: Readonly<Partial<Record<GapKind, number>>>;
  /** What the flows took it for. */
  readonly intents: readonly string[];
  /** The wordings, the most frequent first. */
  readonly questions: readonly Counted[];
  /** What humans answered, the most frequent first. */
  readonly replies: readonly Counted[];
  /** The same without what belongs to one customer. */
  readonly common: { readonly questions: readonly string[]; readonly reply: string | null };
}

/** The largest group first. */
export function groupGaps(gaps: readonly ShownGap[]): readonly GapGroup[] {
  return groupAlike(gaps, (gap) => gap.question.masked).map((members) => {
    const kinds: Partial<Record<GapKind, number>> = {};
    for (const { kind } of members) kinds[kind] = (kinds[kind] ?? 0) + 1;
    const questions = members.map(({ question }) => question);
    const replies = repliesTo(members);
    const common = (speech: readonly Speech[]): Counted[] => counted(speech.filter((one) => one.common));
    return {
      count: members.length,
      kinds,
      intents: [...new Set(members.flatMap(({ intent }) => (intent === null ? [] : [intent])))],
      questions: counted(questions),
      replies: counted(replies),
      common: { questions: common(questions).map(({ text }) => text), reply: common(replies)[0]?.text ?? null },
    };
  });
}

/** One answer in a conversation may be to several of its questions. */
function repliesTo(gaps: readonly ShownGap[]): Speech[] {
  const replies = new Map<string, Speech>();
  for (const { conversation, reply } of gaps) if (reply !== null) replies.set(`${conversation} ${reply.shown}`, reply);
  return [...replies.values()];
}

function counted(speech: readonly Speech[]): Counted[] {
  const counts = new Map<string, number>();
  for (const { shown } of speech) counts.set(shown, (counts.get(shown) ?? 0) + 1);
  return [...counts].map(([text, count]) => ({ text, count })).sort((a, b) => b.count - a.count);
}
