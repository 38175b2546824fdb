import type { Clock } from '../core/clock.ts';
import { silentLog } from '../core/log.ts';
import { conversationId, type OutgoingDraft } from '../core/message.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Records } from '../core/records.ts';
import type { Ticket } from '../core/ticket.ts';
import { createInProcessCoordination } from '../coordination/in-process.ts';
import type { Decision } from '../dialogue/turn.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { createReplier } from '../replying/replier.ts';
import { openSqliteStore } from '../store/open-sqlite.ts';

/** What one turn on the stage came to. */
export interface Played {
  readonly replies: readonly OutgoingDraft[];
  readonly decision: Decision;
  readonly outcome: Outcome;
  /** The ticket this turn opened or joined, as it now stands. */
  readonly ticket: Ticket | null;
}

/** One conversation with the whole engine, kept in memory: for `chat`, `rehearse` and tests. */
export interface Stage {
  /** Several messages are one turn. */
  play(messages: readonly string[]): Promise<Played>;
  close(): Promise<void>;
}

export async function openStage(options: {
  readonly knowledge: Knowledge;
  readonly records: Records;
  readonly clock: Clock;
  readonly group: boolean;
}): Promise<Stage> {
  const { knowledge, records, clock, group } = options;
  const store = await openSqliteStore({ path: ':memory:' });
  let decision: Decision | undefined;
  const replier = createReplier({
    store,
    knowledge: () => knowledge,
    records: () => records,
    // A rehearsal may say more in a minute than a person can.
    coordination: { ...createInProcessCoordination({ clock, concurrency: 1 }), allow: () => Promise.resolve(true) },
    clock,
    log: silentLog,
    observe: (made) => (decision = made),
  });
  const id = conversationId('terminal', '1');
  let count = 0;

  return {
    async play(messages) {
      for (const text of messages) {
        const now = clock.now().toISOString();
        await store.receive(
          {
            channel: 'terminal',
            id: String(++count),
            conversation: id,
            customer: { id: 'terminal' },
            group,
            text,
            attachments: [],
            sentAt: now,
          },
          now,
        );
      }
      const conversation = await store.conversation(id);
      if (conversation === null) throw new Error('nothing was received');
      const commit = await replier.reply(conversation, clock.now());
      if ((await store.commitTurn(commit)) === 'stale') throw new Error('the turn was stale');
      const outcome = commit.outcomes.get(conversation.waiting.at(-1)?.seq ?? 0);
      if (decision === undefined || outcome === undefined) throw new Error('the turn has no outcome');
      return { replies: commit.outgoing, decision, outcome, ticket: commit.tickets[0] ?? null };
    },
    close: () => store.close(),
  };
}
