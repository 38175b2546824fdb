import type { InboundMessage, OutgoingMessage } from './message.ts';

/** `new`: stored durably, may be acknowledged. `duplicate`: we had it already, acknowledge it again. */
export type Receipt = { readonly kind: 'new' | 'duplicate'; readonly seq: number };

/** Stores one message and wakes its conversation. Resolves once it is on disk. */
export type Receive = (message: InboundMessage) => Promise<Receipt>;

/** A platform where customers write. It knows no dialogue. */
export interface Channel {
  /** The part before the colon in its conversations' ids. */
  readonly name: string;
  start(receive: Receive): Promise<void>;
  /** Throws RefusedError (never again) or UnreachableError (again later). */
  send(message: OutgoingMessage): Promise<void>;
  /** Changes what was sent before to the words it has now; absent where the platform cannot. Throws as `send`. */
  edit?(message: OutgoingMessage): Promise<void>;
  stop(): Promise<void>;
}
