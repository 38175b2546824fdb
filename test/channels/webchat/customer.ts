/** A Direct Line client of a few lines, for tests. */
export interface WireActivity {
  readonly type: string;
  readonly id: string;
  readonly text?: string;
  readonly from: { readonly id: string; readonly name?: string; readonly role: string };
  readonly replyToId?: string;
  readonly textFormat?: string;
  readonly channelData?: Record<string, unknown>;
  readonly suggestedActions?: { readonly actions: readonly { readonly type: string; readonly value: string }[] };
  readonly attachments?: readonly {
    readonly contentType: string;
    readonly contentUrl: string;
    readonly name: string;
  }[];
}
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}
export interface Opened {
  readonly conversationId: string;
  readonly token: string;
  readonly expires_in: number;
  readonly streamUrl: string;
}
export interface WireSet {
  readonly activities: readonly WireActivity[];
  readonly watermark: string;
}
export interface WireError {
  readonly error: { readonly code: string; readonly message: string };
}

export async function call<T = WireError>(
  url: string,
  init: RequestInit & { token?: string; json?: unknown } = {},
): Promise<Answer<T>> {
  const { token, json, ...rest } = init;
  // A kept-alive connection would be found dead after a test's restart.
  const headers = new Headers({ connection: 'close', ...(rest.headers as Record<string, string> | undefined) });
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  if (json !== undefined) headers.set('content-type', 'application/json');
  const body = json === undefined ? rest.body : JSON.stringify(json);
  const response = await fetch(url, { ...rest, headers, ...(body == null ? {} : { body }) });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : null) as T, headers: response.headers };
}

export const post = <T = WireError>(url: string, token?: string, json?: unknown): Promise<Answer<T>> =>
  call<T>(url, { method: 'POST', ...(token === undefined ? {} : { token }), ...(json === undefined ? {} : { json }) });

export interface Customer extends Opened {
  readonly url: string;
  post(activity: object): Promise<Answer<{ id: string }>>;
  write(text: string, clientActivityID?: string): Promise<string>;
  poll(watermark?: string): Promise<WireSet>;
}

/** Opens a conversation as a page does. */
export async function customer(origin: string, user?: object): Promise<Customer> {
  const base = `${origin}/v3/directline`;
  const { body: issued } = await post<Opened>(`${base}/tokens/generate`, undefined, user ? { user } : undefined);
  const { body: opened } = await post<Opened>(`${base}/conversations`, issued.token);
  const url = `${base}/conversations/${opened.conversationId}`;
  const send = (activity: object) => post<{ id: string }>(`${url}/activities`, opened.token, activity);
  return {
    ...opened,
    url,
    post: send,
    async write(text, clientActivityID) {
      const answer = await send({ type: 'message', text, from: { id: 'me' }, channelData: { clientActivityID } });
      if (answer.status !== 200) throw new Error(`status ${answer.status}`);
      return answer.body.id;
    },
    poll: async (watermark = '') =>
      (await call<WireSet>(`${url}/activities?watermark=${encodeURIComponent(watermark)}`, { token: opened.token }))
        .body,
  };
}
