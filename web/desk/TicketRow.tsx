import { useEffect, useRef } from 'preact/hooks';
import { dueWords, urgencyOf } from './due.ts';
import type { Agent, Ticket } from './model.ts';
import { kindWords, PRIORITY, STATUS } from './words.ts';

interface Props {
  readonly ticket: Ticket;
  readonly me: Agent;
  readonly now: number;
  readonly pointed: boolean;
  readonly open: boolean;
  readonly onOpen: () => void;
}

export function TicketRow({ ticket, me, now, pointed, open, onOpen }: Props) {
  const row = useRef<HTMLLIElement | null>(null);
  useEffect(() => {
    if (pointed) row.current?.scrollIntoView({ block: 'nearest' });
  }, [pointed]);
  const urgency = urgencyOf(ticket, now);
  return (
    <li ref={row} class={`row ${urgency} ${ticket.priority}${pointed ? ' pointed' : ''}${open ? ' open' : ''}`}>
      <button type="button" aria-current={open} onClick={onOpen}>
        <span class="row-top">
          {ticket.priority !== 'normal' && <span class={`tag ${ticket.priority}`}>{PRIORITY[ticket.priority]}</span>}
          <strong>{kindWords(ticket.kind)}</strong>
          <span class="row-id">{ticket.id}</span>
          <span class={`due ${urgency}`}>{dueWords(ticket, now)}</span>
        </span>
        <span class="row-summary">{ticket.summary}</span>
        <span class="row-end">
          <span>{ticket.desk_title}</span>
          {ticket.waybill !== null && <span class="waybill">{ticket.waybill}</span>}
          <span class={`status ${ticket.status}`}>{holderWords(ticket, me)}</span>
        </span>
      </button>
    </li>
  );
}

function holderWords({ status, owner }: Ticket, me: Agent): string {
  if (owner === null || status === 'open' || status === 'resolved') return STATUS[status];
  return `${owner.agent === me.agent ? '我' : owner.name} · ${STATUS[status]}`;
}
