import { dirname } from 'node:path';
import { Kysely } from 'kysely';
import { UnreachableError } from '../core/errors.ts';
import { silentLog, type Log } from '../core/log.ts';
import { channelOf, type ConversationId } from '../core/message.ts';
import type { Store } from '../core/store.ts';
import { audit } from './audit.ts';
import { attachment, putAttachment } from './attachments.ts';
import { createChanges } from './changes.ts';
import { contact, contacts, keepContact } from './contacts.ts';
import { conversation, conversationsOf, noteFailure, openConversation, waiting } from './conversations.ts';
import { deskStore } from './desk-posts.ts';
import { asked, events } from './history.ts';
import { createKeeping } from './keeping.ts';
import { keptStore } from './kept.ts';
import { ledger } from './ledger.ts';
import { lastSeq, latest, log } from './log.ts';
import { migrate } from './migrate.ts';
import { openDatabase, openForReading } from './open-database.ts';
import { note, notices, saveNoticePost } from './notices.ts';
import { markSent, markUnsent, nextOutgoing, queued, unsent } from './outgoing.ts';
import { noteChange, receive, receiveAll } from './receive.ts';
import { lackOfRoom } from './room.ts';
import type { Database, Schema } from './schema.ts';
import { keepSetting, ping, setting, settingOnce } from './settings.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { nextTicketId, openTickets, tickets, ticketStory } from './tickets.ts';
import { dueTimers, nextTimer } from './timers.ts';
import { changesOf, commitTicket, commitTurn, said } from './turns.ts';
import { unfitFile } from './unfit.ts';
import { vectorStore } from './vectors.ts';
import { wrongProofs } from './wrong-proofs.ts';

/** The page pulls from our log by number. */
export const PULLED: readonly string[] = ['webchat'];

/**
 * Opens (or makes) the database at `path`, or one in memory for `:memory:`.
 * `pulled`: channels whose customers read our log, so that what is kept is delivered.
 * Throws RefusedError where it cannot be used: one sentence that says what to do.
 */
export async function openSqliteStore(options: {
  path: string;
  log?: Log;
  pulled?: readonly string[];
}): Promise<Store> {
  const { path, log: report = silentLog, pulled = PULLED } = options;
  const keeping = createKeeping(report);
  const database = await openDatabase(path);
  const reader = path === ':memory:' ? null : openForReading(path);
  const db = new Kysely<Schema>({ dialect: sqliteDialect(database, reader, keeping) });
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error instanceof UnreachableError ? unfitFile(path, error.cause) : error;
  }
  const folder = path === ':memory:' ? null : dirname(path);
  const isPulled = (id: ConversationId): boolean => pulled.includes(channelOf(id));
  return storeOf(db, path, report, isPulled, async () => {
    await ping(db);
    const trouble = keeping.trouble() ?? (await lackOfRoom(folder));
    if (trouble !== null) throw new UnreachableError(trouble);
  });
}

function storeOf(
  db: Database,
  path: string,
  report: Log,
  isPulled: (id: ConversationId) => boolean,
  mustKeep: () => Promise<void>,
): Store {
  const changes = createChanges(report);
  return {
    async receive(message, at) {
      const receipt = await receive(db, message, at);
      if (receipt.kind === 'new') changes.tell({ kind: 'received', conversation: message.conversation });
      return receipt;
    },
    async receiveAll(messages, at) {
      const receipts = await receiveAll(db, messages, at);
      const woken = new Set(messages.filter((_, nth) => receipts[nth]?.kind === 'new').map((one) => one.conversation));
      changes.tell(...[...woken].map((conversation) => ({ kind: 'received' as const, conversation })));
      return receipts;
    },
    noteChange: (channel, id, change) => noteChange(db, channel, id, change),
    waiting: () => waiting(db),
    conversation: (id) => conversation(db, id),
    async commitTurn(turn) {
      const pulled = isPulled(turn.conversation);
      const result = await commitTurn(db, turn, pulled);
      if (result === 'done') changes.tell(...changesOf(turn, pulled));
      return result;
    },
    noteFailure: (id) => noteFailure(db, id),

    unsent: (at, limit) => unsent(db, at, limit),
    queued: () => queued(db),
    async markSent(seq, at) {
      const conversation = await markSent(db, seq, at);
      if (conversation !== null) changes.tell({ kind: 'delivered', conversation });
    },
    async markUnsent(seq, error, then) {
      const conversation = await markUnsent(db, seq, error, then);
      if (conversation !== null && 'givenUpAt' in then)
        changes.tell({ kind: 'delivered', conversation }, { kind: 'notice' });
    },
    async nextDue(what) {
      const outgoing = what === 'timers' ? null : await nextOutgoing(db);
      const timer = what === 'outgoing' ? null : await nextTimer(db);
      return [outgoing, timer].filter((at) => at !== null).sort()[0] ?? null;
    },

    dueTimers: (at, limit) => dueTimers(db, at, limit),

    log: (id, afterSeq, limit) => log(db, id, afterSeq, limit),
    latest: (id, seq) => latest(db, id, seq),
    lastSeq: () => lastSeq(db),
    asked: (since, limit) => asked(db, since, limit),
    events: (id, since) => events(db, id, since),
    conversationsOf: (channel, since) => conversationsOf(db, channel, since),
    openConversation: (id, customer, group, at) => openConversation(db, id, customer, group, at),

    tickets: (filter) => tickets(db, filter),
    openTickets: () => openTickets(db),
    ticket: (id) => ticketStory(db, id),
    async commitTicket(change) {
      const { conversation, id } = change.ticket;
      const pulled = isPulled(conversation);
      const result = await commitTicket(db, change, pulled);
      if (result === 'done') {
        if (change.outgoing.length > 0) changes.tell(said(conversation, pulled));
        changes.tell({ kind: 'ticket', ticket: id, conversation });
      }
      return result;
    },
    nextTicketId: () => nextTicketId(db),

    wrongProofs: (waybill, since) => wrongProofs(db, waybill, since),

    putAttachment: (id, file, bytes) => putAttachment(db, id, file, bytes),
    attachment: (id) => attachment(db, id),

    ...deskStore(db),

    async note(notice, at) {
      await db.transaction().execute((tx) => note(tx, notice, at));
      changes.tell({ kind: 'notice' });
    },
    notices: (since) => notices(db, since),
    saveNoticePost: (id, post) => saveNoticePost(db, id, post),
    contact: (channel, id) => contact(db, channel, id),
    contacts: (channel, by) => contacts(db, channel, by),
    keepContact: (record) => keepContact(db, record),

    audit: async (entry) => void (await db.transaction().execute((tx) => audit(tx, entry))),
    ...keptStore(db, path),
    ...vectorStore(db),
    setting: (key) => setting(db, key),
    settingOnce: (key, value) => settingOnce(db, key, value),
    keepSetting: (key, value) => keepSetting(db, key, value),

    ledger: (at, patience) => ledger(db, at, patience),
    ping: mustKeep,
    subscribe: (listener) => changes.subscribe(listener),
    close: () => db.destroy(),
  };
}
