import type { App } from '@slack/bolt';
import type { Router } from 'express';
import type { Channel } from '../../core/channel.ts';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { AttachmentKind } from '../../core/message.ts';
import type { Store } from '../../core/store.ts';

/** From policies.yml, live. */
export interface SlackLimits {
  /** characters, after normalisation */
  readonly messageLength: number;
  readonly attachmentMb: number;
  readonly attachmentsPerMessage: number;
}

export interface SlackDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: () => SlackLimits;
  /** One sentence for whoever looks after the program. */
  readonly tell: (line: string) => void;
  /** `xoxb-…` */
  readonly botToken: string;
  /** Needed over HTTP; without it (and without an app token) nothing can come in. */
  readonly signingSecret?: string | undefined;
  /** `xapp-…`: Socket Mode instead of HTTP. */
  readonly appToken?: string | undefined;
  /** `https://slack.com/api/` where it is not given. */
  readonly apiUrl?: string | undefined;
  /** ms between two messages in one channel; 1000 where it is not given. */
  readonly paceMs?: number | undefined;
  /** ms between two looks at whether Slack can be reached; 60 000 where it is not given. */
  readonly beatMs?: number | undefined;
  /** ms without a sign of life after which a socket counts as dead; 30 000 where it is not given. */
  readonly silenceMs?: number | undefined;
}

/** A file as an event names it: to be read with `download`. */
export interface SlackFile {
  readonly id: string;
  readonly name: string;
  /** Both as Slack says; only the bytes tell. */
  readonly size: number;
  readonly mimetype: string;
  readonly url: string;
}

/** A file with its bytes; what it is was told from them. */
export interface SlackBytes {
  readonly name: string;
  readonly kind: AttachmentKind;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** What a person did in a channel, where it is not (yet) a customer's conversation. */
export interface ThreadMessage {
  readonly kind: 'new' | 'edited' | 'deleted';
  readonly channel: string;
  /** `ts` of the thread's first message; null at the top level. */
  readonly thread: string | null;
  /** Of the message itself; with `channel` its identity: the same for a repeated delivery, an edit and a deletion. */
  readonly ts: string;
  readonly user: string;
  /** Plain text: no markup, mentions as `@name` where Slack tells one. Empty when deleted. */
  readonly text: string;
  readonly files: readonly SlackFile[];
}

/**
 * True when the message is the desk's: it has kept all of it when the promise resolves, and only then is Slack told.
 * May be called again with the same message. A throw makes Slack deliver it again.
 */
export type ThreadHandler = (message: ThreadMessage) => Promise<boolean>;

/** What Slack answers with `ok: true`. */
export type SlackAnswer = Readonly<Record<string, unknown>>;

/** One Slack app: customers write to it, and a desk may work in it. */
export interface SlackPlatform {
  /** For actions, commands, views, shortcuts and further events of the desk. A listener acks first. */
  readonly app: App;
  /** Customers' conversations; its name is `slack`. */
  readonly channel: Channel;
  /** `POST /slack/events`: events, interactivity and commands; to be mounted at `/` where no body has been read. */
  readonly router: Router;
  /** Says once what is wrong with the set-up, connects, fetches what was missed. Never throws for what Slack does; resolves at once. */
  start(): void;
  stop(): Promise<void>;
  /** Null until Slack has told us who we are. */
  botUserId(): string | null;
  /**
   * The only way anybody talks to Slack. `lane`: what shares a pace and a Retry-After, the channel's id where there is one.
   * Messages of a lane leave in the order of the calls, one a second; what is no message is not paced.
   * Throws RefusedError (its code is Slack's error) or UnreachableError (`retryAfter` where Slack asked us to wait);
   * an UnansweredError is an UnreachableError whose call may have been carried out.
   */
  call(
    method: string,
    args: Readonly<Record<string, unknown>>,
    options: { readonly lane: string },
  ): Promise<SlackAnswer>;
  /** Reads a file with the bot's token. Throws RefusedError (`too-large`, `unsupported-type`, `file-gone`) or UnreachableError. */
  download(file: SlackFile): Promise<SlackBytes>;
  /** Posts files into a channel or thread; gives their ids. Throws as `call`. */
  upload(
    to: { readonly channel: string; readonly thread?: string | undefined },
    files: readonly { readonly name: string; readonly title?: string; readonly bytes: Uint8Array }[],
  ): Promise<readonly string[]>;
  /** Asked about each message in a channel that is no customer's conversation, before a mention makes it one. Gives a way to stop. */
  onThreadMessage(handler: ThreadHandler): () => void;
  /** Threads whose missed messages are to be fetched too, after Slack could not reach us. */
  alsoCatchUp(threads: () => Promise<readonly { readonly channel: string; readonly thread: string }[]>): void;
  /** A channel by `#name` or id: null where we cannot see it. Throws as `call`. */
  findChannel(nameOrId: string): Promise<{ readonly id: string; readonly member: boolean } | null>;
  /** What a refusal means and what to do about it, in Chinese and English: one sentence each. `subject`: e.g. `#freight-claims`. */
  explain(code: string, subject: string): string;
  /** Text that shows exactly these words in Slack: nothing in it pings, formats or disguises a link. */
  escape(text: string): string;
}
