import { fieldsOf, textOf } from '../browser/value.ts';
import type { Action, Agent, ChannelBoard, Directory, Problem, Story, Ticket } from './model.ts';

/** denied: the token is wrong. unreachable: nobody answered. conflict: somebody else was faster. refused: all else. */
export type RefusalKind = 'denied' | 'unreachable' | 'conflict' | 'refused';

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly kind: RefusalKind;

  constructor(kind: RefusalKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** The desk's API under one token. Every call throws Refusal, whose words can be shown as they are. */
export interface Api {
  readonly directory: () => Promise<Directory>;
  readonly tickets: (query: string) => Promise<readonly Ticket[]>;
  readonly story: (id: string) => Promise<Story>;
  readonly act: (id: string, action: Action, by: Agent, body: Readonly<Record<string, string>>) => Promise<Story>;
  readonly reveal: (id: string, by: Agent, field: string) => Promise<string>;
  readonly problems: () => Promise<readonly Problem[]>;
  readonly channels: () => Promise<ChannelBoard>;
  readonly file: (url: string) => Promise<Blob>;
  /** Calls `onEvent` for each change until the stream ends. `onOpen`: it is there. */
  readonly follow: (
    onOpen: () => void,
    onEvent: (name: string, data: string) => void,
    signal: AbortSignal,
  ) => Promise<void>;
}

const PATIENCE = 15_000;

export function createApi(token: string): Api {
  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(path, {
        signal: AbortSignal.timeout(PATIENCE),
        cache: 'no-store',
        ...init,
        headers: {
          authorization: `Bearer ${token}`,
          ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
      });
    } catch {
      throw new Refusal('unreachable', '连不上服务器，请检查网络后再试。');
    }
    if (response.ok) return response;
    const words = textOf(fieldsOf(fieldsOf(await response.json().catch(() => null))['error'])['message']);
    throw new Refusal(kindOfStatus(response.status), words ?? `服务器没有接受这次操作（${response.status}）。`);
  }

  const get = async <T>(path: string): Promise<T> => (await (await ask(path)).json()) as T;
  const post = async <T>(path: string, body: object): Promise<T> =>
    (await (await ask(path, { method: 'POST', body: JSON.stringify(body) })).json()) as T;
  const at = (id: string): string => `/api/tickets/${encodeURIComponent(id)}`;

  return {
    directory: () => get<Directory>('/api/desks'),
    tickets: async (query) =>
      (await get<{ tickets: Ticket[] }>(`/api/tickets${query === '' ? '' : `?q=${encodeURIComponent(query)}`}`))
        .tickets,
    story: (id) => get<Story>(at(id)),
    act: (id, action, by, body) => post<Story>(`${at(id)}/${action}`, { ...by, ...body }),
    reveal: async (id, by, field) => (await post<{ value: string }>(`${at(id)}/reveal`, { ...by, field })).value,
    problems: async () => (await get<{ problems: Problem[] }>('/api/problems')).problems,
    channels: () => get<ChannelBoard>('/api/channels'),
    file: async (url) => (await ask(url)).blob(),
    follow: async (onOpen, onEvent, signal) => {
      const { body } = await ask('/api/events', { signal });
      if (body === null) return;
      onOpen();
      await readEvents(body, onEvent);
    },
  };
}

function kindOfStatus(status: number): RefusalKind {
  if (status === 401 || status === 403) return 'denied';
  if (status === 409) return 'conflict';
  return status >= 502 ? 'unreachable' : 'refused';
}

/** Server-sent events by fetch, because EventSource sends no Authorization header. */
async function readEvents(
  body: ReadableStream<Uint8Array>,
  onEvent: (name: string, data: string) => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const line = (name: string): string =>
        block
          .split('\n')
          .find((one) => one.startsWith(`${name}: `))
          ?.slice(name.length + 2) ?? '';
      if (line('event') !== '') onEvent(line('event'), line('data'));
    }
  }
}
