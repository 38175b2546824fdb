import { onTestFinished } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import type { Store } from '../../../src/core/store.ts';
import { createWebDesk } from '../../../src/desks/web/web-desk.ts';
import type { StoryView, TicketView } from '../../../src/desks/web/view.ts';
import type { WebDeskDeps } from '../../../src/desks/web/web-desk.ts';
import { createHttpServer } from '../../../src/http/http-server.ts';
import { createMetrics } from '../../../src/http/metrics.ts';
import { openSqliteStore } from '../../../src/store/open-sqlite.ts';
import { announce, createFloor, directory } from '../floor.ts';
import type { Floor } from '../floor.ts';

export const TOKEN = 'a-desk-token-of-good-length';
export { HERE, NOW } from '../floor.ts';

/** Whatever the API may answer with, in one type: a test knows which of it to expect. */
export interface Body extends StoryView {
  readonly tickets: readonly TicketView[];
  readonly desks: readonly object[];
  readonly agents: readonly object[];
  readonly value: string;
  readonly error: { readonly code: string; readonly message: string };
}

export interface Answer {
  readonly status: number;
  readonly body: Body;
}

export interface Desk extends Floor {
  readonly store: Store;
  readonly url: string;
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  close(): Promise<void>;
}

/** The real router behind the real server on loopback, over the real store in memory. */
export async function openDesk(
  options: Partial<WebDeskDeps> = {},
  /** Something between the desk and its store. */
  between: (store: Store) => Store = (store) => store,
): Promise<Desk> {
  const store = await openSqliteStore({ path: ':memory:' });
  const floor = createFloor(store);
  const desk = createWebDesk({
    store: between(store),
    directory,
    announce,
    clock: floor.clock,
    log: silentLog,
    token: TOKEN,
    ...options,
  });
  const server = createHttpServer({
    routers: [{ path: '/api', router: desk.router }],
    ready: () => Promise.resolve({ ok: true, detail: {} }),
    metrics: createMetrics({ log: silentLog }),
    pagesDir: '/nonexistent',
    deskToken: TOKEN,
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    onClose: () => desk.close(),
    graceMs: 200,
  });
  const { url } = await server.start();
  let open = true;
  const close = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await server.close();
    await store.close();
  };
  onTestFinished(close);
  const ask = async (path: string, init?: RequestInit): Promise<Answer> => {
    const answer = await fetch(url + path, { ...init, headers: { authorization: `Bearer ${TOKEN}` } });
    return { status: answer.status, body: (await answer.json()) as Body };
  };
  return {
    ...floor,
    store,
    url,
    close,
    get: (path) => ask(path),
    post: (path, body) => ask(path, { method: 'POST', body: JSON.stringify(body) }),
  };
}
