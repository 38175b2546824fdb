import { createObservable, type Observable } from '../browser/observable.ts';
import { createPause } from '../browser/pause.ts';
import { Refusal, type Api } from './api.ts';
import type { Action, Agent, ChannelBoard, Problem, Story, Ticket } from './model.ts';

/** loading: nothing yet. live: told of changes. polling: asks every few seconds. broken: what is shown may be old. */
export type Link = 'loading' | 'live' | 'polling' | 'broken';

/** What the desk knows, kept fresh. */
export interface Board {
  readonly link: Observable<Link>;
  readonly tickets: Observable<readonly Ticket[]>;
  readonly problems: Observable<readonly Problem[]>;
  readonly channels: Observable<ChannelBoard>;
  /** The open ticket; null while it loads or where none is open. */
  readonly story: Observable<Story | null>;
  /** Why the open ticket cannot be shown. */
  readonly storyError: Observable<string | null>;
  readonly start: () => void;
  readonly stop: () => void;
  readonly search: (query: string) => void;
  readonly open: (id: string | null) => void;
  /** Throws Refusal; shows the ticket as it is afterwards in any case. */
  readonly act: (id: string, action: Action, body?: Readonly<Record<string, string>>) => Promise<void>;
  readonly reveal: (id: string, field: string) => Promise<string>;
}

interface Parts {
  readonly api: Api;
  readonly me: Agent;
  readonly onDenied: () => void;
  /** Tickets that nobody has, seen for the first time. */
  readonly onNew: (tickets: readonly Ticket[]) => void;
}

const POLL = 5000;
const PROBLEMS = 10_000;
/** A code that is to be scanned lives for a minute or so. */
const CHANNELS = 3000;
/** Changes that come together are read together; ms. */
const GATHER = 120;

export function createBoard({ api, me, onDenied, onNew }: Parts): Board {
  const link = createObservable<Link>('loading');
  const tickets = createObservable<readonly Ticket[]>([]);
  const problems = createObservable<readonly Problem[]>([]);
  const channels = createObservable<ChannelBoard>({ channels: [], notices: [] });
  const story = createObservable<Story | null>(null);
  const storyError = createObservable<string | null>(null);
  const known = new Set<string>();
  const pause = createPause();
  const ending = new AbortController();
  let query = '';
  let opened: string | null = null;
  let asked = 0;
  let seeded = false;
  const watching: ReturnType<typeof setInterval>[] = [];
  let gathering: ReturnType<typeof setTimeout> | undefined;

  const readList = async (): Promise<void> => {
    const ask = (asked += 1);
    const wanted = query;
    const found = await api.tickets(wanted);
    if (ask !== asked) return;
    const fresh = found.filter(({ id, status }) => status === 'open' && !known.has(id));
    for (const { id } of found) known.add(id);
    // What was there when the page opened is no news.
    if (seeded && fresh.length > 0) onNew(fresh);
    seeded = true;
    tickets.set(found);
  };

  const readStory = async (): Promise<void> => {
    const id = opened;
    if (id === null) return;
    try {
      const read = await api.story(id);
      if (opened === id) show(read);
    } catch (error) {
      if (opened === id && story.get() === null) storyError.set(wordsOf(error));
      throw error;
    }
  };

  const show = (read: Story): void => {
    if (opened !== read.id) return;
    storyError.set(null);
    story.set(read);
    tickets.set(tickets.get().map((ticket) => (ticket.id === read.id ? { ...ticket, ...read } : ticket)));
  };

  const readProblems = async (): Promise<void> => problems.set(await api.problems());

  const readChannels = async (): Promise<void> => {
    const read = await api.channels();
    if (JSON.stringify(read) !== JSON.stringify(channels.get())) channels.set(read);
  };

  const readAll = async (): Promise<void> => {
    const results = await Promise.allSettled([readList(), readStory(), readProblems(), readChannels()]);
    const [list] = results;
    if (list.status === 'rejected') throw list.reason;
  };

  const note = (error: unknown): void => {
    if (error instanceof Refusal && error.kind === 'denied') onDenied();
    else if (error instanceof Refusal && error.kind === 'unreachable') link.set('broken');
  };

  const gather = (): void => {
    clearTimeout(gathering);
    gathering = setTimeout(() => void readAll().catch(note), GATHER);
  };

  const onEvent = (name: string, data: string): void => {
    if (name === 'notice') void readChannels().catch(note);
    if (name === 'ticket' || (name === 'conversation' && data.includes(JSON.stringify(story.get()?.conversation))))
      gather();
  };

  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      try {
        await readAll();
        if (link.get() !== 'live') link.set('polling');
        // Whatever changes between the list and the stream is read when the stream opens.
        await api.follow(() => (link.set('live'), gather()), onEvent, ending.signal);
      } catch (error) {
        note(error);
      }
      if (ending.signal.aborted) return;
      if (link.get() === 'live') link.set('polling');
      await pause.wait(link.get() === 'polling' ? POLL : POLL / 2);
    }
  };

  return {
    link,
    tickets,
    problems,
    channels,
    story,
    storyError,
    start: () => {
      void run();
      // An edit of the knowledge is no change of a ticket: nobody tells us of it.
      watching.push(
        setInterval(() => void readProblems().catch(note), PROBLEMS),
        setInterval(() => void readChannels().catch(note), CHANNELS),
      );
    },
    stop: () => {
      ending.abort();
      for (const timer of watching) clearInterval(timer);
      pause.wake();
      clearTimeout(gathering);
    },
    search: (words) => {
      query = words;
      readList().catch(note);
    },
    open: (id) => {
      if (id === opened) return;
      opened = id;
      story.set(null);
      storyError.set(null);
      readStory().catch(note);
    },
    act: async (id, action, body = {}) => {
      try {
        show(await api.act(id, action, me, body));
        gather();
      } catch (error) {
        note(error);
        gather();
        throw error;
      }
    },
    reveal: async (id, field) => {
      const value = await api.reveal(id, me, field);
      gather();
      return value;
    },
  };
}

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
