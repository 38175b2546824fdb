import type { Request, Response } from 'express';
import { RefusedError } from '../../core/errors.ts';
import type { Store, StoreChange } from '../../core/store.ts';

export interface ChangeStream {
  /** Answers with server-sent events until either side ends it. */
  follow(req: Request, res: Response): void;
  /** Ends every stream, so that the server can close. */
  close(): void;
}

/** Bytes a page may lag behind before we let it go: it comes back and reads everything anew. */
const LAG = 1_000_000;

/**
 * Tells desk pages what changed, never what it says: the page reads that through the API. Events:
 * `hello` {}, `ticket` {"id","conversation"}, `conversation` {"conversation"} (a message in or out),
 * `notice` {}.
 */
export function createChangeStream(
  store: Pick<Store, 'subscribe'>,
  limits: { readonly streams: number; readonly heartbeatMs: number },
): ChangeStream {
  const streams = new Set<Response>();
  return {
    follow(req, res) {
      if (streams.size >= limits.streams) throw new RefusedError('too-many', '打开的坐席页面过多，请关闭一些后再试');
      res.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      const write = (text: string): void => {
        if (res.writableLength > LAG) res.destroy();
        else res.write(text);
      };
      streams.add(res);
      const unsubscribe = store.subscribe((change) => {
        const event = eventOf(change);
        if (event !== null) write(event);
      });
      const heart = setInterval(() => write(': still here\n\n'), limits.heartbeatMs);
      res.on('close', () => {
        clearInterval(heart);
        unsubscribe();
        streams.delete(res);
      });
      write('retry: 2000\nevent: hello\ndata: {}\n\n');
    },
    close() {
      for (const res of streams) res.end();
    },
  };
}

function eventOf(change: StoreChange): string | null {
  switch (change.kind) {
    case 'ticket':
      return written('ticket', { id: change.ticket, conversation: change.conversation });
    case 'received':
    case 'outgoing':
    case 'delivered':
      return written('conversation', { conversation: change.conversation });
    case 'notice':
      return written('notice', {});
    case 'timer':
      return null;
  }
}

function written(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
