import type { RefObject } from 'preact';
import { Icon } from '../brand/Icon.tsx';
import type { Link } from './board.ts';
import type { Agent, Directory, Ticket } from './model.ts';
import { inTab, TABS, type Filter } from './selection.ts';
import { TicketRow } from './TicketRow.tsx';

interface Props {
  readonly tickets: readonly Ticket[];
  readonly shown: readonly Ticket[];
  readonly filter: Filter;
  readonly query: string;
  readonly directory: Directory;
  readonly me: Agent;
  readonly link: Link;
  readonly cursor: string | null;
  readonly openId: string | null;
  readonly now: number;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onFilter: (filter: Filter) => void;
  readonly onQuery: (query: string) => void;
  readonly onOpen: (id: string) => void;
}

export function TicketList(props: Props) {
  const { tickets, shown, filter, query, me, link, cursor, openId, now, search, onFilter, onQuery, onOpen } = props;
  return (
    <nav class="list" aria-label="工单">
      <div class="list-head">
        <div class="list-find">
          <label class="find">
            <Icon name="search" size={18} />
            <span class="unseen">搜索工单</span>
            <input
              ref={search}
              type="search"
              value={query}
              placeholder="单号、工单号、内容…"
              onInput={({ currentTarget }) => onQuery(currentTarget.value)}
            />
          </label>
          <DeskChoice {...props} />
        </div>
        <div class="tabs" role="tablist" aria-label="状态">
          {TABS.map(({ tab, title }) => {
            const count = tickets.filter((ticket) => inTab(ticket, tab, me)).length;
            return (
              <button
                key={tab}
                type="button"
                role="tab"
                aria-selected={filter.tab === tab}
                onClick={() => onFilter({ ...filter, tab })}
              >
                {title}
                {tab !== 'resolved' && count > 0 && <span class="count">{count}</span>}
              </button>
            );
          })}
        </div>
      </div>
      {link === 'broken' && (
        <p class="stale" role="status">
          连接断开，以下内容可能不是最新的。
        </p>
      )}
      {shown.length > 0 ? (
        <ul class="rows">
          {shown.map((ticket) => (
            <TicketRow
              key={ticket.id}
              ticket={ticket}
              me={me}
              now={now}
              pointed={cursor === ticket.id}
              open={openId === ticket.id}
              onOpen={() => onOpen(ticket.id)}
            />
          ))}
        </ul>
      ) : (
        <Nothing {...props} />
      )}
    </nav>
  );
}

function DeskChoice({ directory, me, filter, onFilter }: Props) {
  const mine = directory.agents.find(({ number }) => number === me.agent)?.desks ?? [];
  const value = filter.desks === null ? '' : filter.desks.length === 1 ? (filter.desks[0] ?? '') : '*mine';
  const choose = (chosen: string): void =>
    onFilter({ ...filter, desks: chosen === '' ? null : chosen === '*mine' ? mine : [chosen] });
  return (
    <select
      class="desk-choice"
      aria-label="部门"
      value={value}
      onChange={({ currentTarget }) => choose(currentTarget.value)}
    >
      <option value="">全部部门</option>
      {mine.length > 1 && <option value="*mine">我的部门</option>}
      {directory.desks.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </select>
  );
}

/** Why there is nothing to see: each reason has its own words. */
function Nothing({ tickets, filter, query, link }: Props) {
  if (link === 'loading') {
    return (
      <ul class="rows" aria-label="正在读取工单" aria-busy="true">
        {[0, 1, 2, 3].map((row) => (
          <li key={row} class="ghost" />
        ))}
      </ul>
    );
  }
  if (link === 'broken' && tickets.length === 0) return <p class="nothing">暂时连不上服务器，恢复后会自动显示工单。</p>;
  if (query !== '') return <p class="nothing">没有找到“{query}”相关的工单。</p>;
  if (filter.desks !== null) return <p class="nothing">这个部门现在没有这类工单。</p>;
  const words = {
    active: '都处理完了，暂时没有在办的工单。',
    open: '没有等待认领的工单。',
    mine: '您手上没有工单。',
    resolved: '还没有已解决的工单。',
  };
  return (
    <p class="nothing">
      <Icon name="check" size={26} />
      {words[filter.tab]}
    </p>
  );
}
