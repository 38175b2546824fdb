import { z } from 'zod';

const opened = z.object({ conversationId: z.string(), token: z.string() });
const activity = z.object({
  id: z.string(),
  from: z.object({ id: z.string(), name: z.string().optional() }),
  text: z.string().optional(),
  replyToId: z.string().optional(),
});
const set = z.object({ activities: z.array(activity), watermark: z.string() });

export type Activity = z.output<typeof activity>;

/** A customer over plain Direct Line; the token outlives a restart of the server. */
export interface Customer {
  readonly conversation: string;
  /** Resolves with the status and the id the server gave; throws when nobody answers. */
  say(text: string, clientActivityID: string): Promise<{ status: number; id: string | undefined }>;
  /** The same with the whole answer. */
  post(text: string, clientActivityID: string): Promise<Response>;
  /** All activities so far. */
  heard(): Promise<readonly Activity[]>;
}

export async function newCustomer(url: () => string, user: string): Promise<Customer> {
  const generate = await fetch(`${url()}/v3/directline/tokens/generate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: { id: user } }),
  });
  const { conversationId, token } = opened.parse(await generate.json());
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const activities = (): string => `${url()}/v3/directline/conversations/${conversationId}/activities`;
  const post: Customer['post'] = (text, clientActivityID) => {
    const body = JSON.stringify({ type: 'message', from: { id: user }, text, channelData: { clientActivityID } });
    return fetch(activities(), { method: 'POST', headers, body, signal: AbortSignal.timeout(5000) });
  };
  return {
    conversation: conversationId,
    post,
    async say(text, clientActivityID) {
      const response = await post(text, clientActivityID);
      const answer = z.object({ id: z.string().optional() }).parse(await response.json());
      return { status: response.status, id: answer.id };
    },
    async heard() {
      const response = await fetch(activities(), { headers, signal: AbortSignal.timeout(5000) });
      return set.parse(await response.json()).activities;
    },
  };
}
