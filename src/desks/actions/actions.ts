import type { Clock } from '../../core/clock.ts';
import type { Announce, DeskAnnouncement, DeskDirectory } from '../../core/desk.ts';
import { RefusedError, messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { channelOf } from '../../core/message.ts';
import type { Attachment, OutgoingDraft, OutgoingMessage, Speaker } from '../../core/message.ts';
import type { Store, TicketCommit } from '../../core/store.ts';
import type { Owner, Ticket, TicketStory } from '../../core/ticket.ts';
import type { TicketChange } from '../../tickets/change.ts';
import { claim, edit, note, nudge, reopen, reply, resolve, reveal, transfer } from '../../tickets/transitions.ts';
import { clearText, fieldsOfStory } from './fields.ts';

export interface ActionDeps {
  readonly store: Store;
  readonly directory: DeskDirectory;
  readonly announce: Announce;
  readonly clock: Clock;
  readonly log: Log;
  /** Changes what the customer has already to the words given; throws `cannot-edit` where their channel cannot. */
  readonly editSent?: ((message: Omit<OutgoingMessage, 'attempts'>) => Promise<void>) | undefined;
}

/** Who acts, as given. The directory's name for the number counts, where it has one. */
export interface Actor {
  readonly agent: string;
  readonly name?: string | undefined;
}

/**
 * Where a ticket's conversation begins with this, an agent wrote it down (a telephone call): there is no channel on
 * which the program could say anything to the customer.
 */
export const DESK_CHANNEL = 'desk';

/** To a desk, or to one of its people by 工号. */
export interface Destination {
  readonly desk: string;
  readonly agent?: string | undefined;
}

/** What an action makes of a story: the change, and what the customer is told of it. Null: done before. */
interface Plan {
  readonly change: TicketChange;
  readonly amended?: { readonly seq: number; readonly text: string };
  readonly outgoing: readonly OutgoingDraft[];
}
type Decide = (story: TicketStory, agent: Owner, now: Date) => Plan | null | Promise<Plan | null>;

/** Tries before a ticket that changes under our hands all the time is given up. */
const TRIES = 5;

export type Actions = ReturnType<typeof createActions>;

/** What agents do, each kept in one transaction. All give the story afterwards; they throw RefusedError. */
export function createActions({ store, directory, announce, clock, log, editSent }: ActionDeps) {
  const bot = (): Speaker => {
    const name = directory.botName?.();
    return name === undefined ? { role: 'bot' } : { role: 'bot', name };
  };
  /** Decides on the latest story, again when somebody else was faster: so a race ends in `taken`, not in an error. */
  async function act(id: string, actor: Actor, decide: Decide): Promise<TicketStory> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const story = await storyOf(id);
      const plan = await decide(story, ownerFor(actor, story.ticket), clock.now());
      if (plan === null || plan.change.events.length === 0) return story;
      if ((await store.commitTicket(committed(plan))) === 'done') return storyOf(id);
    }
    throw new RefusedError('busy', `工单 ${id} 正被频繁更新，请稍后再试`);
  }

  async function storyOf(id: string): Promise<TicketStory> {
    const story = await store.ticket(id);
    if (story === null) throw new RefusedError('unknown-ticket', `没有工单 ${id}`);
    return story;
  }

  function ownerFor({ agent, name }: Actor, ticket: Ticket): Owner {
    const held = ticket.owner?.agent === agent ? ticket.owner.name : undefined;
    return { agent, name: directory.agent(agent)?.name ?? name ?? held ?? agent };
  }

  function colleague(agent: string, desk: string, title: string): Owner {
    const found = directory.agent(agent);
    if (!found?.desks.includes(desk)) throw new RefusedError('unknown-agent', `${title}没有工号 ${agent} 的同事`);
    return { agent: found.number, name: found.name };
  }

  /** The bot's words on what an agent did. That they cannot be worded does not undo it. */
  async function announced(
    what: DeskAnnouncement,
    { ticket }: TicketChange,
    by: Owner,
    extra: Readonly<Record<string, string>> = {},
  ): Promise<OutgoingDraft[]> {
    if (channelOf(ticket.conversation) === DESK_CHANNEL) return [];
    try {
      const text = await announce(what, ticket, { agent: by.agent, name: by.name, ...extra });
      return text === '' ? [] : [said(bot(), text)];
    } catch (error) {
      log.error({ ticket: ticket.id, what, error: messageOf(error) }, 'an announcement could not be worded');
      return [];
    }
  }

  return {
    story: storyOf,

    claim: (id: string, actor: Actor) =>
      act(id, actor, async ({ ticket }, by, now) => {
        const change = claim(ticket, by, now);
        return { change, outgoing: change.events.length > 0 ? await announced('claimed', change, by) : [] };
      }),

    reply: (id: string, actor: Actor, text: string, clientId?: string, attachments: readonly Attachment[] = []) =>
      act(id, actor, (story, by, now) => {
        if (isDone(story, 'replied', clientId)) return null;
        mustBeReachable(story.ticket);
        const change = reply(story.ticket, by, text, now, clientId);
        const words = said({ role: 'agent', id: by.agent, name: by.name }, text);
        return { change, outgoing: [{ ...words, attachments, ...(clientId !== undefined && { id: clientId }) }] };
      }),

    /** Throws what `reply` would throw now; changes nothing. Gives the agent as the books will name them. */
    async mayReply(id: string, actor: Actor): Promise<Owner> {
      const { ticket } = await storyOf(id);
      const by = ownerFor(actor, ticket);
      mustBeReachable(ticket);
      reply(ticket, by, '', clock.now());
      return by;
    },

    /** Changes an answer that was sent; throws `cannot-edit` where the customer's channel cannot. */
    async edit(id: string, actor: Actor, clientId: string, text: string) {
      const { transcript } = await storyOf(id);
      const sent = transcript.find((message) => message.id === clientId);
      if (sent === undefined) throw new RefusedError('unknown-answer', '没有找到这条回复');
      if (sent.text === text) return storyOf(id);
      if (editSent === undefined) throw cannotEdit();
      // Where the customer is now, and where they were when it was sent to them: a channel needs both to find ours.
      const theirs = transcript.filter(({ from }) => from.role === 'customer');
      const before = theirs.findLast(({ seq }) => seq < sent.seq);
      await editSent({
        ...sent,
        text,
        channelData: theirs.at(-1)?.channelData,
        answeredData: before?.channelData,
      });
      return act(id, actor, ({ ticket }, by, now) => ({
        change: edit(ticket, by, text, now, clientId),
        amended: { seq: sent.seq, text },
        outgoing: [],
      }));
    },

    note: (id: string, actor: Actor, text: string, clientId?: string) =>
      act(id, actor, (story, by, now) =>
        isDone(story, 'noted', clientId) ? null : { change: note(story.ticket, by, text, now, clientId), outgoing: [] },
      ),

    transfer: (id: string, actor: Actor, { desk, agent }: Destination, reason: string) =>
      act(id, actor, async ({ ticket }, by, now) => {
        const title = directory.desks().find((known) => known.id === desk)?.title;
        if (title === undefined) throw new RefusedError('unknown-desk', `没有名为 ${desk} 的部门`);
        const to = agent === undefined ? undefined : colleague(agent, desk, title);
        const change = transfer(
          ticket,
          by,
          { desk, reason, promised_at: directory.promise(desk, now), ...(to && { to }) },
          now,
        );
        return { change, outgoing: await announced('transferred', change, by, { desk, desk_title: title, reason }) };
      }),

    nudge: (id: string, actor: Actor, text: string) =>
      act(id, actor, ({ ticket }, by, now) => ({ change: nudge(ticket, by, text, now), outgoing: [] })),

    resolve: (id: string, actor: Actor, result: string, cause?: string) =>
      act(id, actor, async ({ ticket }, by, now) => {
        const change = resolve(ticket, by, result, now, cause);
        return { change, outgoing: await announced('resolved', change, by, { result }) };
      }),

    reopen: (id: string, actor: Actor, reason: string) =>
      act(id, actor, async ({ ticket }, by, now) => {
        const change = reopen(ticket, by, reason, directory.promise(ticket.desk, now), now);
        return { change, outgoing: await announced('reopened', change, by, { reason }) };
      }),

    /** The clear text of a field, after it is on record who looked. */
    async reveal(id: string, actor: Actor, field: string): Promise<string> {
      let value = '';
      await act(id, actor, (story, by, now) => {
        const found = clearText(fieldsOfStory(story), field);
        if (found === null) throw new RefusedError('unknown-field', `工单 ${id} 没有内容 ${field}`);
        value = found;
        return { change: reveal(story.ticket, by, field, now), outgoing: [] };
      });
      await store.audit({
        at: clock.now().toISOString(),
        by: actor.agent,
        action: 'revealed',
        subject: `${id} ${field}`,
      });
      return value;
    },
  };
}

function committed({ change, outgoing, amended }: Plan): TicketCommit {
  return { ...change, outgoing, ...(amended && { amended }) };
}

function mustBeReachable({ id, conversation }: Ticket): void {
  if (channelOf(conversation) !== DESK_CHANNEL) return;
  throw new RefusedError(
    'no-way-back',
    `工单 ${id} 是人工登记的，程序联系不到客户，请直接致电客户，并把结果写在备注里`,
  );
}

export const cannotEdit = (): RefusedError =>
  new RefusedError('cannot-edit', '这条回复已经发给客户，客户所在的渠道不能修改已发出的消息。需要更正时，请另发一条。');

function isDone({ history }: TicketStory, kind: 'replied' | 'noted', clientId: string | undefined): boolean {
  return clientId !== undefined && history.some((event) => event.kind === kind && event.target === clientId);
}

function said(from: Speaker, text: string): OutgoingDraft {
  return { from, text, suggestions: [], attachments: [] };
}
