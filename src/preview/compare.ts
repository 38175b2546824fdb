import type { WaitingMessage } from '../core/store.ts';
import type { Reply } from './replay.ts';

/**
 * The first thing that differs: another intent, another ticket (or none), other phrases, the same phrases worded otherwise.
 * What comes later mostly follows from it.
 */
export const DIFFERENCES = ['intent', 'ticket', 'answer', 'wording'] as const;
export type DifferenceKind = (typeof DIFFERENCES)[number];

export interface Difference {
  readonly kind: DifferenceKind;
  readonly question: WaitingMessage;
  readonly before: Reply;
  readonly after: Reply;
}

/** Differences of one kind from the same intents to the same intents; `count` of questions, the likeliest example first. */
export interface DifferenceGroup {
  readonly kind: DifferenceKind;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly count: number;
  readonly differences: readonly Difference[];
}

/** Null where nobody would notice a difference. */
export function differenceOf(before: Reply, after: Reply): DifferenceKind | null {
  const differs = (field: 'intents' | 'phrases'): boolean => before[field].join('\n') !== after[field].join('\n');
  if (differs('intents')) return 'intent';
  if (JSON.stringify(before.tickets) !== JSON.stringify(after.tickets)) return 'ticket';
  if (differs('phrases')) return 'answer';
  // Another FAQ entry is another answer, not another wording of one.
  if (before.text !== after.text) return after.phrases.includes('faq') ? 'answer' : 'wording';
  return null;
}

/** The questions that are answered otherwise; `before` and `after` hold a reply for each. */
export function differencesOf(
  questions: readonly WaitingMessage[],
  before: readonly Reply[],
  after: readonly Reply[],
): readonly Difference[] {
  return questions.flatMap((question, index) => {
    const earlier = before[index];
    const now = after[index];
    if (earlier === undefined || now === undefined) return [];
    const kind = differenceOf(earlier, now);
    return kind === null ? [] : [{ kind, question, before: earlier, after: now }];
  });
}

/** By kind in the order of DIFFERENCES, then the largest first. */
export function groupDifferences(differences: readonly Difference[]): readonly DifferenceGroup[] {
  const groups = new Map<string, Difference[]>();
  for (const one of differences) {
    const key = JSON.stringify([one.kind, one.before.intents, one.after.intents]);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()]
    .flatMap((members): DifferenceGroup[] => {
      const [first] = members;
      if (first === undefined) return [];
      const { kind, before, after } = first;
      return [{ kind, from: before.intents, to: after.intents, count: members.length, differences: members }];
    })
    .sort((a, b) => DIFFERENCES.indexOf(a.kind) - DIFFERENCES.indexOf(b.kind) || b.count - a.count);
}
