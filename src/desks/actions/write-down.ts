import { createHash } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import type { DeskDirectory } from '../../core/desk.ts';
import { RefusedError } from '../../core/errors.ts';
import { conversationId } from '../../core/message.ts';
import type { Store } from '../../core/store.ts';
import type { Owner, Priority, Ticket } from '../../core/ticket.ts';
import { openTicket } from '../../tickets/opening.ts';
import { DESK_CHANNEL } from './actions.ts';

/** What an agent noted of a call, or of a message that no channel of ours received. */
export interface Call {
  readonly desk: string;
  readonly kind: string;
  readonly priority: Priority;
  readonly waybill: string | null;
  readonly summary: string;
  readonly customer: string | null;
  readonly phone: string | null;
  /** Where it came from, e.g. 电话 or a link to a message. */
  readonly source: string;
}

/** Opens a ticket for something that came in past the program (电话受理). The same `clientId` again gives the same ticket. */
export function createWriteDown({ store, directory, clock }: { store: Store; directory: DeskDirectory; clock: Clock }) {
  return async (call: Call, agent: Owner, clientId: string): Promise<Ticket> => {
    if (!directory.desks().some(({ id }) => id === call.desk)) {
      throw new RefusedError('unknown-desk', `没有名为 ${call.desk} 的部门`);
    }
    const conversation = conversationId(DESK_CHANNEL, clientId);
    const before = await store.tickets({ conversation });
    if (before[0]) return before[0];
    const now = clock.now();
    // The same phone is the same person; its digest is shown where customers' ids are.
    const digest = createHash('sha256')
      .update(call.phone ?? clientId)
      .digest('hex');
    const customer = { id: `desk-${digest.slice(0, 16)}`, ...(call.customer === null ? {} : { name: call.customer }) };
    await store.openConversation(conversation, customer, false, now.toISOString());
    const { ticket, events } = openTicket(
      {
        id: await store.nextTicketId(),
        desk: call.desk,
        kind: call.kind,
        priority: call.priority,
        waybill: call.waybill,
        summary: call.summary,
        form: { source: call.source, ...(call.phone === null ? {} : { phone: call.phone }) },
        promised_at: directory.promise(call.desk, now),
      },
      { conversation, customer, now },
    );
    await store.commitTicket({ ticket, events: events.map((event) => ({ ...event, by: agent })), outgoing: [] });
    return ticket;
  };
}
