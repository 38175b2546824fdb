import type { Kept } from './kept.ts';
import type { Oracle, Told } from './oracle.ts';

/** Figures of one channel; each list names what broke its promise. */
export interface ChannelVerdict {
  readonly sent: number;
  readonly acknowledged: number;
  readonly answered: number;
  /** Tickets that an agent took, answered and resolved. */
  readonly attended: number;
  /** Replies that may or may not have arrived: told to the desk, not repeated. Only where nobody can look it up. */
  readonly flagged: number;
  readonly lost: readonly string[];
  readonly doubledReplies: readonly string[];
  readonly doubledTickets: readonly string[];
  readonly doubledTimers: readonly string[];
  readonly doubledByAgents: readonly string[];
  readonly outOfOrder: readonly string[];
}

export interface Verdict {
  readonly channels: ReadonlyMap<string, ChannelVerdict>;
  /** What belongs to no channel, a sentence each. */
  readonly other: readonly string[];
}

/** Flagging is WeChat's contract alone (docs/delivery.md): elsewhere a reply that is given up is a lost one. */
const MAY_FLAG = new Set(['wechat']);

export function judge(oracle: Oracle, kept: Kept, reviews: readonly string[]): Verdict {
  const channels = new Map<string, ChannelVerdict>();
  const all = [...oracle.told.values()];
  for (const channel of new Set(all.map((one) => one.channel))) {
    channels.set(
      channel,
      judgeChannel(
        all.filter((one) => one.channel === channel),
        oracle,
        kept,
      ),
    );
  }
  return {
    channels,
    other: [
      ...reviews,
      ...oracle.strange,
      ...(kept.integrity === 'ok' ? [] : [`integrity_check: ${kept.integrity}`]),
      ...(kept.unaccounted === 0 ? [] : [`${kept.unaccounted} messages without an outcome`]),
      ...(kept.timersLeft === 0 ? [] : [`${kept.timersLeft} timers were never fired`]),
    ],
  };
}

function judgeChannel(told: readonly Told[], oracle: Oracle, kept: Kept): ChannelVerdict {
  const mayFlag = (code: string, channel: string): boolean => MAY_FLAG.has(channel) && kept.flagged.has(code);
  const lost = told.flatMap(({ code, channel, deed, acknowledged, replies, timers, attended, resolved }) => {
    if (!acknowledged) return [];
    if (!kept.inbound.has(code)) return [`${code}: acknowledged and not kept`];
    if ((deed === 'ticket' || deed === 'agent') && !kept.tickets.has(code)) return [`${code}: no ticket`];
    if (mayFlag(code, channel)) return [];
    if (replies === 0) return [`${code}: never answered`];
    if (deed === 'agent' && attended === 0) return [`${code}: its agent's words never came`];
    if (deed === 'agent' && resolved === 0) return [`${code}: nobody told that its ticket is resolved`];
    return deed === 'timer' && timers === 0 ? [`${code}: its timer never spoke`] : [];
  });
  const people = new Set(told.map(({ person }) => person));
  return {
    sent: told.length,
    acknowledged: told.filter(({ acknowledged }) => acknowledged).length,
    answered: told.filter(({ replies }) => replies > 0).length,
    attended: told.filter(({ attended }) => attended > 0).length,
    flagged: told.filter(({ code, channel }) => mayFlag(code, channel)).length,
    lost,
    doubledReplies: told.flatMap(({ code, replies }) => [
      ...(replies > 1 ? [`${code}: answered ${replies} times`] : []),
      ...((kept.inbound.get(code) ?? 0) > 1 ? [`${code}: kept ${kept.inbound.get(code)} times`] : []),
    ]),
    doubledTickets: told.flatMap(({ code, deed }) => {
      const tickets = (kept.tickets.get(code) ?? 0) + (kept.joined.get(code) ?? 0);
      return tickets > (deed === 'ticket' || deed === 'agent' ? 1 : 0)
        ? [`${code}: ${tickets} tickets opened or joined`]
        : [];
    }),
    doubledTimers: told.flatMap(({ code, timers }) => (timers > 1 ? [`${code}: its timer spoke ${timers} times`] : [])),
    doubledByAgents: told.flatMap(({ code, attended, resolved }) => [
      ...(attended > 1 ? [`${code}: its agent's words came ${attended} times`] : []),
      ...(resolved > 1 ? [`${code}: told ${resolved} times that its ticket is resolved`] : []),
      ...(kept.twice.has(code) ? [`${code}: its ticket was ${kept.twice.get(code)}`] : []),
    ]),
    outOfOrder: [...people].flatMap((person) => misplaced(oracle.order.get(person) ?? [])),
  };
}

/** Numbers are given out in the order of writing. */
function misplaced(read: readonly string[]): string[] {
  return read.flatMap((code, n) => {
    const before = read[n - 1];
    return before !== undefined && before > code ? [`${code} was answered after ${before}`] : [];
  });
}

/** Of several programs, as one. */
export function together(verdicts: readonly Verdict[]): Verdict {
  const channels = new Map<string, ChannelVerdict>();
  for (const [channel, one] of verdicts.flatMap((verdict) => [...verdict.channels])) {
    const sum = channels.get(channel);
    channels.set(channel, sum === undefined ? one : add(sum, one));
  }
  return { channels, other: verdicts.flatMap(({ other }) => other) };
}

function add(a: ChannelVerdict, b: ChannelVerdict): ChannelVerdict {
  return {
    sent: a.sent + b.sent,
    acknowledged: a.acknowledged + b.acknowledged,
    answered: a.answered + b.answered,
    attended: a.attended + b.attended,
    flagged: a.flagged + b.flagged,
    lost: [...a.lost, ...b.lost],
    doubledReplies: [...a.doubledReplies, ...b.doubledReplies],
    doubledTickets: [...a.doubledTickets, ...b.doubledTickets],
    doubledTimers: [...a.doubledTimers, ...b.doubledTimers],
    doubledByAgents: [...a.doubledByAgents, ...b.doubledByAgents],
    outOfOrder: [...a.outOfOrder, ...b.outOfOrder],
  };
}

export function violations({ channels, other }: Verdict): readonly string[] {
  const ofChannels = [...channels].flatMap(([channel, one]) =>
    [
      ...one.lost,
      ...one.doubledReplies,
      ...one.doubledTickets,
      ...one.doubledTimers,
      ...one.doubledByAgents,
      ...one.outOfOrder,
    ].map((what) => `${channel} ${what}`),
  );
  return [...ofChannels, ...other];
}
