import type { App } from '@slack/bolt';

/** What a receiver needs of bolt's app. */
export type ReceiverApp = Pick<App, 'processEvent'>;

/** Where a listener finds what it must call once an event is kept. */
export const KEPT = 'yingshengKept';
export const RETRIED = 'yingshengRetried';

export interface Retry {
  readonly num: number;
  readonly reason: string | undefined;
}

/**
 * Hands one delivery to bolt. Bolt acknowledges an event before anybody has looked at it; so it gets an acknowledgement
 * that does nothing, and ours travels in the context, to be given when the event is kept.
 */
export async function takeDelivery(
  app: ReceiverApp,
  body: Record<string, unknown>,
  retry: Retry,
  answer: (said?: unknown) => void | Promise<void>,
): Promise<void> {
  const isEvent = body['event'] !== undefined;
  await app.processEvent({
    body,
    ack: isEvent ? async () => {} : async (said?: unknown) => answer(said),
    retryNum: retry.num,
    ...(retry.reason === undefined ? {} : { retryReason: retry.reason }),
    customProperties: { [KEPT]: () => answer(), [RETRIED]: retry.num > 0 },
  });
}
