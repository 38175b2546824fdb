import type { ConversationId } from '../core/message.ts';
import type { Ticket, TicketDraft } from '../core/ticket.ts';

/** Where a draft comes from, and when. */
export interface Origin {
  readonly conversation: ConversationId;
  readonly customer: { readonly id: string; readonly name?: string };
  readonly now: Date;
}

/**
 * Whether the draft asks for what the ticket is already about. Both conversation and customer must be the same: in a
 * group two customers have two matters, and what an agent answers goes to the ticket's conversation.
 */
export function sameMatter(
  ticket: Ticket,
  draft: Pick<TicketDraft, 'kind' | 'waybill'>,
  origin: Pick<Origin, 'conversation' | 'customer'>,
): boolean {
  return (
    ticket.status !== 'resolved' &&
    ticket.conversation === origin.conversation &&
    ticket.customer.id === origin.customer.id &&
    ticket.kind === draft.kind &&
    ticket.waybill === draft.waybill
  );
}
