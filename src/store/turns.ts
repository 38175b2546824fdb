import { sql, type Insertable } from 'kysely';
import type { ConversationId } from '../core/message.ts';
import type { Outcome } from '../core/outcome.ts';
import type { CommitResult, StoreChange, TicketCommit, TurnCommit } from '../core/store.ts';
import { audit } from './audit.ts';
import { instant } from './instant.ts';
import { inward } from './literals.ts';
import { outgoingRow } from './message-row.ts';
import { note } from './notices.ts';
import { receiveIn } from './receive.ts';
import type { Database, MessageTable } from './schema.ts';
import { template } from './template.ts';
import { addTicketEvents, putTicket } from './tickets.ts';
import { cancelTimer, fireTimer, setTimer } from './timers.ts';
import { addWrongProof, wrongProofs } from './wrong-proofs.ts';

/** Thrown inside a transaction to undo it all: somebody else was first. */
class Stale extends Error {}

async function unlessStale(db: Database, work: (tx: Database) => Promise<void>): Promise<CommitResult> {
  try {
    await db.transaction().execute(work);
    return 'done';
  } catch (error) {
    if (error instanceof Stale) return 'stale';
    throw error;
  }
}

function must(ok: boolean): void {
  if (!ok) throw new Stale();
}

/** `pulled`: the customer reads our log, so nothing has to be sent. */
export async function commitTurn(db: Database, turn: TurnCommit, pulled: boolean): Promise<CommitResult> {
  return unlessStale(db, async (tx) => {
    must(await moveState(tx, turn));
    if (turn.firedTimer !== undefined) must(await fireTimer(tx, turn.conversation, turn.firedTimer, turn.at));
    for (const key of turn.cancelTimers) await cancelTimer(tx, turn.conversation, key);
    for (const timer of turn.timers) await setTimer(tx, turn.conversation, timer);
    for (const ticket of turn.tickets) must(await putTicket(tx, ticket));
    await addTicketEvents(tx, turn.ticketEvents);
    await settleAll(tx, turn);
    await addEvents(tx, turn);
    for (const [waybill, { since, wrong }] of turn.judged ?? [])
      must((await wrongProofs(tx, waybill, since)) === wrong);
    for (const waybill of turn.wrongProofs) await addWrongProof(tx, turn.conversation, waybill, turn.at);
    await say(tx, turn, latestOf(turn.outcomes), pulled);
    if (turn.lookedUp) {
      const { what, why } = turn.lookedUp;
      await audit(tx, { at: turn.at, by: 'bot', action: 'looked-up', subject: `${turn.conversation} ${what}`, why });
    }
    for (const waybill of turn.disclosed ?? []) {
      await audit(tx, {
        at: turn.at,
        by: 'bot',
        action: 'disclosed',
        subject: `${turn.conversation} ${waybill}`,
        why: turn.lookedUp?.why ?? '',
      });
    }
    for (const notice of turn.notices ?? []) await note(tx, notice, turn.at);
    for (const message of turn.forwards ?? []) await receiveIn(tx, message, turn.at);
  });
}

/** An agent's words may change what the bot would say: a turn that is being decided meanwhile becomes stale. */
export async function commitTicket(db: Database, change: TicketCommit, pulled: boolean): Promise<CommitResult> {
  const { ticket, events, outgoing, amended } = change;
  return unlessStale(db, async (tx) => {
    must(await putTicket(tx, ticket));
    await addTicketEvents(tx, events);
    await say(tx, { conversation: ticket.conversation, outgoing, at: ticket.updated_at }, null, pulled);
    if (amended) await amend(tx, ticket.conversation, amended);
    await tx
      .updateTable('conversations')
      .set((eb) => ({ version: eb('version', '+', 1) }))
      .where('id', '=', ticket.conversation)
      .execute();
  });
}

async function amend(tx: Database, conversation: ConversationId, { seq, text }: { seq: number; text: string }) {
  await tx
    .updateTable('messages')
    .set({ text })
    .where('seq', '=', seq)
    .where('conversation', '=', conversation)
    .where('direction', '=', 'out')
    .execute();
}

/** What to tell listeners after the commit. */
export function changesOf(turn: TurnCommit, pulled: boolean): readonly StoreChange[] {
  const { conversation } = turn;
  const timers = turn.timers.length + turn.cancelTimers.length > 0;
  return [
    ...(turn.outgoing.length > 0 ? [said(conversation, pulled)] : []),
    ...(turn.forwards ?? []).map((message) => ({ kind: 'received' as const, conversation: message.conversation })),
    ...turn.tickets.map((ticket) => ({ kind: 'ticket' as const, ticket: ticket.id, conversation })),
    ...(timers ? [{ kind: 'timer' as const }] : []),
    ...((turn.notices ?? []).length > 0 ? [{ kind: 'notice' as const }] : []),
  ];
}

export function said(conversation: ConversationId, pulled: boolean): StoreChange {
  return { kind: pulled ? 'delivered' : 'outgoing', conversation };
}

async function moveState(tx: Database, turn: TurnCommit): Promise<boolean> {
  const { conversation, version, state } = turn;
  return (await move(tx, { conversation, version, state })).numAffectedRows === 1n;
}

const move = template((db, given: { conversation: string; version: number; state: string | null }) =>
  db
    .updateTable('conversations')
    .set((eb) => ({ version: eb('version', '+', 1), failures: 0, state: sql`coalesce(${given.state}, state)` }))
    .where('id', '=', given.conversation)
    .where('version', '=', given.version),
);

/** A message ends once: an outcome that is there stays. Those that end alike are settled with one statement, however many they are. */
async function settleAll(tx: Database, { conversation, outcomes }: TurnCommit): Promise<void> {
  const alike = new Map<string, { kind: Outcome['kind']; reference: string | null; seqs: number[] }>();
  for (const [seq, outcome] of outcomes) {
    const [kind, ended] = [outcome.kind, reference(outcome)];
    const key = `${kind} ${ended}`;
    const known = alike.get(key);
    if (known) known.seqs.push(seq);
    else alike.set(key, { kind, reference: ended, seqs: [seq] });
  }
  for (const { kind, reference: ended, seqs } of alike.values())
    await settle(tx, { conversation, seqs: JSON.stringify(seqs), kind, reference: ended });
}

const settle = template(
  (db, given: { conversation: string; seqs: string; kind: Outcome['kind']; reference: string | null }) =>
    db
      .updateTable('messages')
      .set({ outcome: given.kind, outcome_ref: given.reference })
      .where('seq', 'in', sql<number>`(select value from json_each(${given.seqs}))`)
      .where('conversation', '=', given.conversation)
      .where('direction', '=', inward)
      .where('outcome', 'is', null),
);

function reference(outcome: Outcome): string | null {
  switch (outcome.kind) {
    case 'answered':
      return null;
    case 'merged':
      return String(outcome.into);
    case 'handed':
      return outcome.ticket;
    case 'left_alone':
      return outcome.reason;
  }
}

async function addEvents(tx: Database, { conversation, at, events }: TurnCommit): Promise<void> {
  if (events.length === 0) return;
  await addAll(tx, { conversation, at: instant(at), events: JSON.stringify(events) });
}

/** One text for any number of them. */
const addAll = template((db, { conversation, at, events }: { conversation: string; at: string; events: string }) =>
  db
    .insertInto('events')
    .columns(['conversation', 'at', 'event_json'])
    .expression(sql`select ${conversation}, ${at}, value from json_each(${events}) order by key`),
);

/** seq of the latest message that a turn settles; null where it settles none. */
function latestOf(outcomes: TurnCommit['outcomes']): number | null {
  let latest: number | null = null;
  for (const seq of outcomes.keys()) latest = Math.max(latest ?? seq, seq);
  return latest;
}

async function say(
  tx: Database,
  { conversation, outgoing, at }: Pick<TurnCommit, 'conversation' | 'outgoing' | 'at'>,
  answers: number | null,
  pulled: boolean,
): Promise<void> {
  for (const draft of outgoing) await add(tx, outgoingRow(conversation, draft, at, pulled, answers));
}

const add = template((db, row: Insertable<MessageTable>) => db.insertInto('messages').values(row));
