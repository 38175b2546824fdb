import type { Channel } from '../../src/core/channel.ts';
import { systemClock, type Clock } from '../../src/core/clock.ts';
import type { Log } from '../../src/core/log.ts';
import type { ConversationId, OutgoingMessage } from '../../src/core/message.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import type { Replier } from '../../src/core/reply.ts';
import type { ConversationRecord, Store, TurnCommit } from '../../src/core/store.ts';
import { createInProcessCoordination } from '../../src/coordination/in-process.ts';
import { startInbox, type Inbox } from '../../src/delivery/inbox.ts';
import { says, turn } from '../store/samples.ts';

/** Says each message back, each as an answer of its own. */
export function echo(conversation: ConversationRecord, now: Date): TurnCommit {
  return turn(conversation, {
    at: now.toISOString(),
    outcomes: new Map(conversation.waiting.map((one): [number, Outcome] => [one.seq, { kind: 'answered' }])),
    outgoing: conversation.waiting.map((one) => says(`echo ${one.id}`)),
  });
}

export function echoing(changes: Partial<Replier> = {}): Replier {
  return {
    patience: () => 0,
    hold: () => 0,
    reply: (conversation, now) => Promise.resolve(echo(conversation, now)),
    onTimer: (conversation, timer, now) =>
      Promise.resolve(turn(conversation, { at: now.toISOString(), outgoing: [says(`timer ${timer.key}`)] })),
    surrender: (conversation, now) =>
      Promise.resolve({ ...echo(conversation, now), outgoing: [says('a human is coming')] }),
    ...changes,
  };
}

export function inboxOf(
  store: Store,
  replier: Replier,
  more: { log?: Log; clock?: Clock; timeLimit?: number } = {},
): Promise<Inbox> {
  const clock = more.clock ?? systemClock;
  const coordination = createInProcessCoordination({ clock, concurrency: 4 });
  return startInbox({ store, replier, coordination, clock, log: recordedLog().log, ...more });
}

/** A channel that sends as `act` says: it may wait, refuse or be unreachable. */
export function fakeChannel(act: (message: OutgoingMessage) => Promise<void> = () => Promise.resolve()) {
  const sent: string[] = [];
  const channel: Channel = {
    name: 'webchat',
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    async send(message) {
      await act(message);
      sent.push(message.text);
    },
  };
  return { sent, channels: new Map([['webchat', channel]]) };
}

export function recordedLog() {
  const lines: string[] = [];
  const note = (facts: object, text: string): void => void lines.push(`${text} ${JSON.stringify(facts)}`);
  const log: Log = { debug: note, info: note, warn: note, error: note };
  return { lines, log };
}

/** The words of a conversation, oldest first. */
export async function words(store: Store, id: ConversationId): Promise<string[]> {
  return (await store.log(id, 0, 1000)).map((line) => line.text);
}

export function gate() {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}
