import type { OutgoingDraft } from '../../core/message.ts';
import { escape, pieces } from './mrkdwn.ts';

/** Slack takes at most so many characters in one text block. */
const BLOCK_LENGTH = 2900;
const MOST_BUTTONS = 25;
const LABEL_LENGTH = 75;
/** Begins the `action_id` of a suggestion's button. */
export const SAY = 'yingsheng_say_';

/** One message as Slack wants it: plain words that nothing in them can turn into more. */
export interface Post {
  readonly text: string;
  readonly mrkdwn: false;
  readonly parse: 'none';
  readonly link_names: false;
  readonly unfurl_links: false;
  readonly unfurl_media: false;
  readonly blocks?: readonly object[];
}

/** What we say as one or more messages; the suggestions are buttons under the last one. */
export function postsOf(draft: OutgoingDraft): readonly Post[] {
  const said = pieces(spoken(draft), BLOCK_LENGTH);
  return said.map((text, index) => post(text, index === said.length - 1 ? draft.suggestions : []));
}

function spoken({ from, text }: OutgoingDraft): string {
  if (from.role !== 'agent' || text === '') return text;
  return `【${['客服', from.name, from.id].filter(Boolean).join(' ')}】\n${text}`;
}

function post(text: string, suggestions: readonly string[]): Post {
  const words = escape(text);
  const plain = {
    text: words,
    mrkdwn: false,
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  } as const;
  if (suggestions.length === 0) return plain;
  const section = { type: 'section', text: plainText(words) };
  return { ...plain, blocks: [section, { type: 'actions', elements: suggestions.slice(0, MOST_BUTTONS).map(button) }] };
}

function button(words: string, index: number): object {
  const [label = '', ...rest] = pieces(words, LABEL_LENGTH - 1);
  const shown = escape(label) + (rest.length > 0 ? '…' : '');
  return {
    type: 'button',
    action_id: `${SAY}${index}`,
    text: plainText(shown),
    value: words.slice(0, 2000).toWellFormed(),
  };
}

const plainText = (text: string): object => ({ type: 'plain_text', text, emoji: false });

/** The blocks of a message of ours without its buttons, and what was chosen instead of them. */
export function chosen(blocks: readonly unknown[], words: string): readonly unknown[] {
  const kept = blocks.filter((block) => (block as { type?: unknown } | null)?.type !== 'actions');
  return [...kept, { type: 'context', elements: [plainText(`✓ ${escape(words)}`)] }];
}
