import { momentWords } from './due.ts';
import type { Ticket } from './model.ts';
import { kindWords, STATUS } from './words.ts';

export function Others({
  tickets,
  now,
  onOpen,
}: {
  tickets: readonly Ticket[];
  now: number;
  onOpen: (id: string) => void;
}) {
  return (
    <section class="others">
      <h3>客户的其他工单</h3>
      {tickets.length === 0 ? (
        <p class="hint">没有其他工单。</p>
      ) : (
        <ul>
          {tickets.map((ticket) => (
            <li key={ticket.id}>
              <button type="button" onClick={() => onOpen(ticket.id)}>
                <span>
                  <strong>{kindWords(ticket.kind)}</strong> <span class="row-id">{ticket.id}</span>
                  <span class={`status ${ticket.status}`}>{STATUS[ticket.status]}</span>
                </span>
                <small>
                  {momentWords(ticket.opened_at, now)} · {ticket.summary}
                </small>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
