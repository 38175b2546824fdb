import { readActivitySet, type ActivitySet } from './activity.ts';

/** Follows a Direct Line stream until it closes. Resolves with whether it had ever opened; never rejects. */
export function followStream(url: string, onSet: (set: ActivitySet) => void, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(ours(url));
    let opened = false;
    const stop = (): void => socket.close();
    const patience = setTimeout(() => {
      if (!opened) socket.close();
    }, 8000);
    signal.addEventListener('abort', stop);
    socket.onopen = () => {
      opened = true;
    };
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      // An empty frame only keeps the connection alive.
      if (typeof data !== 'string' || data === '') return;
      try {
        onSet(readActivitySet(JSON.parse(data)));
      } catch {
        // A frame that is no JSON says nothing; what it meant is fetched at the next catch-up.
      }
    };
    socket.onclose = () => {
      clearTimeout(patience);
      signal.removeEventListener('abort', stop);
      resolve(opened);
    };
    if (signal.aborted) stop();
  });
}

/** The server's word for itself may not be the name under which a proxy shows it: the path counts, the host is ours. */
function ours(url: string): string {
  const { pathname, search } = new URL(url, location.href);
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${pathname}${search}`;
}
