import { APP_TOKEN, BOT, BOT_TOKEN, BOT_USER, type KeptMessage, newFileId, TEAM, type Workspace } from './workspace.ts';

export type Args = Record<string, unknown>;
export interface Answer {
  readonly ok: boolean;
  readonly error?: string;
  readonly [key: string]: unknown;
}
type Method = (
  args: Args,
  at: { readonly workspace: Workspace; readonly url: string; readonly socketUrl: () => string },
) => Answer;

const refuse = (error: string): Answer => ({ ok: false, error });
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What the Web API methods do to the workspace, for those that we or the desk call. */
const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': () => ({ ok: true, team_id: TEAM, user_id: BOT_USER, bot_id: BOT, url: 'https://freight.slack.com/' }),
  'apps.connections.open': (_, { socketUrl }) => ({ ok: true, url: socketUrl() }),

  'chat.postMessage': (args, { workspace }) => {
    const channel = workspace.channels.get(text(args['channel']));
    if (!channel) return refuse('channel_not_found');
    if (channel.is_archived) return refuse('is_archived');
    if (!channel.is_member) return refuse('not_in_channel');
    if (text(args['text']).length > 40_000) return refuse('msg_too_long');
    const message = workspace.post(channel.id, {
      user: BOT_USER,
      bot_id: BOT,
      text: text(args['text']),
      args,
      ...(args['thread_ts'] ? { thread_ts: text(args['thread_ts']) } : {}),
      ...(args['metadata'] ? { metadata: args['metadata'] as NonNullable<KeptMessage['metadata']> } : {}),
      ...(args['blocks'] ? { blocks: args['blocks'] as unknown[] } : {}),
    });
    return { ok: true, channel: channel.id, ts: message.ts, message: shown(message, true) };
  },
  'chat.update': (args, { workspace }) => {
    const message = workspace.channels.get(text(args['channel']))?.messages.find(({ ts }) => ts === args['ts']);
    if (!message) return refuse('message_not_found');
    if (message.user !== BOT_USER) return refuse('cant_update_message');
    Object.assign(message, { text: text(args['text']), blocks: args['blocks'] });
    return { ok: true, ts: message.ts };
  },

  'conversations.history': (args, { workspace }) => {
    const channel = workspace.channels.get(text(args['channel']));
    if (!channel) return refuse('channel_not_found');
    if (!channel.is_member) return refuse('not_in_channel');
    const top = channel.messages.filter(({ ts, thread_ts: thread }) => thread === undefined || thread === ts);
    return page([...top].reverse(), args);
  },
  'conversations.replies': (args, { workspace }) => {
    const messages = workspace.channels.get(text(args['channel']))?.messages ?? [];
    const root = messages.find(({ ts }) => ts === args['ts']);
    if (!root) return refuse('thread_not_found');
    const replies = messages.filter(({ ts, thread_ts: thread }) => thread === root.ts && ts !== root.ts);
    const answer = page(replies, args);
    // The first message of the thread is given out whatever was asked for.
    return { ...answer, messages: [shown(root, false), ...(answer['messages'] as unknown[])] };
  },
  'conversations.list': (_, { workspace }) => ({ ok: true, channels: [...workspace.channels.values()].map(listed) }),
  'users.conversations': (_, { workspace }) => ({
    ok: true,
    channels: [...workspace.channels.values()].filter((one) => one.is_member).map(listed),
  }),
  'conversations.info': ({ channel }, { workspace }) => {
    const found = workspace.channels.get(text(channel));
    return found ? { ok: true, channel: listed(found) } : refuse('channel_not_found');
  },
  'conversations.open': ({ users }, { workspace }) => ({
    ok: true,
    channel: listed(workspace.channel(`D${text(users)}`)),
  }),
  'users.info': ({ user }, { workspace }) => {
    const name = workspace.names.get(text(user));
    return name
      ? { ok: true, user: { id: user, name: 'login', profile: { display_name: name } } }
      : refuse('user_not_found');
  },

  'files.getUploadURLExternal': (args, { workspace, url }) => {
    const id = newFileId();
    const name = text(args['filename']);
    const file = { id, name, title: name, mimetype: '', size: Number(args['length']), bytes: Buffer.alloc(0) };
    workspace.files.set(id, { ...file, url_private_download: `${url}/files/${id}` });
    return { ok: true, file_id: id, upload_url: `${url}/upload/${id}` };
  },
  'files.completeUploadExternal': (args, { workspace }) => {
    const given = args['files'] as { id: string; title?: string }[];
    const files = given.flatMap(({ id, title }) => {
      const file = workspace.files.get(id);
      if (file && title) file.title = title;
      return file ? [file] : [];
    });
    const thread = text(args['thread_ts']);
    workspace.post(text(args['channel_id']), {
      user: BOT_USER,
      bot_id: BOT,
      text: '',
      subtype: 'file_share',
      files,
      args,
      ...(thread ? { thread_ts: thread } : {}),
    });
    return { ok: true, files: given };
  },
};
for (const method of [
  'views.open',
  'views.update',
  'views.push',
  'views.publish',
  'chat.postEphemeral',
  'reactions.add',
]) {
  (METHODS as Record<string, Method>)[method] = (args, { workspace }) => {
    workspace.views.push({ method, args });
    return { ok: true, view: { id: `V${workspace.views.length}` } };
  };
}

export function perform(method: string, args: Args, token: string, at: Parameters<Method>[1]): Answer {
  if (token !== (method.startsWith('apps.connections') ? APP_TOKEN : BOT_TOKEN))
    return refuse(token ? 'invalid_auth' : 'not_authed');
  const known = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  return known ? known(args, at) : refuse('unknown_method');
}

function page(messages: readonly KeptMessage[], args: Args): Answer {
  const oldest = text(args['oldest']);
  const latest = text(args['latest']);
  const wanted = messages.filter(({ ts }) => (oldest === '' || ts > oldest) && (latest === '' || ts < latest));
  const limit = Number(args['limit'] ?? 100);
  const from = Number(args['cursor'] ?? 0);
  const next = from + limit < wanted.length ? String(from + limit) : '';
  const whole = args['include_all_metadata'] === 'true';
  return {
    ok: true,
    messages: wanted.slice(from, from + limit).map((message) => shown(message, whole)),
    has_more: next !== '',
    response_metadata: { next_cursor: next },
  };
}

/** A message as Slack gives it out; its metadata only to those who ask for it. */
export function shown(message: KeptMessage, whole: boolean): Record<string, unknown> {
  const { files } = message;
  return {
    type: 'message',
    ...without(message, 'args', 'arrived', 'files', ...(whole ? [] : ['metadata'])),
    ...(files ? { files: files.map((file) => without(file, 'bytes')) } : {}),
  };
}

const listed = (channel: object): object => without(channel, 'messages');

const without = (thing: object, ...keys: string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(thing).filter(([key]) => !keys.includes(key)));
