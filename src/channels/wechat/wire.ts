import type { MessageNature } from '../../core/message.ts';

/** What goes between us and the process that holds the wechaty instance. Plain JSON both ways. */
export interface Member {
  readonly id: string;
  readonly name: string;
  /** The name in this room, where it differs. */
  readonly alias?: string;
}

/** A message as the puppet tells it. */
export interface RawMessage {
  readonly id: string;
  /** ms since 1970 */
  readonly at: number;
  readonly talker: Member & {
    /** Our remark of the contact. */
    readonly remark?: string;
    /** Their WeChat number, where the puppet tells. */
    readonly handle?: string;
    readonly friend?: boolean;
    /** A public or service account. */
    readonly service: boolean;
  };
  readonly room: { readonly id: string; readonly topic: string; readonly self: Member } | null;
  /** Words, or those of a card, link or mini-program. */
  readonly text: string;
  /** Ids the puppet says are mentioned; empty with many puppets. */
  readonly mentions: readonly string[];
  /** Other members whose names stand after an @ in the text, where the puppet gave no ids. */
  readonly named: readonly Member[];
  readonly nature?: MessageNature;
  /** The id of the message that it takes back. */
  readonly recalls?: string;
  readonly file?: FileContent;
}

export type FromGateway =
  | { readonly kind: 'scan'; readonly qrcode: string }
  | { readonly kind: 'login'; readonly self: Member }
  | { readonly kind: 'logout'; readonly reason: string }
  /** The libraries are loaded: from now on it is the gateway that we wait for. */
  | { readonly kind: 'loaded' }
  /** The puppet gave a sign of life. */
  | { readonly kind: 'alive' }
  | { readonly kind: 'trouble'; readonly what: string }
  | { readonly kind: 'message'; readonly message: RawMessage }
  | {
      readonly kind: 'joined';
      readonly room: { readonly id: string; readonly topic: string };
      readonly members: readonly Member[];
    }
  | { readonly kind: 'said'; readonly n: number; readonly failure?: SendFailure }
  /** `ids` null: the puppet could not tell. */
  | { readonly kind: 'bearers'; readonly n: number; readonly ids: readonly string[] | null };

/** unsent: it surely did not go out. refused: WeChat said no. unknown: it may have gone out. */
export interface SendFailure {
  readonly how: 'unsent' | 'refused' | 'unknown' | 'too-often';
  readonly what: string;
}

/** Words, or a file, for a room (where `person` is called by name) or for one person. */
export interface Saying {
  readonly person: string | null;
  readonly room: string | null;
  readonly text: string;
  readonly file?: FileContent;
}

export interface FileContent {
  readonly name: string;
  readonly base64: string;
}

export type ToGateway =
  | (Saying & { readonly kind: 'say'; readonly n: number })
  /** Which contacts have this remark? */
  | { readonly kind: 'bearers'; readonly n: number; readonly remark: string }
  | { readonly kind: 'stop' };

export interface GatewaySettings {
  /** How often the puppet is asked for a sign of life, and how long it may give none; in ms. */
  readonly pingMs: number;
  readonly silenceMs: number;
  /** Files larger than this are not fetched; bytes. */
  readonly fileBytes: number;
}
