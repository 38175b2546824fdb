import type { App, types } from '@slack/bolt';
import type { AttachmentKind } from '../../core/message.ts';

export type Block = types.KnownBlock;
export type View = types.View;
export type ModalView = types.ModalView;

/** What the desk needs of the program's one Slack app. */
export interface SlackConnection {
  readonly app: Pick<App, 'action' | 'view' | 'command' | 'shortcut' | 'event'>;
  /** Throws RefusedError (its code is Slack's error) or UnreachableError. Messages of a lane leave in order, paced. */
  call(
    method: string,
    args: Readonly<Record<string, unknown>>,
    options: { readonly lane: string },
  ): Promise<Readonly<Record<string, unknown>>>;
  download(file: SlackFile): Promise<{
    readonly name: string;
    readonly kind: AttachmentKind;
    readonly contentType: string;
    readonly bytes: Uint8Array;
  }>;
  /** Posts files into a thread; gives their ids. */
  upload(
    to: { readonly channel: string; readonly thread?: string | undefined },
    files: readonly { readonly name: string; readonly title?: string; readonly bytes: Uint8Array }[],
  ): Promise<readonly string[]>;
  /** True from the handler: the message is the desk's, and all of it is kept. */
  onThreadMessage(handler: (message: ThreadMessage) => Promise<boolean>): () => void;
  /** Threads whose missed messages are to be fetched too. */
  alsoCatchUp(threads: () => Promise<readonly { readonly channel: string; readonly thread: string }[]>): void;
  /** By `#name` or id; null where we cannot see it. */
  findChannel(nameOrId: string): Promise<{ readonly id: string; readonly member: boolean } | null>;
  /** What a refusal means and what to do, in Chinese and English. */
  explain(code: string, subject: string): string;
}

export interface SlackFile {
  readonly id: string;
  readonly name: string;
  /** bytes */
  readonly size: number;
  readonly url: string;
}

/** What a person wrote, changed or took away in a channel. With `channel`, `ts` is its identity. */
export interface ThreadMessage {
  readonly kind: 'new' | 'edited' | 'deleted';
  readonly channel: string;
  readonly thread: string | null;
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly files: readonly SlackFile[];
}
