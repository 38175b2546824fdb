import type { HeldAnswer } from '../../core/desk-store.ts';
import type { Attachment, LoggedMessage } from '../../core/message.ts';
import type { TicketStory } from '../../core/ticket.ts';
import { answerShape, heldView, sentView } from './answer-shape.ts';
import { cardOf } from './card.ts';
import type { CardView, Shape } from './card.ts';
import { escape, marked } from './text.ts';
import { line, opening } from './transcript.ts';
import { eventWords } from './words.ts';

/** One message of ours in Slack. The names are kept: what a name meant yesterday it means for ever. */
export type Part = {
  readonly name: string;
  /** Posted once and left as it is. */
  readonly fixed?: true;
} & ({ readonly shape: Shape } | { readonly files: readonly Attachment[] });

export interface PartsView extends CardView {
  /** Calls an agent by 工号; empty where they are not in Slack. */
  readonly mention: (agent: string) => string;
  /** What a message for the customer begins with. */
  readonly prefixes: readonly string[];
}

/**
 * Everything Slack shows of a ticket, as a function of what is known: the card, what was said before, then each word,
 * answer and event in order. The caller makes Slack equal to it, whatever was missed meanwhile.
 * `upTo`: the last message (seq) that stands in the opening.
 */
export function partsOf(story: TicketStory, held: readonly HeldAnswer[], upTo: number, view: PartsView): Part[] {
  const { ticket, transcript, history } = story;
  const logged = new Set(transcript.map(({ id }) => id));
  const later = transcript.filter((message) => message.seq > upTo && concerns(message, ticket.resolved_at));
  const timed: { readonly at: string; readonly parts: readonly Part[] }[] = [
    ...history.flatMap((event, place) => {
      const words = eventWords(event, view.deskTitle);
      if (words === null) return [];
      // Whoever should act is called by name; nobody else is.
      const called =
        event.kind === 'assigned' ? (event.target ?? '') : event.kind === 'nudged' ? (ticket.owner?.agent ?? '') : '';
      const text = [escape(words), view.mention(called)].filter((part) => part !== '').join(' ');
      const part: Part = {
        name: `event-${place}`,
        fixed: true,
        shape: { text, blocks: [{ type: 'section', text: marked(text.slice(0, 2900)) }] },
      };
      return [{ at: event.at, parts: [part] }];
    }),
    ...later.map((message) => ({ at: message.at, parts: said(story, message) })),
    ...held
      .filter(({ id, state }) => !logged.has(id) && state !== 'left')
      .map((answer) => ({
        at: answer.at,
        parts: [{ name: answerPart(answer.id), shape: answerShape(heldView(answer)) }],
      })),
  ];
  // A stable sort: what happened at the same moment stays in the order above.
  timed.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  const before = transcript.filter(({ seq }) => seq <= upTo);
  return [
    { name: CARD, shape: cardOf(ticket, view) },
    ...opening(story, upTo, view.prefixes).map((shape, page) => ({
      name: openingPart(upTo, page),
      fixed: true as const,
      shape,
    })),
    ...before.flatMap(pictures),
    ...timed.flatMap(({ parts }) => parts),
  ];
}

export const CARD = 'card';
export const answerPart = (id: string): string => `answer-${id}`;
const openingPart = (upTo: number, page: number): string => `opening-${upTo}-${page}`;

/** Which message the opening ended with, told from the names of what was posted; null where there is none yet. */
export function openingEnd(names: readonly string[]): number | null {
  for (const name of names) {
    const found = /^opening-(\d+)-\d+$/.exec(name);
    if (found) return Number(found[1]);
  }
  return null;
}

/** After a ticket is resolved the customer may go on to other things: those are not told here. */
function concerns({ at, from }: LoggedMessage, resolvedAt: string | null): boolean {
  return resolvedAt === null || at <= resolvedAt || from.role === 'agent';
}

function said(story: TicketStory, message: LoggedMessage): Part[] {
  if (message.from.role === 'agent') {
    return [{ name: answerPart(message.id), shape: answerShape(sentView(message)) }];
  }
  return [{ name: `message-${message.seq}`, fixed: true, shape: line(story, message) }, ...pictures(message)];
}

function pictures({ seq, attachments, from }: LoggedMessage): Part[] {
  return attachments.length === 0 || from.role === 'agent'
    ? []
    : [{ name: `files-${seq}`, fixed: true, files: attachments }];
}
