import { RefusedError } from '../../core/errors.ts';
import type { AgentEntry } from '../../core/desk.ts';
import type { ThreadMessage } from './connection.ts';
import type { Desk } from './desk.ts';
import { unknownAgent } from './home.ts';
import { forCustomer } from './lane.ts';
import { escape } from './text.ts';

/**
 * What people write in the thread of a card: the team's own talk, unless it begins with a prefix of policies.
 * Resolves when all of it is kept; throws what makes Slack deliver it again.
 */
export function createListener(desk: Desk): (message: ThreadMessage) => Promise<boolean> {
  const { store, staff, answers, actions, rules } = desk;

  return async (message) => {
    const { channel, thread, user } = message;
    const post = thread === null ? null : await store.deskPostAt(channel, thread);
    // In a desk's channel nobody is a customer, whatever they write.
    if (post === null) return desk.isDeskChannel(channel);
    const id = `slack-${channel}-${message.ts}`;
    const words = forCustomer(message.text, rules().answerPrefixes);
    const spot = { channel, thread };
    const known = message.kind === 'new' ? null : await answers.find(id);
    if (words === null && known === null) return true;
    const agent = staff.find(user);
    if (agent === null) {
      if (known === null && words !== null) {
        const nobody = { agent: '未登记', name: user };
        await answers.refuse(id, post.ticket, nobody, words, '这个 Slack 账号没有登记为坐席');
      }
      desk.aside(staff.tell(user, spot, escape(unknownAgent(user))));
      return true;
    }
    try {
      if (known !== null) await change(agent, id, message.kind === 'deleted' ? null : words);
      else if (message.kind !== 'deleted') await answer(agent, id, post.ticket, words ?? '', message);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      const owner = { agent: agent.number, name: agent.name };
      if (known === null) await answers.refuse(id, post.ticket, owner, words ?? '', error.message);
      desk.aside(staff.tell(user, spot, escape(`⚠️ ${error.message}`)));
    }
    return true;
  };

  async function answer({ number }: AgentEntry, id: string, ticket: string, words: string, message: ThreadMessage) {
    // The words came before: do not fetch the files again.
    if ((await answers.find(id)) !== null) return;
    await actions.mayReply(ticket, { agent: number });
    if (words === '' && message.files.length === 0) throw new RefusedError('empty', '前缀后面没有内容，没有发给客户');
    const { conversation } = (await actions.story(ticket)).ticket;
    const files = await desk.takeIn(conversation, message.files, id);
    await answers.hold(id, ticket, { agent: number }, words, files);
  }

  /** An edit goes along as long as the answer is held; `words` null: deleted, or no longer meant for the customer. */
  async function change({ number }: AgentEntry, id: string, words: string | null): Promise<void> {
    const known = await answers.find(id);
    if (known === null) return;
    const never = known.state === 'taken-back' || known.state === 'refused';
    if (words === null) return never ? undefined : answers.takeBack(id, { agent: number });
    if (words === known.text) return;
    if (never) throw new RefusedError('not-sent', '这条回复没有发给客户，改了也不会发；需要时请另发一条');
    if (known.state === 'held') return answers.amend(id, { agent: number }, words);
    await actions.edit(known.ticket, { agent: number }, id, words);
  }
}
