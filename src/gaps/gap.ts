import type { LoggedMessage } from '../core/message.ts';
import type { KeptEvent } from '../core/store.ts';
import type { DialogueEvent } from '../dialogue/event.ts';
import { humanReply, turnsOf, type PastTurn } from './story.ts';

/** unanswered: the bot did not understand it. misunderstood: it answered something else, and was told so. human: an agent had to settle it. */
export const GAP_KINDS = ['unanswered', 'misunderstood', 'human'] as const;
export type GapKind = (typeof GAP_KINDS)[number];

/** A question that the knowledge did not settle; as written, not masked. */
export interface Gap {
  readonly kind: GapKind;
  readonly question: string;
  /** The intent whose flow took it, or null. */
  readonly intent: string | null;
  /** What a human answered, or null. */
  readonly reply: string | null;
}

/** The intent of those who ask for a human. */
export const HUMAN = 'human-agent';
/** A correction later than this is about something else; ms. */
const SOON = 10 * 60_000;
/** The customer says that the answer was not to the question. */
const NOT_THAT =
  /不是(?:问|说|要问|想问|指)?(?:你|您)?(?:这个|这事|这件事|那个)(?:意思|问题)?|不是(?:这|那)个?意思|我(?:要|想)?(?:问|说)的(?:不|是)|没(?:有)?(?:问|说)(?:你|您)?(?:这|那)|答非所问|(?:理解|听|看|搞|弄|会)错|牛头不对马嘴|没(?:有)?回答我|not what i (?:asked|meant|want)|wrong answer|misunderst/i;
const ASKS = /[?？吗呢]|怎么|怎样|多少|多久|几[天点个号]|哪|能不能|可不可以|可以.*么|是否|为什么|什么/;

/** The gaps of one conversation, oldest first. */
export function gapsIn(log: readonly LoggedMessage[], kept: readonly KeptEvent[]): readonly Gap[] {
  const turns = turnsOf(log, kept);
  const found = new Map<PastTurn, { kind: GapKind; question: string; intent: string | null }>();
  const frames = new Map<string, { intent: string; message: string; turn: PastTurn }>();
  const note = (turn: PastTurn, kind: GapKind, question: string, intent: string | null): void => {
    if (!found.has(turn)) found.set(turn, { kind, question, intent });
  };
  let earlier: PastTurn | undefined;
  for (const turn of turns) {
    const started = startedIn(turn);
    for (const { frame, intent, message } of started) frames.set(frame, { intent, message, turn });
    const is = (type: DialogueEvent['type']): boolean => turn.events.some((event) => event.type === type);
    if (earlier !== undefined && corrects(turn, earlier)) {
      note(earlier, 'misunderstood', earlier.words, startedIn(earlier)[0]?.intent ?? null);
    } else if (is('missed')) {
      note(turn, 'unanswered', turn.words, null);
    } else if (is('ticket-drafted')) {
      const flow = frameOf(turn, frames);
      // 转人工 alone tells nothing: what was asked before it does.
      if (started.some(({ intent }) => intent === HUMAN) && earlier !== undefined)
        note(earlier, 'human', earlier.words, startedIn(earlier)[0]?.intent ?? null);
      else note(flow?.turn ?? turn, 'human', flow?.message ?? turn.words, flow?.intent ?? null);
    } else if (is('relayed') && ASKS.test(turn.words)) {
      note(turn, 'human', turn.words, null);
    }
    earlier = turn;
  }
  return turns.flatMap((turn) => {
    const gap = found.get(turn);
    return gap === undefined ? [] : [{ ...gap, reply: humanReply(log, turn.seq, untilSettled(turn, turns, found)) }];
  });
}

function startedIn({ events }: PastTurn): Extract<DialogueEvent, { type: 'flow-started' }>[] {
  return events.filter((event) => event.type === 'flow-started');
}

/** The flow whose step made the ticket of a turn. */
function frameOf<T>({ events }: PastTurn, frames: ReadonlyMap<string, T>): T | undefined {
  for (const event of events.toReversed()) {
    const flow = 'frame' in event ? frames.get(event.frame) : undefined;
    if (flow !== undefined) return flow;
  }
  return undefined;
}

/** Whether a turn says that the one before it was taken for something else; a slip of the customer's own is none. */
function corrects(turn: PastTurn, earlier: PastTurn): boolean {
  if (Date.parse(turn.at) - Date.parse(earlier.at) > SOON || !NOT_THAT.test(turn.words)) return false;
  const answered = earlier.events.some(({ type }) => type === 'said' || type === 'flow-started');
  return answered && !turn.events.some(({ type }) => type === 'slot-filled' || type === 'slot-cleared');
}

/** Where the talk goes on to something that the bot settled by itself. */
function untilSettled(turn: PastTurn, turns: readonly PastTurn[], gaps: ReadonlyMap<PastTurn, unknown>): number {
  const settled = turns.find(
    (later) =>
      later.seq > turn.seq &&
      !gaps.has(later) &&
      !later.events.some(({ type }) => type === 'relayed' || type === 'ticket-drafted' || type === 'missed'),
  );
  return settled?.seq ?? Number.MAX_SAFE_INTEGER;
}
