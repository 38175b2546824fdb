/** One string names a conversation everywhere: `channel:key`. This file is its only codec. */
export type ConversationId = `${string}:${string}`;

export function conversationId(channel: string, key: string): ConversationId {
  return `${channel}:${key}`;
}

export function channelOf(id: ConversationId): string {
  return id.slice(0, id.indexOf(':'));
}

export function keyOf(id: ConversationId): string {
  return id.slice(id.indexOf(':') + 1);
}

export type AttachmentKind = 'image' | 'voice' | 'video' | 'file';

/** A file somebody sent. The bytes live in the store under `id`; `url` is where our own server gives them out. */
export interface Attachment {
  readonly id: string;
  readonly kind: AttachmentKind;
  readonly contentType: string;
  readonly name: string;
  /** bytes */
  readonly size: number;
  readonly url: string;
}

/** What a message was beyond its words, where the platform tells. */
export interface MessageContext {
  /** The room it was said in. */
  readonly room?: { readonly id: string; readonly topic: string };
  /** Whom it calls: us (by a name of ours, or by quoting our words), a colleague, or another member. */
  readonly addressed?: 'us' | 'colleague' | 'member';
  /** Not the customer's own words, but a colleague's or another member's answer to the customer: for the record. */
  readonly answer?: 'colleague' | 'member';
  /** The words it quotes. */
  readonly quoted?: string;
  /** What it is where it is neither words nor a file that we could keep. */
  readonly nature?: MessageNature;
  /** The customer's own chat, where one can be opened from here; nobody else reads along there. */
  readonly ownChat?: ConversationId;
  /** The platform's id of who wrote, where it may change: under another one nothing private is told before a new proof. */
  readonly contact?: string;
  /** It was asked in a group, and goes on in the customer's own chat. */
  readonly carried?: boolean;
  /** True where it looks written by a program: fast, long or always the same. */
  readonly automatic?: boolean;
}

/** unreadable: a file that was too large, of a kind we do not keep, or did not arrive. */
export type MessageNature =
  'voice' | 'video' | 'money' | 'sticker' | 'location' | 'history' | 'recalled' | 'unreadable';

/** What a channel hands to `receive`: one message of one person, in our words. */
export interface InboundMessage {
  readonly channel: string;
  /** The platform's id, unique within the channel: the dedupe key. */
  readonly id: string;
  readonly conversation: ConversationId;
  readonly customer: { readonly id: string; readonly name?: string };
  /** True where others can read along: nothing private may be said. */
  readonly group: boolean;
  /** As written, at most `limits.message_length` characters after normalisation. */
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly context?: MessageContext;
  /** Opaque to everyone but the channel (e.g. a serviceUrl to answer to). JSON. */
  readonly channelData?: unknown;
  /** ISO 8601 */
  readonly sentAt: string;
}

export type SpeakerRole = 'customer' | 'bot' | 'agent';

/** Who speaks; an agent is shown with name and 工号. */
export interface Speaker {
  readonly role: SpeakerRole;
  readonly id?: string;
  readonly name?: string;
}

/** What we say, before it has a place in the log. */
export interface OutgoingDraft {
  /** Our own name for it, where its writer gave it one. */
  readonly id?: string;
  readonly from: Speaker;
  readonly text: string;
  /** Words the customer may tap instead of typing. */
  readonly suggestions: readonly string[];
  readonly attachments: readonly Attachment[];
}

/** What we say, as kept in the log and handed to a channel. */
export interface OutgoingMessage extends OutgoingDraft {
  /** Place in the log: grows with every message, in or out. */
  readonly seq: number;
  readonly conversation: ConversationId;
  /** How often a channel has tried to send it before. */
  readonly attempts: number;
  /** `channelData` of the customer's latest message: where they can be reached now. */
  readonly channelData?: unknown;
  /** `channelData` of the customer's message that it answers, where it answers one. */
  readonly answeredData?: unknown;
}

/** What a customer did to a message afterwards; it is noted, and not answered again. */
export interface MessageChange {
  readonly kind: 'edited' | 'deleted';
  /** What it says now; empty when deleted. */
  readonly text: string;
  /** ISO 8601 */
  readonly at: string;
}

/** One line of the log of a conversation, in or out. */
export interface LoggedMessage extends OutgoingDraft {
  readonly seq: number;
  readonly conversation: ConversationId;
  /** The platform's id for a message that came in, our own for one that went out. */
  readonly id: string;
  /** ISO 8601 */
  readonly at: string;
  readonly channelData?: unknown;
  /** Of what came in: the latest thing that was done to it. */
  readonly changed?: MessageChange;
  /** Of the bot's words in a turn: seq of the customer's latest message that they answer. */
  readonly answers?: number;
  /** Of what goes out: how far it has come. */
  readonly delivery?: Delivery;
}

/** queued: on its way. sent: the channel took it at `at` (ISO 8601). given_up: it will not arrive, for the reason given. */
export interface Delivery {
  readonly state: 'queued' | 'sent' | 'given_up';
  readonly at?: string;
  readonly error?: string;
}
