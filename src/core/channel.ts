import type { InboundMessage, OutgoingMessage } from './message.ts';

/** `new`: stored durably, may be acknowledged. `duplicate`: we had it already, acknowledge it again. */
export type Receipt = { readonly kind: 'new' | 'duplicate'; readonly seq: number };

/**
 * Stores one message and wakes its conversation. Resolves once it is on disk. Those of one chat may be given without waiting: they keep their order,
 * and where one is not stored, neither are those that were given after it.
 */
export type Receive = (message: InboundMessage) => Promise<Receipt>;

/** How a channel stands with its platform. */
export interface ChannelStatus {
  /**
   * off: no connection, until the next try. starting: no sign of life yet. scan: waits for `qrcode` to be scanned.
   * logged-out: the platform has logged us out. online: all is well.
   */
  readonly state: 'off' | 'starting' | 'scan' | 'logged-out' | 'online';
  /** Since when it is so; ISO 8601. */
  readonly since: string;
  readonly qrcode: string | null;
  /** Under which name we are there; null where that is not known. */
  readonly account: string | null;
  /** What went wrong last; empty where nothing has. */
  readonly trouble: string;
  /** Until when the platform wants us to be quiet; ISO 8601; null for no pause. */
  readonly pausedUntil: string | null;
}

/** A platform where customers write. It knows no dialogue. */
export interface Channel {
  /** The part before the colon in its conversations' ids. */
  readonly name: string;
  start(receive: Receive): Promise<void>;
  /** Throws RefusedError (never again) or UnreachableError (again later). */
  send(message: OutgoingMessage): Promise<void>;
  /** Changes what was sent before to the words it has now; absent where the platform cannot. Throws as `send`. */
  edit?(message: OutgoingMessage): Promise<void>;
  /** Absent where nothing lies between the customers and us: our own page. */
  status?(): ChannelStatus;
  stop(): Promise<void>;
}
