import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { dayOf } from '../core/day.ts';
import type { ConversationId } from '../core/message.ts';
import type { Store } from '../core/store.ts';
import { writeDrafts } from '../gaps/drafts.ts';
import { gapsIn } from '../gaps/gap.ts';
import { groupGaps, type GapGroup, type ShownGap } from '../gaps/group.ts';
import { isSettled, speechOf } from '../gaps/speech.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { DATABASE_FILE } from '../store/open-database.ts';
import { openSqliteStore } from '../store/open-sqlite.ts';
import type { Privacy } from '../core/privacy/mask.ts';
import { privacyOf } from '../tickets/privacy.ts';
import { sinceDays } from './days.ts';
import { gapsText } from './gaps-report.ts';
import { knowledgeOrNull } from './knowledge.ts';
import { createMasker, nameOf } from './masker.ts';
import { clockFor } from './moment.ts';
import { createProgress } from './progress.ts';

/** Questions and lines of one conversation that are looked at. */
const MOST_QUESTIONS = 100_000;
const MOST_LINES = 10_000;

export interface GapsOptions {
  readonly days?: unknown;
  readonly draft?: unknown;
  readonly json?: unknown;
  readonly now?: unknown;
}

/** `gaps`: the questions that found no answer, were taken for others, or needed a human; with `--draft`, entries to fill in. */
export async function gaps(config: Config, options: GapsOptions): Promise<number> {
  const now = clockFor(options.now).now();
  const since = sinceDays(options.days ?? 30, now);
  const path = join(config.dataDir, DATABASE_FILE);
  if (!existsSync(path)) process.stderr.write(`${path} 还没有数据 (no database there yet)\n`);
  const knowledge = await knowledgeOrNull(config);
  if (knowledge === null) return 1;
  const store = await openSqliteStore({ path: existsSync(path) ? path : ':memory:' });
  let found: { asked: number; gaps: readonly ShownGap[] };
  try {
    found = await collect(store, knowledge, since, now);
  } finally {
    await store.close();
  }
  const settled = (gap: ShownGap): boolean =>
    gap.kind === 'unanswered' && isSettled(gap.question.shown, knowledge, now);
  const open = found.gaps.filter((gap) => !settled(gap));
  const groups = groupGaps(open);
  const drafts =
    options.draft === true
      ? await writeDrafts(
          groups.filter((group) => isWorthDrafting(group, knowledge, now)),
          config.knowledgeDir,
          dayOf(now),
        )
      : [];
  const result = {
    since,
    asked: found.asked,
    gaps: open.length,
    settled: found.gaps.length - open.length,
    groups,
    drafts,
  };
  if (options.json === true) {
    const shown = groups.map(({ count, kinds, intents, questions, replies }) => ({
      count,
      kinds,
      intents,
      questions,
      replies,
    }));
    process.stdout.write(`${JSON.stringify({ ...result, groups: shown }, null, 2)}\n`);
  } else process.stdout.write(gapsText(result));
  return 0;
}

/** A flow that ends with a human by design needs no FAQ entry. */
function isWorthDrafting({ kinds, common }: GapGroup, knowledge: Knowledge, now: Date): boolean {
  if ((kinds.unanswered ?? 0) + (kinds.misunderstood ?? 0) > 0) return true;
  return common.questions[0] !== undefined && !isSettled(common.questions[0], knowledge, now);
}

async function collect(
  store: Store,
  knowledge: Knowledge,
  since: string,
  now: Date,
): Promise<{ asked: number; gaps: readonly ShownGap[] }> {
  const asked = await store.asked(since, MOST_QUESTIONS);
  const first = new Map<ConversationId, number>();
  const names = new Map<ConversationId, Privacy['hide'][number]>();
  for (const { conversation, seq, customer } of asked) {
    if (!first.has(conversation)) first.set(conversation, seq);
    for (const name of nameOf(customer)) names.set(conversation, name);
  }
  const mask = createMasker(knowledge);
  const gathered: ShownGap[] = [];
  const progress = createProgress('对话 (conversations)', first.size);
  for (const [index, [conversation, seq]] of [...first].entries()) {
    progress.tell(index + 1);
    const log = await store.log(conversation, seq - 1, MOST_LINES);
    const tickets = await store.tickets({ conversation });
    const name = names.get(conversation);
    const hide = [...(name === undefined ? [] : [name]), ...tickets.flatMap((ticket) => privacyOf(ticket).hide)];
    const read = (text: string): ShownGap['question'] => speechOf(text, knowledge, mask, hide, now);
    for (const gap of gapsIn(log, await store.events(conversation, since))) {
      const { kind, intent } = gap;
      gathered.push({
        conversation,
        kind,
        intent,
        question: read(gap.question),
        reply: gap.reply === null ? null : read(gap.reply),
      });
    }
  }
  progress.end();
  return { asked: asked.length, gaps: gathered };
}
