import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import type { Notice, NoticePost } from '../../core/notice.ts';
import type { Store } from '../../core/store.ts';
import { moment, viewNotice, type NoticeView } from '../actions/notice-view.ts';
import type { Shape } from './card.ts';
import type { SlackConnection } from './connection.ts';
import { findPost, POST_EVENT } from './find-post.ts';
import { escape, marked } from './text.ts';

/** What is older than a day is not told any more, in ms. */
const BACK = 24 * 3_600_000;
const PART = 'notice';
/** Slack takes 3,000 characters in a section. */
const SECTION = 2900;

/**
 * Words to the desk that belong to no ticket, as messages in one channel: each posted once, and edited while more messages
 * join it. What was about to be posted is written down first, and looked for before it is posted again.
 */
export function createNotices({
  store,
  slack,
  clock,
  channel,
}: {
  readonly store: Store;
  readonly slack: Pick<SlackConnection, 'call'>;
  readonly clock: Clock;
  /** The id of the channel; null where there is none. Throws RefusedError where it is none for us. */
  readonly channel: () => Promise<string | null>;
}): () => Promise<void> {
  let kept: Promise<string> | undefined;
  /** Our database's name. */
  const by = (): Promise<string> => (kept ??= store.settingOnce('slack.desk', randomUUID()));

  async function show(notice: Notice, to: string): Promise<void> {
    const shape = shapeOf(await viewNotice(store, notice));
    const shown = createHash('sha256').update(JSON.stringify(shape)).digest('base64url').slice(0, 22);
    let post = notice.post;
    if (post?.ts !== null && post !== null)
      return post.shown === shown ? undefined : edit(notice, post, post.ts, shape, shown);
    if (post === null) {
      post = { channel: to, ts: null, shown: '', at: clock.now().toISOString() };
      await store.saveNoticePost(notice.id, post);
    } else {
      const ts = await findPost(slack, { ...post, ticket: nameOf(notice), part: PART }, null, await by());
      if (ts !== null) return edit(notice, post, ts, shape, shown);
    }
    const metadata = { event_type: POST_EVENT, event_payload: { ticket: nameOf(notice), part: PART, by: await by() } };
    const still = { channel: post.channel, metadata, unfurl_links: false, unfurl_media: false };
    const { ts } = await slack.call('chat.postMessage', { ...still, ...shape }, { lane: post.channel });
    if (typeof ts !== 'string') throw new Error('chat.postMessage gave no ts');
    await store.saveNoticePost(notice.id, { ...post, ts, shown });
  }

  async function edit(notice: Notice, post: NoticePost, ts: string, shape: Shape, shown: string): Promise<void> {
    await slack.call('chat.update', { channel: post.channel, ts, ...shape }, { lane: post.channel });
    await store.saveNoticePost(notice.id, { ...post, ts, shown });
  }

  return async () => {
    const to = await channel();
    if (to === null) return;
    const found = await store.notices(new Date(clock.now().getTime() - BACK).toISOString());
    for (const notice of [...found].reverse()) await show(notice, to);
  };
}

const nameOf = ({ id }: Notice): string => `N-${id}`;

function shapeOf({ kind, text, text_en, messages }: NoticeView): Shape {
  const sign = kind === 'back' ? '✅' : '⚠️';
  const lines = messages.map(
    ({ customer, group, at, text: said }) =>
      `> ${escape(customer)}${group ? '（群）' : ''} ${moment(at)}  ${escape(said.replaceAll('\n', ' '))}`,
  );
  const words = [`${sign} ${escape(text)}`, escape(text_en), ...lines].join('\n').slice(0, SECTION);
  return { text: `${sign} ${text}`, blocks: [{ type: 'section', text: marked(words) }] };
}
