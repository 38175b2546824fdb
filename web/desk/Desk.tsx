import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useObservable } from '../browser/observable.ts';
import { createTitleBadge } from '../browser/title.ts';
import type { Api } from './api.ts';
import { createBoard } from './board.ts';
import { Channels } from './Channels.tsx';
import { useNow } from './clock.ts';
import { Detail } from './Detail.tsx';
import { Help } from './Help.tsx';
import { useKeys, type Key } from './keys.ts';
import type { Agent, Directory, Ticket } from './model.ts';
import { useOpenTicket } from './place.ts';
import { Problems } from './Problems.tsx';
import { shownTickets, stepFrom, type Filter } from './selection.ts';
import { soundWanted } from './session.ts';
import { chime } from './sound.ts';
import { TicketList } from './TicketList.tsx';
import { TopBar } from './TopBar.tsx';
import { kindWords } from './words.ts';

export function Desk({ api, me, onLeave }: { api: Api; me: Agent; onLeave: (why: string) => void }) {
  const [directory, setDirectory] = useState<Directory>({ desks: [], agents: [] });
  const [filter, setFilter] = useState<Filter>({ tab: 'active', desks: null });
  const [query, setQuery] = useState('');
  const [cursor, setCursor] = useState<string | null>(null);
  const [help, setHelp] = useState(false);
  const [sound, setSound] = useState(() => soundWanted.read() ?? false);
  const [news, setNews] = useState<readonly Ticket[]>([]);
  const [openId, openTicket] = useOpenTicket();
  const search = useRef<HTMLInputElement | null>(null);
  const pressed = useRef<((key: Key) => boolean) | null>(null);
  const now = useNow();

  const board = useMemo(() => {
    const badge = createTitleBadge((count) => `(${count}) 新工单 · 坐席台`);
    return createBoard({
      api,
      me,
      onDenied: () => onLeave('口令已失效，请重新登录。'),
      onNew: (tickets) => {
        badge.add(tickets.length);
        if (soundWanted.read() === true) chime();
        setNews(tickets);
        setTimeout(() => setNews([]), 6000);
      },
    });
  }, [api, me, onLeave]);

  useEffect(() => {
    board.start();
    return board.stop;
  }, [board]);
  useEffect(() => board.open(openId), [board, openId]);
  useEffect(() => {
    const timer = setTimeout(() => board.search(query.trim()), query === '' ? 0 : 250);
    return () => clearTimeout(timer);
  }, [board, query]);

  const link = useObservable(board.link);
  const tickets = useObservable(board.tickets);
  const channels = useObservable(board.channels);
  const shown = shownTickets(tickets, filter, me);

  useEffect(() => {
    if (link === 'live' || link === 'polling') api.directory().then(setDirectory, () => {});
  }, [api, link]);

  const open = (id: string | null): void => {
    if (id !== null) setCursor(id);
    openTicket(id);
  };

  useKeys((key) => {
    if (key === '?') setHelp(true);
    else if (key === '/') search.current?.focus();
    else if (key === 'j' || key === 'k') setCursor(stepFrom(shown, cursor ?? openId, key === 'j' ? 1 : -1));
    else if (key === 'Enter' && cursor !== null) open(cursor);
    else if (key === 'Escape' && openId !== null) open(null);
    else return pressed.current?.(key) ?? false;
    return true;
  });

  return (
    <div class={openId === null ? 'desk' : 'desk with-ticket'}>
      <TopBar
        me={me}
        link={link}
        channels={channels.channels}
        sound={sound}
        onSound={(wanted) => {
          soundWanted.write(wanted);
          setSound(wanted);
          if (wanted) chime();
        }}
        onHelp={() => setHelp(true)}
        onLeave={() => onLeave('')}
      />
      <Channels {...channels} api={api} now={now} />
      <Problems problems={useObservable(board.problems)} />
      <div class="panes">
        <TicketList
          tickets={tickets}
          shown={shown}
          filter={filter}
          query={query}
          directory={directory}
          me={me}
          link={link}
          cursor={cursor}
          openId={openId}
          now={now}
          search={search}
          onFilter={setFilter}
          onQuery={setQuery}
          onOpen={open}
        />
        <Detail
          board={board}
          openId={openId}
          directory={directory}
          me={me}
          api={api}
          now={now}
          pressed={pressed}
          onOpen={open}
        />
      </div>
      {news.length > 0 && (
        <p class="toast" role="status">
          新工单：
          {news.length > 2 ? `${news.length} 张` : news.map(({ id, kind }) => `${id} ${kindWords(kind)}`).join('、')}
        </p>
      )}
      {help && <Help onClose={() => setHelp(false)} />}
    </div>
  );
}
