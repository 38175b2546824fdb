import { useEffect, useState } from 'preact/hooks';

/** The open ticket stands in the address (`#T-1001`): the back button closes it, a link opens it. */
const ticketInAddress = (): string | null => decodeURIComponent(location.hash.slice(1)) || null;

export function useOpenTicket(): [string | null, (id: string | null) => void] {
  const [id, setId] = useState(ticketInAddress);
  useEffect(() => {
    const read = (): void => setId(ticketInAddress());
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  const open = (next: string | null): void => {
    if (next === null) history.pushState(null, '', location.pathname);
    else location.hash = encodeURIComponent(next);
    setId(next);
  };
  return [id, open];
}
