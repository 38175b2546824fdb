import type { Clock } from './core/clock.ts';
import type { Announce } from './core/desk.ts';
import { messageOf } from './core/errors.ts';
import type { Log } from './core/log.ts';
import type { Store } from './core/store.ts';
import type { Knowledge } from './knowledge/knowledge.ts';
import { readState } from './replying/replier.ts';
import { sayEngine } from './replying/turn-commit.ts';

/** Words what a desk tells a customer, in that customer's language. A phrase that fails costs the words, never the agent's work. */
export function createAnnouncer(deps: {
  readonly store: Store;
  readonly knowledge: () => Knowledge;
  readonly clock: Clock;
  readonly log: Log;
}): Announce {
  const { store, knowledge, clock, log } = deps;
  return async (what, ticket, extra) => {
    const known = knowledge();
    try {
      const conversation = await store.conversation(ticket.conversation);
      if (conversation === null) return '';
      const title = known.desks.desks[ticket.desk]?.title ?? ticket.desk;
      const agent = {
        name: ticket.owner?.name ?? extra['name'] ?? '',
        number: ticket.owner?.agent ?? extra['agent'] ?? '',
      };
      const values = { ticket, desk: { id: ticket.desk, title }, agent, result: null, reason: null, ...extra };
      return sayEngine(known, readState(conversation, log), `ticket.${what}`, { ...values, agent }, clock.now());
    } catch (error) {
      log.error({ ticket: ticket.id, what, error: messageOf(error) }, 'an announcement could not be worded');
      return '';
    }
  };
}
