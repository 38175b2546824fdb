import type { Receive } from '../../core/channel.ts';
import { UnreachableError } from '../../core/errors.ts';
import type { ConversationId, InboundMessage } from '../../core/message.ts';
import type { Store } from '../../core/store.ts';
import { fitting } from '../words.ts';
import type { Attachments } from './attachments.ts';
import type { Heard } from './event.ts';
import { plainText } from './mrkdwn.ts';
import type { NameOf } from './names.ts';
import { CHANNEL, conversationAt, messageId } from './place.ts';
import type { SlackLimits, ThreadHandler } from './platform.ts';

/** Kept with each message of a customer: into which thread of a direct message its answer goes. */
export interface ChannelData {
  readonly thread: string | null;
}

/**
 * Takes in what a person did with a message; resolves when all of it is kept. The same again has no second effect.
 * `self`: our own user id, null where it is not known.
 */
export type Intake = (heard: Heard, self: string | null) => Promise<void>;

export function createIntake(deps: {
  readonly store: Store;
  readonly limits: () => SlackLimits;
  readonly attachments: Attachments;
  readonly nameOf: NameOf;
  readonly handlers: ReadonlySet<ThreadHandler>;
  /** Null while the channel is stopped. */
  readonly receive: () => Receive | null;
}): Intake {
  const { store, limits, attachments, handlers } = deps;
  const inOrder = createLine();

  async function take(heard: Heard, conversation: ConversationId, self: string | null): Promise<void> {
    const receiving = mustRun();
    if (heard.kind !== 'new') return noteChange(heard, self);
    if (!heard.direct && !(await isForUs(heard, conversation, self))) return;
    await receiving(await inbound(heard, conversation, self));
  }

  async function noteChange(heard: Heard, self: string | null): Promise<void> {
    const { kind, at } = heard;
    const change = { kind: kind as 'edited' | 'deleted', text: wordsOf(heard, self), at };
    const known = await store.noteChange(CHANNEL, messageId(heard.team, heard.channel, heard.ts), change);
    if (!known && !heard.direct) await isDesks(heard, self);
  }

  /** In a channel people talk among themselves: only a mention begins a conversation, and then its thread is followed. */
  async function isForUs(heard: Heard, conversation: ConversationId, self: string | null): Promise<boolean> {
    if ((await store.conversation(conversation)) !== null) return true;
    if (await isDesks(heard, self)) return false;
    return mentions(heard.text, self);
  }

  function mustRun(): Receive {
    const receiving = deps.receive();
    if (receiving === null) throw new UnreachableError('the Slack channel is not running');
    return receiving;
  }

  async function isDesks(heard: Heard, self: string | null): Promise<boolean> {
    const { kind, channel, thread, ts, user, files } = heard;
    for (const handler of handlers) {
      if (await handler({ kind, channel, thread, ts, user, text: wordsOf(heard, self), files })) return true;
    }
    // While we stop, the desk is gone before its messages are: then nobody can say that it is not the desk's.
    mustRun();
    return false;
  }

  async function inbound(heard: Heard, conversation: ConversationId, self: string | null): Promise<InboundMessage> {
    const [name, { attachments: kept, unreadable }] = await Promise.all([
      deps.nameOf(heard.user),
      attachments.collect(heard, conversation),
    ]);
    const addressed = mentions(heard.text, self) ? 'us' : /^<@U/.test(heard.text) ? 'member' : null;
    const data: ChannelData = { thread: heard.thread };
    return {
      channel: CHANNEL,
      id: messageId(heard.team, heard.channel, heard.ts),
      conversation,
      customer: { id: heard.user, ...(name === undefined ? {} : { name }) },
      group: !heard.direct,
      text: wordsOf(heard, self),
      attachments: kept,
      context: { ...(addressed ? { addressed } : {}), ...(unreadable ? { nature: 'unreadable' } : {}) },
      channelData: data,
      sentAt: heard.at,
    };
  }

  const wordsOf = ({ text }: Heard, self: string | null): string =>
    fitting(plainText(text, self), limits().messageLength);

  return async (heard, self) => {
    if (heard.user === self) return;
    const { team, channel, user, direct } = heard;
    const conversation = conversationAt({ team, channel, thread: direct ? '' : (heard.thread ?? heard.ts), user });
    await inOrder(conversation, () => take(heard, conversation, self));
  };
}

const mentions = (text: string, self: string | null): boolean =>
  self !== null && (text.includes(`<@${self}>`) || text.includes(`<@${self}|`));

/** Runs the work of one name in the order in which it came, so that a picture on its way is not overtaken by words. */
function createLine(): (name: string, work: () => Promise<void>) => Promise<void> {
  const tails = new Map<string, Promise<void>>();
  return (name, work) => {
    const done = (tails.get(name) ?? Promise.resolve()).then(work);
    const tail = done.catch(() => {});
    tails.set(name, tail);
    void tail.then(() => {
      if (tails.get(name) === tail) tails.delete(name);
    });
    return done;
  };
}
