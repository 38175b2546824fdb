import type { LoggedMessage } from '../../core/message.ts';
import type { TicketStory } from '../../core/ticket.ts';
import { fieldsOfStory } from '../actions/fields.ts';
import type { Fields } from '../actions/fields.ts';
import type { Shape } from './card.ts';
import { reveal } from './card.ts';
import type { Block } from './connection.ts';
import { clip, escape, marked, pieces, plain } from './text.ts';
import { momentWords } from './words.ts';

/** Characters of one message that tells what was said before, and how many such messages there may be. */
const PAGE = 9000;
const PAGES = 12;
/** Characters of a text block; Slack takes 3000. */
const BLOCK = 2800;

/** Who says it, and when. Not escaped. */
function heading(message: LoggedMessage, fields: Fields): string {
  const { from, seq, at } = message;
  const name = fields.get(`transcript.${seq}.name`)?.masked.text;
  const who =
    from.role === 'customer'
      ? `👤 客户${name === undefined ? '' : ` ${name}`}`
      : from.role === 'bot'
        ? '🤖 机器人'
        : `💬 ${from.name ?? '坐席'}（工号 ${from.id ?? ''}）`;
  return `${who} · ${momentWords(at)}`;
}

function words(message: LoggedMessage, fields: Fields): string {
  const text = fields.get(`transcript.${message.seq}`)?.masked.text ?? '';
  const files = message.attachments.map(({ kind, name }) => `[${FILE[kind]} ${name}]`);
  return [text, ...files].filter((part) => part !== '').join('\n');
}
const FILE = { image: '图片', voice: '语音', video: '视频', file: '文件' } as const;

/** The summary, then what was said up to `upTo`, oldest first; several messages where it is long. */
export function opening(story: TicketStory, upTo: number, prefixes: readonly string[]): Shape[] {
  const fields = fieldsOfStory(story);
  const before = story.transcript.filter(({ seq }) => seq <= upTo);
  const lines = before.map((message) => ({ head: heading(message, fields), words: words(message, fields) }));
  const others = story.others.filter(({ status }) => status !== 'resolved').map(({ id }) => id);
  const summary = fields.get('summary')?.masked.text ?? '';
  const notes = [
    `此前的对话 ${lines.length} 条${others.length > 0 ? `；同一客户的其他工单：${clip(others.join('、'), 300)}` : ''}。`,
    '本帖是团队自己的讨论，客户看不到。',
    `要回复客户，请点“回复客户”${prefixes.length > 0 ? `，或以${prefixes.map((one) => `“${one}”`).join('、')}开头` : ''}。`,
  ];
  const top: Block[] = [
    { type: 'section', text: marked(`*摘要*\n${escape(clip(summary, 1500))}`) },
    { type: 'context', elements: [plain(notes.join(''))] },
  ];
  const pages: Block[][] = [[]];
  let length = 0;
  for (const { head, words } of lines) {
    for (const [index, piece] of pieces(words, BLOCK).entries()) {
      const size = head.length + piece.length;
      if (length + size > PAGE) {
        pages.push([]);
        length = 0;
      }
      length += size;
      pages.at(-1)?.push(spoken(index === 0 ? head : '', piece));
    }
  }
  // What is left out is the oldest: the rest is on the web desk.
  const kept = pages.filter((page) => page.length > 0).slice(-PAGES);
  const shapes = kept.map((page) => ({ text: '此前的对话', blocks: page }));
  return [{ text: `摘要：${escape(clip(summary, 300))}`, blocks: top }, ...shapes];
}

/** Somebody's words literally: in rich text Slack reads neither markup nor links nor mentions. */
function spoken(head: string, words: string): Block {
  const quiet = words.replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '');
  return {
    type: 'rich_text',
    elements: [
      ...(head === ''
        ? []
        : [
            {
              type: 'rich_text_section' as const,
              elements: [{ type: 'text' as const, text: head, style: { bold: true } }],
            },
          ]),
      { type: 'rich_text_quote', elements: [{ type: 'text', text: quiet || ' ' }] },
    ],
  };
}

/** One line of the conversation as it comes in. */
export function line(story: TicketStory, message: LoggedMessage): Shape {
  const fields = fieldsOfStory(story);
  const head = heading(message, fields);
  const said = words(message, fields);
  const covered = (fields.get(`transcript.${message.seq}`)?.masked.hidden.length ?? 0) > 0;
  return {
    text: `${escape(head)}：${escape(clip(said, 300))}`,
    blocks: [
      ...pieces(said, BLOCK).map((piece, index) => spoken(index === 0 ? head : '', piece)),
      ...(covered
        ? [{ type: 'actions' as const, elements: [reveal(story.ticket.id, `transcript.${message.seq}`)] }]
        : []),
    ],
  };
}
