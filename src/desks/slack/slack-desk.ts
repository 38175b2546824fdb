import { createHash } from 'node:crypto';
import { messageOf, RefusedError } from '../../core/errors.ts';
import type { Attachment } from '../../core/message.ts';
import type { StoreChange } from '../../core/store.ts';
import { createActions } from '../actions/actions.ts';
import type { ActionDeps } from '../actions/actions.ts';
import { createWriteDown } from '../actions/write-down.ts';
import { createAnswers } from './answers.ts';
import { createBoard } from './board.ts';
import { registerButtons } from './buttons.ts';
import { createChannels } from './channels.ts';
import { registerCommands } from './commands.ts';
import type { SlackConnection } from './connection.ts';
import { countdown } from './countdown.ts';
import type { Desk, DeskRules } from './desk.ts';
import { RECENT } from './figures.ts';
import { homeView } from './home.ts';
import { createListener } from './listen.ts';
import { CARD } from './parts.ts';
import { createNotices } from './notices.ts';
import { createPublish } from './publish.ts';
import { createStaff } from './staff.ts';
import { registerSubmissions } from './submissions.ts';
import type { Titles } from './words.ts';

export interface SlackDeskDeps extends ActionDeps {
  readonly slack: SlackConnection;
  readonly titles: Titles;
  readonly rules: () => DeskRules;
  readonly tell: (line: string) => void;
}

export interface SlackDesk {
  /** Shows every ticket as it is now, and from then on as it changes. */
  start(): Promise<void>;
  /** Resolves when Slack shows what is to be shown; what waits for its next try does not count. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** How often the countdowns are looked at, and for how long a resolved ticket is still kept up to date; in ms. */
const TICK = 30_000;
const AFTERMATH = 3 * 24 * 3_600_000;

/** Tickets as cards in the channels of their desks, worked on by buttons, modals and messages in their threads. */
export function createSlackDesk(deps: SlackDeskDeps): SlackDesk {
  const { store, slack, directory, clock, log, rules, titles, tell } = deps;
  const running = new Set<Promise<void>>();
  const actions = createActions(deps);
  const staff = createStaff({ directory, slack, log });
  const channels = createChannels({ directory, slack, clock, tell });
  const deskTitle = (id: string): string => directory.desks().find((desk) => desk.id === id)?.title ?? id;
  const view = () => ({ titles, deskTitle, now: clock.now() });
  const mention = (number: string): string => {
    const user = directory.agent(number)?.slack;
    return user === undefined ? '' : `<@${user}>`;
  };

  const publish = createPublish({
    store,
    slack,
    clock,
    log,
    channelOf: (desk) => channels.of(desk),
    view: () => ({ titles, deskTitle, mention, prefixes: rules().answerPrefixes }),
  });
  const board = createBoard({
    clock,
    log,
    show: publish,
    refused(id, error) {
      log.error({ ticket: id, code: error.code }, 'Slack refuses to show a ticket');
      const say = store.ticket(id).then((story) => story && channels.refused(story.ticket.desk, error));
      desk.aside(say);
    },
  });
  const noticeDesk = (): string => directory.noticeDesk?.() ?? directory.desks()[0]?.id ?? '';
  const notices = createBoard({
    clock,
    log,
    show: createNotices({ store, slack, clock, channel: () => channels.of(noticeDesk()) }),
    refused: (_, error) => channels.refused(noticeDesk(), error),
  });
  const touch = (ticket: string): void => board.touch(ticket);
  const answers = createAnswers({ store, actions, clock, log, touch, takeBackMs: () => rules().takeBackMs });

  const desk: Desk = {
    ...{ store, slack, directory, clock, log, rules, staff, actions, answers, view },
    writeDown: createWriteDown(deps),

    async work(task) {
      const run = task().then(
        () => {},
        (error: unknown) => log.error({ error: messageOf(error) }, 'an interaction in Slack failed'),
      );
      running.add(run);
      await run.finally(() => running.delete(run));
    },

    aside(task) {
      void desk.work(() => task);
    },

    async openView(user, trigger, modal) {
      if (trigger === null) throw new RefusedError('no-trigger', '请再点一次');
      await slack.call('views.open', { trigger_id: trigger, view: modal }, { lane: `view:${user}` });
    },

    async showHome(user) {
      const home = homeView(user, staff.find(user), await store.tickets({ resolved: RECENT }), view());
      await slack.call('views.publish', { user_id: user, view: home }, { lane: `view:${user}` });
    },

    channelOf: (id) => channels.of(id),
    isDeskChannel: (channel) => channels.has(channel),

    async spotOf(ticket) {
      const story = await store.ticket(ticket);
      if (story === null) return null;
      const here = await channels.of(story.ticket.desk).catch(() => null);
      const card = (await store.deskPosts(ticket)).find(({ part, channel }) => part === CARD && channel === here);
      return card?.ts ? { channel: card.channel, thread: card.ts } : null;
    },

    async takeIn(conversation, files, id) {
      const kept: Attachment[] = [];
      for (const file of files) {
        const { name, kind, contentType, bytes } = await slack.download(file);
        const own = createHash('sha256').update(`${id} ${file.id}`).digest('base64url').slice(0, 22);
        const attachment = { id: own, kind, contentType, name, size: bytes.length, url: `/api/attachments/${own}` };
        await store.putAttachment(conversation, attachment, bytes);
        kept.push(attachment);
      }
      return kept;
    },
  };
  registerButtons(desk);
  registerSubmissions(desk);
  registerCommands(desk);

  let ends: (() => void)[] = [];
  let callOffPulse = (): void => {};
  let lastTick = clock.now();

  async function touchAll(): Promise<void> {
    const since = clock.now().getTime() - AFTERMATH;
    for (const { id, resolved_at } of await store.tickets({ resolved: RECENT })) {
      if (resolved_at === null || Date.parse(resolved_at) >= since) touch(id);
    }
  }

  function heard(change: StoreChange): void {
    if (change.kind === 'ticket') touch(change.ticket);
    else if (change.kind === 'notice') notices.touch('notices');
    else if (change.kind !== 'timer') desk.aside(touchConversation(change.conversation));
  }

  async function touchConversation(conversation: Extract<StoreChange, { kind: 'received' }>['conversation']) {
    const since = clock.now().getTime() - AFTERMATH;
    for (const { id, resolved_at } of await store.tickets({ conversation })) {
      if (resolved_at === null || Date.parse(resolved_at) >= since) touch(id);
    }
  }

  /** Cards whose countdown reads differently than at the last look, and channels that were missing. */
  async function tick(): Promise<void> {
    const [before, now] = [lastTick, clock.now()];
    lastTick = now;
    lookAtChannels();
    await answers.start();
    const unresolved = (['open', 'claimed', 'waiting'] as const).map((status) => store.tickets({ status }));
    for (const { id, promised_at } of (await Promise.all(unresolved)).flat()) {
      if (countdown(promised_at, before) !== countdown(promised_at, now)) touch(id);
    }
  }

  /** A channel that is missing is told of at once, not with its first ticket. */
  function lookAtChannels(): void {
    for (const { id } of directory.desks()) {
      desk.aside(
        channels.of(id).catch((error: unknown) => {
          if (error instanceof RefusedError) channels.refused(id, error);
          else log.warn({ desk: id, error: messageOf(error) }, 'the channel of a desk cannot be looked up');
        }),
      );
    }
  }

  return {
    async start() {
      slack.alsoCatchUp(async () => {
        const cards = await store.openDeskPosts(CARD);
        return cards.flatMap(({ channel, ts }) => (ts === null ? [] : [{ channel, thread: ts }]));
      });
      const beat = (): void => {
        callOffPulse = clock.after(TICK, beat);
        desk.aside(tick());
      };
      callOffPulse = clock.after(TICK, beat);
      ends = [slack.onThreadMessage(createListener(desk)), store.subscribe(heard), () => callOffPulse()];
      await answers.start();
      await touchAll();
      notices.touch('notices');
      lookAtChannels();
    },
    async idle() {
      await Promise.all(running);
      await Promise.all([board.idle(), notices.idle()]);
    },
    async stop() {
      for (const end of ends) end();
      await answers.stop();
      await Promise.all(running);
      await Promise.all([board.stop(), notices.stop()]);
    },
  };
}
