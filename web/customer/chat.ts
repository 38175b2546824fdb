import { createObservable, type Observable } from '../browser/observable.ts';
import type { ActivitySet } from './activity.ts';
import { createLine, type LineState } from './line.ts';
import { createOutbox } from './outbox.ts';
import { createSessionKeeper, randomName } from './session.ts';
import { change, localEntry, withActivities, type Picture, type Timeline } from './timeline.ts';

/** Everything the page shows and can do; no markup in it. */
export interface Chat {
  readonly line: Observable<LineState>;
  readonly timeline: Observable<Timeline>;
  /** Somebody is composing an answer, as far as we know. */
  readonly typing: Observable<boolean>;
  readonly start: () => void;
  readonly say: (text: string, pictures?: readonly File[]) => void;
  readonly resend: (key: string) => void;
  readonly nudge: () => void;
}

/** How long we show that an answer is on its way before we stop claiming it; ms. */
const ANSWER_EXPECTED = 12_000;
/** If the stream has not told us of our own message by then, we look ourselves; ms. */
const ECHO_EXPECTED = 4000;

export function createChat(locale: string, onIncoming: (count: number) => void): Chat {
  const line = createObservable<LineState>('connecting');
  const timeline = createObservable<Timeline>([]);
  const typing = createObservable(false);
  const keeper = createSessionKeeper(locale);
  let typingEnds: ReturnType<typeof setTimeout> | undefined;
  let replayed = false;
  let fresh = false;

  const showTyping = (on: boolean): void => {
    clearTimeout(typingEnds);
    typing.set(on);
    if (on) typingEnds = setTimeout(() => typing.set(false), ANSWER_EXPECTED);
  };

  const onSet = ({ activities }: ActivitySet): void => {
    const before = timeline.get();
    let next = withActivities(before, activities, keeper.userId);
    const first = next.find((entry) => before.every((old) => old.key !== entry.key));
    if (fresh && first !== undefined) {
      next = change(next, first.key, { fresh: true });
      fresh = false;
    }
    timeline.set(next);
    const theirs = (role: string): boolean => role !== 'customer';
    const news =
      next.filter((entry) => theirs(entry.role)).length - before.filter((entry) => theirs(entry.role)).length;
    if (news > 0) showTyping(false);
    else if (activities.some((activity) => activity.type === 'typing' && activity.from.id !== keeper.userId))
      showTyping(true);
    if (replayed) onIncoming(news);
  };

  const lineUp = createLine({ keeper, state: line, onSet });
  keeper.onDrop(() => {
    fresh = timeline.get().length > 0;
    showTyping(false);
  });

  const outbox = createOutbox(keeper, locale, {
    sending: (key) =>
      timeline.set(change(timeline.get(), key, { status: 'sending', failure: null, reason: '', progress: null })),
    progress: (key, part) => timeline.set(change(timeline.get(), key, { progress: part })),
    sent: (key, id) => {
      const known = timeline.get().some((entry) => entry.id === id);
      timeline.set(change(timeline.get(), key, { status: 'sent', progress: null, ...(known ? {} : { id }) }));
      if (botAnswers(timeline.get())) showTyping(true);
      setTimeout(() => !echoed(timeline.get(), key) && lineUp.nudge(), ECHO_EXPECTED);
    },
    failed: (key, failure) => {
      timeline.set(change(timeline.get(), key, { status: 'failed', failure: failure.kind, reason: failure.message }));
      if (failure.kind === 'unreachable') lineUp.nudge();
    },
  });

  line.subscribe(() => {
    if (line.get() !== 'online') return;
    replayed = true;
    outbox.resendLost();
  });

  return {
    line,
    timeline,
    typing,
    start: lineUp.start,
    say: (text, pictures = []) => {
      const clientId = randomName();
      const shown = pictures.map((file): Picture => ({ url: URL.createObjectURL(file), name: file.name, shown: true }));
      const entry = localEntry(clientId, text, shown, Date.now());
      timeline.set([...timeline.get(), { ...entry, fresh }]);
      fresh = false;
      outbox.send({ clientId, text, pictures });
    },
    resend: outbox.resend,
    nudge: lineUp.nudge,
  };
}

/** The bot answers within seconds; once an agent has taken over, nothing is claimed. */
const botAnswers = (entries: Timeline): boolean =>
  entries.findLast((entry) => entry.role !== 'customer')?.role !== 'agent';

const echoed = (entries: Timeline, key: string): boolean => {
  const index = entries.findIndex((entry) => entry.key === key);
  return entries.slice(index + 1).some((entry) => entry.role !== 'customer');
};
