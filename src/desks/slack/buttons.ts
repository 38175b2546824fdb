import { RefusedError } from '../../core/errors.ts';
import type { Ticket } from '../../core/ticket.ts';
import { glance } from './card.ts';
import type { ModalView } from './connection.ts';
import type { Desk } from './desk.ts';
import * as modals from './modals.ts';
import { readClick } from './payload.ts';
import type { Click } from './payload.ts';
import { escape } from './text.ts';

/** Registers the buttons of cards, threads and Home. Each is acknowledged before anything else is done. */
export function registerButtons(desk: Desk): void {
  const { slack, staff, actions, answers, directory, rules, log } = desk;

  function on(action: string, handle: (click: Click) => Promise<unknown>): void {
    slack.app.action(action, async ({ ack, body }) => {
      await ack();
      await desk.work(() => handle(readClick(body)));
    });
  }

  /** A modal that begins an act: only for agents. It must come within the few seconds that the click is good for. */
  function opens(action: string, view: (ticket: Ticket) => ModalView): void {
    on(action, (click) =>
      staff.serve(click.user, click.spot, async () => {
        const { ticket } = await actions.story(click.value);
        await desk.openView(click.user, click.trigger, view(ticket));
      }),
    );
  }

  on('ticket.claim', (click) =>
    staff.serve(click.user, click.spot, ({ number }) => actions.claim(click.value, { agent: number })),
  );
  opens('ticket.reply', (ticket) => modals.replyModal(ticket, rules().answerPrefixes, rules().takeBackMs / 1000));
  opens('ticket.transfer', (ticket) => modals.transferModal(ticket, directory));
  opens('ticket.note', modals.noteModal);
  opens('ticket.nudge', modals.nudgeModal);
  opens('ticket.resolve', (ticket) => modals.resolveModal(ticket, rules()));
  opens('ticket.reopen', modals.reopenModal);

  on('ticket.takeback', (click) =>
    staff.serve(click.user, click.spot, ({ number }) => answers.takeBack(click.value, { agent: number })),
  );

  on('ticket.reveal', (click) =>
    staff.serve(click.user, click.spot, async ({ number }) => {
      const [id = '', field = ''] = click.value.split('|');
      const value = await actions.reveal(id, { agent: number }, field);
      log.info({ ticket: id, field, agent: number }, 'an agent looked at a hidden field');
      await staff.tell(click.user, click.spot, `🔓 ${escape(value)}\n（只有您看得到；谁在什么时候看过，已经记下）`);
    }),
  );

  on('ticket.open', async (click) => {
    const story = await desk.store.ticket(click.value);
    if (story === null) throw new RefusedError('unknown-ticket', `没有工单 ${click.value}`);
    const { ticket } = story;
    const channel = await desk.channelOf(ticket.desk).catch(() => null);
    const byAgent = staff.find(click.user) !== null;
    const blocks = [...glance(ticket, desk.view(), byAgent).map(withoutButtons), ...modals.channelLink(channel)];
    await desk.openView(click.user, click.trigger, modals.glanceModal(ticket.id, blocks));
  });

  on('home.refresh', (click) => desk.showHome(click.user));
}

/** Those who only look get no 查看: what stands behind it is for agents. */
export function withoutButtons<T extends object>(block: T): T {
  if (!('accessory' in block)) return block;
  return Object.fromEntries(Object.entries(block).filter(([key]) => key !== 'accessory')) as T;
}
