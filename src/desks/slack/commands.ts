import { matches } from '../actions/search.ts';
import { byUrgency } from '../../tickets/priority.ts';
import { withoutButtons } from './buttons.ts';
import { glance } from './card.ts';
import { HELP, readDeskCommand, readTicketCommand } from './command.ts';
import type { Block } from './connection.ts';
import type { Desk } from './desk.ts';
import { figuresOf, figureWords, RECENT } from './figures.ts';
import { list, unknownAgent } from './home.ts';
import { callModal, channelLink } from './modals.ts';
import { readShortcut } from './payload.ts';
import { clip, escape, marked } from './text.ts';

interface Reply {
  readonly text: string;
  readonly blocks?: Block[];
}

/** Registers `/ticket`, `/kf`, the message shortcut 转为工单 and Home. */
export function registerCommands(desk: Desk): void {
  const { slack, staff, store, directory } = desk;

  slack.app.command('/ticket', async ({ ack, command, respond }) => {
    await ack();
    await desk.work(async () => {
      const reply = await answer(command.user_id, command.trigger_id, command.text);
      if (reply !== null) await respond({ response_type: 'ephemeral', ...reply });
    });
  });

  slack.app.command('/kf', async ({ ack, command, respond }) => {
    await ack();
    await desk.work(async () => {
      const read = readDeskCommand(command.text);
      await respond({
        response_type: 'ephemeral',
        ...(read.kind === 'status' ? await status(command.user_id) : help(read.unknown)),
      });
    });
  });

  slack.app.shortcut('ticket.create', async ({ ack, body }) => {
    await ack();
    await desk.work(async () => {
      const { user, trigger, spot, source, text } = readShortcut(body);
      await staff.serve(user, spot, () =>
        desk.openView(user, trigger, callModal({ summary: text, source }, directory, desk.view().titles)),
      );
    });
  });

  slack.app.event('app_home_opened', async ({ event }) => {
    if (event.tab === 'home') await desk.work(() => desk.showHome(event.user));
  });

  async function answer(user: string, trigger: string, typed: string): Promise<Reply | null> {
    const command = readTicketCommand(typed);
    switch (command.kind) {
      case 'new': {
        if (staff.find(user) === null) return { text: escape(unknownAgent(user)) };
        const given = { summary: command.summary, source: '电话' };
        await desk.openView(user, trigger, callModal(given, directory, desk.view().titles));
        return null;
      }
      case 'show':
        return show(user, command.id);
      case 'find': {
        const found = (await store.tickets({ resolved: 5000 }))
          .filter((ticket) => matches(ticket, command.query))
          .sort(byUrgency);
        const heading = `“${clip(command.query, 50)}”的工单`;
        return { text: escape(heading), blocks: list(heading, found, desk.view(), staff.find(user) !== null) };
      }
      case 'mine': {
        const agent = staff.find(user);
        if (agent === null) return { text: escape(unknownAgent(user)) };
        const unresolved = await store.tickets({ resolved: 0 });
        const mine = unresolved.filter(({ owner }) => owner?.agent === agent.number).sort(byUrgency);
        return { text: '我的工单', blocks: list('我的工单', mine, desk.view(), true) };
      }
      case 'help':
        return help(command.unknown);
    }
  }

  async function show(user: string, id: string): Promise<Reply> {
    const story = await store.ticket(id);
    if (story === null) return { text: escape(`没有工单 ${id}`) };
    const channel = await desk.channelOf(story.ticket.desk).catch(() => null);
    const blocks = glance(story.ticket, desk.view(), staff.find(user) !== null).map(withoutButtons);
    return { text: `工单 ${id}`, blocks: [...blocks, ...channelLink(channel)] };
  }

  async function status(user: string): Promise<Reply> {
    const tickets = await store.tickets({ resolved: RECENT });
    const agent = staff.find(user);
    const mine = tickets.filter(({ status, owner }) => status !== 'resolved' && owner?.agent === agent?.number).length;
    const words = [figureWords(figuresOf(tickets, desk.view().now))];
    words.push(
      agent === null ? unknownAgent(user) : `${agent.name}（工号 ${agent.number}），您手上有 ${mine} 张工单。`,
    );
    return { text: escape(words.join('\n')) };
  }

  function help(unknown: string | null): Reply {
    const text = unknown === null ? HELP : `没有看懂“${escape(clip(unknown, 50))}”。\n${HELP}`;
    return { text, blocks: [{ type: 'section', text: marked(text) }] };
  }
}
