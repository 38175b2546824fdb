import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import type { DeskPost } from '../../core/desk-store.ts';
import { RefusedError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Attachment } from '../../core/message.ts';
import type { Store } from '../../core/store.ts';
import type { Ticket } from '../../core/ticket.ts';
import type { Shape } from './card.ts';
import { movedCard } from './card.ts';
import type { SlackConnection } from './connection.ts';
import { findPost, POST_EVENT } from './find-post.ts';
import { CARD, openingEnd, partsOf } from './parts.ts';
import type { Part, PartsView } from './parts.ts';

export interface PublishDeps {
  readonly store: Store;
  readonly slack: Pick<SlackConnection, 'call' | 'upload'>;
  readonly clock: Clock;
  readonly log: Log;
  /** The id of the desk's channel; throws RefusedError where there is none for us. */
  readonly channelOf: (desk: string) => Promise<string | null>;
  readonly view: () => Omit<PartsView, 'now'>;
}

/** Slack does not take it in this form: it says so every time. */
const UNFIT = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_attachments',
  'msg_too_long',
  'msg_blocks_too_long',
  'too_many_attachments',
]);
/** The message can no longer be edited: it stays as it is. */
const SETTLED = new Set(['edit_window_closed', 'cant_update_message', 'is_inactive']);

/**
 * Makes Slack show what the ticket is now: posts what is missing, in order, and edits what has changed. What was about
 * to be posted is written down first, so that after a crash or a lost answer it is looked for before it is posted again.
 */
export function createPublish({ store, slack, clock, log, channelOf, view }: PublishDeps) {
  let kept: Promise<string> | undefined;
  /** Our database's name. */
  const by = (): Promise<string> => (kept ??= store.settingOnce('slack.desk', randomUUID()));

  async function publish(id: string): Promise<void> {
    const story = await store.ticket(id);
    if (story === null) return;
    const { ticket } = story;
    const channel = await channelOf(ticket.desk);
    const posts = await store.deskPosts(id);
    const shown = { ...view(), now: clock.now() };
    for (const post of posts) {
      if (post.channel === channel || post.part !== CARD || post.ts === null) continue;
      await edit(post, post.ts, movedCard(ticket, shown)).catch(left(ticket, post.channel));
    }
    if (channel === null) return;
    const here = new Map(posts.filter((post) => post.channel === channel).map((post) => [post.part, post]));
    const upTo = openingEnd([...here.keys()]) ?? story.transcript.at(-1)?.seq ?? 0;
    for (const part of partsOf(story, await store.heldAnswers(id), upTo, shown)) {
      const root = here.get(CARD)?.ts ?? null;
      const post = await show(ticket, channel, root, part, here.get(part.name) ?? null);
      if (post === null) {
        // Somebody deleted the card: whatever hung on it is gone, so it is shown anew.
        await store.dropDeskPosts(id, channel);
        return publish(id);
      }
      here.set(part.name, post);
    }
  }

  /** Null where the card is gone from Slack. */
  async function show(ticket: Ticket, channel: string, thread: string | null, part: Part, known: DeskPost | null) {
    const started: DeskPost = known ?? {
      ticket: ticket.id,
      channel,
      part: part.name,
      ts: null,
      shown: '',
      at: clock.now().toISOString(),
    };
    let post = started;
    if (known === null) await store.saveDeskPost(post);
    else if (post.ts === null) {
      const found = await findPost(slack, post, thread, await by());
      if (found !== null) await store.saveDeskPost((post = { ...post, ts: found }));
    }
    if ('files' in part) return post.ts === null ? give(post, thread, part.files) : post;
    if (post.ts === null) return send(post, thread, part.shape);
    if (part.fixed || post.shown === digest(part.shape)) return post;
    try {
      return await edit(post, post.ts, part.shape);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      if (error.code === 'message_not_found' && part.name === CARD) return null;
      if (error.code !== 'message_not_found' && !SETTLED.has(error.code) && !UNFIT.has(error.code)) throw error;
      log.warn({ ticket: ticket.id, part: part.name, code: error.code }, 'a message in Slack can no longer be edited');
      return keep({ ...post, shown: digest(part.shape) });
    }
  }

  async function send(post: DeskPost, thread: string | null, shape: Shape): Promise<DeskPost> {
    const place = { channel: post.channel, ...(thread !== null && { thread_ts: thread }) };
    const metadata = {
      event_type: POST_EVENT,
      event_payload: { ticket: post.ticket, part: post.part, by: await by() },
    };
    const still = { ...place, metadata, unfurl_links: false, unfurl_media: false };
    try {
      const answer = await slack.call('chat.postMessage', { ...still, ...shape }, { lane: post.channel });
      return await keep({ ...post, ts: tsOf(answer), shown: digest(shape) });
    } catch (error) {
      if (!(error instanceof RefusedError) || !UNFIT.has(error.code)) throw error;
      log.error({ ticket: post.ticket, part: post.part, code: error.code }, 'Slack does not take a message as it is');
      const text = `${shape.text.slice(0, 1000)}\n（这条内容无法在 Slack 里完整显示，请到网页坐席台查看）`;
      const answer = await slack.call('chat.postMessage', { ...still, text }, { lane: post.channel });
      return keep({ ...post, ts: tsOf(answer), shown: digest(shape) });
    }
  }

  async function edit(post: DeskPost, ts: string, shape: Shape): Promise<DeskPost> {
    const wanted = digest(shape);
    if (post.shown === wanted) return post;
    // Without `blocks` Slack would keep the old ones.
    await slack.call('chat.update', { channel: post.channel, ts, blocks: [], ...shape }, { lane: post.channel });
    return keep({ ...post, shown: wanted });
  }

  /** Pictures and files into the thread; their names carry the part, so that they are found again. */
  async function give(post: DeskPost, thread: string | null, files: readonly Attachment[]): Promise<DeskPost> {
    const read = [];
    for (const [index, { id, name }] of files.entries()) {
      const found = await store.attachment(id);
      if (found !== null)
        read.push({ name: `${fileMark(post)}-${index + 1}-${name}`, title: name, bytes: found.bytes });
    }
    if (read.length === 0) return keep({ ...post, ts: `none:${post.ticket}:${post.part}` });
    try {
      const [first = ''] = await slack.upload({ channel: post.channel, thread: thread ?? undefined }, read);
      return await keep({ ...post, ts: `file:${first}` });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      log.error({ ticket: post.ticket, part: post.part, code: error.code }, 'Slack does not take a file');
      return keep({ ...post, ts: `refused:${post.ticket}:${post.part}` });
    }
  }

  async function keep(post: DeskPost): Promise<DeskPost> {
    await store.saveDeskPost(post);
    return post;
  }

  /** The old channel may be gone, or we may no longer be in it: the new one matters. */
  const left = (ticket: Ticket, channel: string) => (error: unknown) => {
    if (!(error instanceof RefusedError)) throw error;
    log.warn({ ticket: ticket.id, channel, code: error.code }, 'the card in the former channel cannot be edited');
  };

  return publish;
}

/** `T-1024-files-17`: what the names of its files in Slack begin with. */
export const fileMark = ({ ticket, part }: Pick<DeskPost, 'ticket' | 'part'>): string => `${ticket}-${part}`;

function digest(shape: Shape): string {
  return createHash('sha256').update(JSON.stringify(shape)).digest('base64url').slice(0, 22);
}

function tsOf(answer: Readonly<Record<string, unknown>>): string {
  if (typeof answer['ts'] !== 'string') throw new Error('chat.postMessage gave no ts');
  return answer['ts'];
}
