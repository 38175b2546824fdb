import { createHmac } from 'node:crypto';
import { sameSecret } from '../../core/secret.ts';

/** How far a request's time may be from ours, in seconds, before or after. */
const TOLERANCE = 300;

export interface SignedRequest {
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  readonly body: Buffer;
}

/** Why a request is not Slack's, or null where it is. `now`: seconds since 1970. */
export function faultOfRequest(
  secret: string,
  request: SignedRequest,
  now: number,
): 'unsigned' | 'old' | 'future' | 'wrong' | null {
  const { timestamp, signature, body } = request;
  if (timestamp === undefined || signature === undefined || !/^\d{1,12}$/.test(timestamp)) return 'unsigned';
  if (!sameSecret(signature, sign(secret, timestamp, body))) return 'wrong';
  const age = now - Number(timestamp);
  if (age > TOLERANCE) return 'old';
  return age < -TOLERANCE ? 'future' : null;
}

export function sign(secret: string, timestamp: string, body: Buffer | string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
}

/** Remembers what was carried out, as long as its time is believed: the very same request again is nobody's retry, for Slack signs those anew. */
export function createReplayGuard(): {
  seen(signature: string, now: number): boolean;
  remember(signature: string, now: number): void;
} {
  const until = new Map<string, number>();
  return {
    seen: (signature, now) => (until.get(signature) ?? 0) > now,
    remember(signature, now) {
      for (const [old, end] of until) {
        if (end > now) break;
        until.delete(old);
      }
      until.set(signature, now + 2 * TOLERANCE);
    },
  };
}
