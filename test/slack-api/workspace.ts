import { randomUUID } from 'node:crypto';

export interface KeptMessage {
  readonly ts: string;
  readonly user: string;
  readonly bot_id?: string;
  readonly thread_ts?: string;
  readonly subtype?: string;
  text: string;
  readonly metadata?: { event_type: string; event_payload: Record<string, unknown> };
  readonly blocks?: unknown[];
  readonly files?: KeptFile[];
  latest_reply?: string;
  reply_count?: number;
  edited?: { user: string; ts: string };
  /** ms of the monotonic clock, when it was posted. */
  readonly arrived: number;
  /** Everything the call said. */
  readonly args: Record<string, unknown>;
}
export interface KeptFile {
  readonly id: string;
  readonly name: string;
  title: string;
  readonly mimetype: string;
  readonly size: number;
  readonly url_private_download: string;
  bytes: Buffer;
}
export interface KeptChannel {
  readonly id: string;
  readonly name: string;
  readonly is_im: boolean;
  is_member: boolean;
  is_archived: boolean;
  readonly messages: KeptMessage[];
}

export const TEAM = 'T0FREIGHT';
export const BOT_USER = 'U0BOT';
export const BOT = 'B0BOT';
export const BOT_TOKEN = 'xoxb-loopback';
export const APP_TOKEN = 'xapp-loopback';
export const SECRET = 'a-signing-secret-of-the-loopback';

/** The state of one Slack workspace, with our app installed. */
export interface Workspace {
  readonly channels: Map<string, KeptChannel>;
  readonly files: Map<string, KeptFile>;
  readonly names: Map<string, string>;
  readonly views: { method: string; args: Record<string, unknown> }[];
  channel(id: string, given?: Partial<KeptChannel>): KeptChannel;
  post(channel: string, message: Partial<KeptMessage> & { readonly user: string; readonly text: string }): KeptMessage;
  nextTs(): string;
}

export function createWorkspace(now: () => number): Workspace {
  let last = 0;
  const workspace: Workspace = {
    channels: new Map(),
    files: new Map(),
    names: new Map(),
    views: [],
    channel(id, given = {}) {
      const known = workspace.channels.get(id);
      if (known) return Object.assign(known, given);
      const direct = id.startsWith('D');
      const made = {
        id,
        name: id.toLowerCase(),
        is_im: direct,
        is_member: true,
        is_archived: false,
        messages: [],
        ...given,
      };
      workspace.channels.set(id, made);
      return made;
    },
    nextTs() {
      last = Math.max(last + 1, Math.floor(now() * 1000));
      return (last / 1_000_000).toFixed(6);
    },
    post(channel, { user, text, ...rest }) {
      const { messages } = workspace.channel(channel);
      const message: KeptMessage = {
        args: {},
        arrived: performance.now(),
        ts: workspace.nextTs(),
        user,
        text,
        ...rest,
      };
      messages.push(message);
      const root = messages.find(({ ts }) => ts === message.thread_ts);
      if (root)
        Object.assign(root, { thread_ts: root.ts, latest_reply: message.ts, reply_count: (root.reply_count ?? 0) + 1 });
      return message;
    },
  };
  return workspace;
}

export const newFileId = (): string => `F${randomUUID().slice(0, 8).toUpperCase()}`;
