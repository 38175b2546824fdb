import type { AgentEntry } from '../../core/desk.ts';
import type { Desk } from './desk.ts';
import { readSubmission } from './payload.ts';
import { CALLBACKS, filledIn, readForm } from './submission.ts';
import type { Callback, Filled, Form } from './submission.ts';

/** What a modal was about, who filled it in, and the files with it. */
interface Act {
  readonly agent: AgentEntry;
  /** The ticket; for a new one, where it comes from. */
  readonly about: string;
  /** The view's id: the same act again has one effect. */
  readonly id: string;
  readonly filled: Filled;
}

/** Registers the modals. What is wrong in one is said beside the field; it closes before the work is done. */
export function registerSubmissions(desk: Desk): void {
  const { slack, staff, actions, answers } = desk;

  const acts: { readonly [C in Callback]: (form: Form<C>, act: Act) => Promise<unknown> } = {
    'ticket.reply': async ({ text }, { agent, about, id, filled }) => {
      const { ticket } = await actions.story(about);
      const files = await desk.takeIn(ticket.conversation, filled.files, id);
      await answers.hold(id, about, { agent: agent.number }, text, files);
    },
    'ticket.note': ({ text }, { agent, about, id }) => actions.note(about, { agent: agent.number }, text, id),
    'ticket.nudge': ({ text }, { agent, about }) => actions.nudge(about, { agent: agent.number }, text),
    'ticket.reopen': ({ text }, { agent, about }) => actions.reopen(about, { agent: agent.number }, text),
    'ticket.transfer': ({ to, text }, { agent, about }) => {
      const [at = '', person] = to.split('|');
      return actions.transfer(about, { agent: agent.number }, { desk: at, agent: person }, text);
    },
    'ticket.resolve': ({ result, text, cause }, { agent, about }) =>
      actions.resolve(about, { agent: agent.number }, text === '' ? result : `${result}：${text}`, cause),
    'ticket.create': async ({ text, ...form }, { agent, about, id }) => {
      const { waybill, customer, phone } = form;
      const orNull = (value: string): string | null => (value === '' ? null : value);
      const call = {
        ...form,
        summary: text,
        source: about,
        waybill: orNull(waybill),
        customer: orNull(customer),
        phone: orNull(phone),
      };
      const ticket = await desk.writeDown(call, { agent: agent.number, name: agent.name }, id);
      await staff.tell(agent.slack ?? '', null, `📞 已建单 ${ticket.id}，卡片很快出现在部门的频道里。`);
    },
  };

  function register<C extends Callback>(callback: C): void {
    slack.app.view(callback, async ({ ack, body }) => {
      const { user, view, about, values } = readSubmission(body);
      const filled = filledIn(values);
      const read = readForm(callback, filled);
      if ('errors' in read) return ack({ response_action: 'errors', errors: read.errors });
      await ack();
      await desk.work(async () => {
        const spot = await desk.spotOf(about);
        await staff.serve(user, spot, (agent) =>
          acts[callback](read.form, { agent, about, id: `view-${view}`, filled }),
        );
      });
    });
  }
  for (const callback of CALLBACKS) register(callback);
}
