import type { Selectable } from 'kysely';
import type { DeskPost, DeskStore, HeldAnswer } from '../core/desk-store.ts';
import type { Attachment } from '../core/message.ts';
import { instant } from './instant.ts';
import { readList, writeList } from './json.ts';
import { resolved } from './literals.ts';
import type { Database, HeldAnswerTable } from './schema.ts';

/** The tables of a desk that works on a platform. */
export function deskStore(db: Database): DeskStore {
  return {
    deskPosts: (ticket) => db.selectFrom('desk_posts').selectAll().where('ticket', '=', ticket).execute(),

    async deskPostAt(channel, ts) {
      const query = db.selectFrom('desk_posts').selectAll().where('channel', '=', channel).where('ts', '=', ts);
      return (await query.executeTakeFirst()) ?? null;
    },

    openDeskPosts: (part) =>
      db
        .selectFrom('desk_posts')
        .innerJoin('tickets', 'tickets.id', 'desk_posts.ticket')
        .selectAll('desk_posts')
        .where('tickets.status', '<>', resolved)
        .where('desk_posts.part', '=', part)
        .execute(),

    async saveDeskPost({ ticket, channel, part, ts, shown, at }: DeskPost) {
      await db
        .insertInto('desk_posts')
        .values({ ticket, channel, part, ts, shown, at: instant(at) })
        .onConflict((conflict) => conflict.columns(['ticket', 'channel', 'part']).doUpdateSet({ ts, shown }))
        .execute();
    },

    async dropDeskPosts(ticket, channel) {
      await db.deleteFrom('desk_posts').where('ticket', '=', ticket).where('channel', '=', channel).execute();
    },

    async holdAnswer({ agent, attachments, ...answer }) {
      const put = await db
        .insertInto('held_answers')
        .values({
          ...answer,
          at: instant(answer.at),
          due_at: instant(answer.due_at),
          agent: agent.agent,
          agent_name: agent.name,
          attachments_json: writeList(attachments),
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      return put.numInsertedOrUpdatedRows === 1n;
    },

    async heldAnswer(id) {
      const row = await db.selectFrom('held_answers').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? answerOf(row) : null;
    },

    async heldAnswers(ticket) {
      const all = db.selectFrom('held_answers').selectAll();
      const query = ticket === null ? all.where('state', 'in', ['held', 'leaving']) : all.where('ticket', '=', ticket);
      return (await query.orderBy('at').orderBy('id').execute()).map(answerOf);
    },

    async moveHeldAnswer(id, from, to) {
      const moved = await db
        .updateTable('held_answers')
        .set(to)
        .where('id', '=', id)
        .where('state', '=', from)
        .executeTakeFirst();
      return moved.numUpdatedRows === 1n;
    },
  };
}

function answerOf(row: Selectable<HeldAnswerTable>): HeldAnswer {
  const { agent, agent_name, attachments_json, ...rest } = row;
  return { ...rest, agent: { agent, name: agent_name }, attachments: readList<Attachment>(attachments_json) };
}
