import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { App } from '@slack/bolt';
import type { Receiver } from '@slack/bolt';
import { RefusedError, UnreachableError } from '../../../src/core/errors.ts';
import type { Block, SlackConnection, ThreadMessage } from '../../../src/desks/slack/connection.ts';

/** A message as Slack keeps it. */
export interface Kept {
  readonly channel: string;
  readonly ts: string;
  readonly thread: string | null;
  text: string;
  blocks: readonly Block[];
  edits: number;
  readonly metadata:
    { readonly event_type: string; readonly event_payload: Readonly<Record<string, unknown>> } | undefined;
  readonly files: readonly { readonly id: string; readonly name: string }[];
}
export interface Ephemeral {
  readonly channel: string;
  readonly user: string;
  readonly text: string;
}
const words = (value: unknown): string => (typeof value === 'string' ? value : '');
type Args = Readonly<Record<string, unknown>>;
type Values = Readonly<Record<string, unknown>>;

/** The far side of Slack behind the platform's connection: keeps messages, opens views, delivers clicks to the real bolt app. */
export interface FarSide {
  readonly connection: SlackConnection;
  readonly messages: Kept[];
  readonly ephemerals: Ephemeral[];
  readonly views: { user: string; view: Record<string, unknown> }[];
  readonly calls: { method: string; args: Args }[];
  readonly told: string[];
  readonly channels: Map<string, { id: string; member: boolean }>;
  /** Called for each call: `lost` does the work and loses the answer, `down` does nothing; a RefusedError is Slack's. */
  trouble: (method: string, args: Args) => 'lost' | 'down' | RefusedError | null;
  click(user: string, action: string, message?: Kept): Promise<unknown[]>;
  press(user: string, action: string, value: string): Promise<unknown[]>;
  /** Fills in the modal opened last. */
  submit(user: string, values: Values): Promise<unknown[]>;
  command(user: string, command: string, text: string): Promise<Record<string, unknown>[]>;
  shortcut(user: string, text: string): Promise<unknown[]>;
  home(user: string): Promise<void>;
  say(message: Partial<ThreadMessage> & Pick<ThreadMessage, 'channel' | 'user' | 'text'>): Promise<boolean>;
  /** What only this person has been told. */
  toldTo(user: string): string[];
  /** Messages of a thread, its first one included. */
  thread(root: Kept): Kept[];
}

export function createFarSide(): FarSide {
  let app: App | undefined;
  const receiver: Receiver = {
    init: (given) => void (app = given),
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
  const handlers = new Set<(message: ThreadMessage) => Promise<boolean>>();
  let clock = 1_795_400_000;
  const next = (): string => `${(clock += 1)}.000100`;
  let lastTs = 0;

  const far: FarSide = {
    messages: [],
    ephemerals: [],
    views: [],
    calls: [],
    told: [],
    trouble: () => null,
    channels: new Map([
      ['#payments', { id: 'CPAY', member: true }],
      ['#claims', { id: 'CCLAIMS', member: true }],
    ]),
    connection: {
      app: new App({
        receiver,
        authorize: () => Promise.resolve({ botToken: 'xoxb-1', botId: 'B1', botUserId: 'UBOT' }),
      }),
      async call(method, args) {
        await Promise.resolve();
        far.calls.push({ method, args });
        const trouble = far.trouble(method, args);
        if (trouble === 'down') throw new UnreachableError('connection refused', { retryAfter: 1 });
        if (trouble instanceof RefusedError) throw trouble;
        const answer = carryOut(method, args);
        if (trouble === 'lost') throw new UnreachableError('the answer was lost', { retryAfter: 1 });
        return { ok: true, ...answer };
      },
      download: (file) =>
        Promise.resolve({ name: file.name, kind: 'image', contentType: 'image/png', bytes: Uint8Array.of(1, 2, 3) }),
      async upload({ channel, thread }, files) {
        await Promise.resolve();
        far.calls.push({ method: 'upload', args: { channel, thread } });
        const kept = files.map(({ name }, index) => ({ id: `F${far.messages.length}${index}`, name }));
        const trouble = far.trouble('upload', { channel });
        if (trouble === 'down') throw new UnreachableError('connection refused', { retryAfter: 1 });
        post({ channel, thread_ts: thread, text: '', files: kept });
        if (trouble === 'lost') throw new UnreachableError('the answer was lost', { retryAfter: 1 });
        return kept.map(({ id }) => id);
      },
      onThreadMessage(handler) {
        handlers.add(handler);
        return () => void handlers.delete(handler);
      },
      alsoCatchUp: () => {},
      findChannel: (name) => Promise.resolve(far.channels.get(name) ?? null),
      explain: (code, subject) => `${subject}: ${code}`,
    },
    toldTo: (user) => [
      ...far.ephemerals.filter((one) => one.user === user).map(({ text }) => text),
      ...far.messages.filter(({ channel }) => channel === user).map(({ text }) => text),
    ],
    thread: (root) =>
      far.messages.filter(({ channel, ts, thread }) => channel === root.channel && (thread ?? ts) === root.ts),

    async click(user, action, message = far.messages[0]!) {
      const found = elementsOf(message.blocks).find(({ action_id }) => action_id === action);
      if (!found) throw new Error(`no button ${action}`);
      return deliver({ ...tapped(user, action, String(found['value'])), ...placed(message) });
    },
    press: (user, action, value) => deliver(tapped(user, action, value)),
    async submit(user, values) {
      const view = far.views.at(-1)!.view;
      const id = `V${far.views.length}`;
      return deliver({
        type: 'view_submission',
        team: { id: 'T1' },
        user: { id: user },
        view: {
          ...view,
          id,
          state: {
            values: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value: cell(value) }])),
          },
        },
      });
    },
    async command(user, command, text) {
      const answers: Record<string, unknown>[] = [];
      const server = createServer((request, response) => {
        void buffer(request).then((body) => {
          answers.push(JSON.parse(body.toString('utf8')) as Record<string, unknown>);
          response.end('ok');
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const asked = { text, user_id: user, team_id: 'T1', channel_id: 'CX', trigger_id: 't' };
      await deliver({ command, ...asked, response_url: `http://127.0.0.1:${port}/` });
      server.closeAllConnections();
      server.close();
      return answers;
    },
    shortcut: (user, text) =>
      deliver({
        type: 'message_action',
        callback_id: 'ticket.create',
        trigger_id: 't',
        team: { id: 'T1' },
        user: { id: user },
        channel: { id: 'CX', name: 'random' },
        message: { ts: '1.2', text },
      }),
    async home(user) {
      await deliver({
        type: 'event_callback',
        team_id: 'T1',
        event: { type: 'app_home_opened', user, tab: 'home', channel: 'D1' },
      });
    },
    async say(message) {
      const whole = { kind: 'new' as const, thread: null, ts: next(), files: [], ...message };
      for (const handler of handlers) if (await handler(whole)) return true;
      return false;
    },
  };

  const tapped = (user: string, action: string, value: string) => ({
    type: 'block_actions',
    team: { id: 'T1' },
    user: { id: user },
    trigger_id: 't',
    actions: [{ type: 'button', action_id: action, value, block_id: 'b' }],
  });
  const placed = ({ channel, ts, thread }: Kept) => ({
    channel: { id: channel },
    container: { type: 'message', channel_id: channel, message_ts: ts },
    message: { ts, ...(thread !== null && { thread_ts: thread }) },
  });
  const cell = (value: unknown): unknown =>
    typeof value === 'string' ? { value, selected_option: { value } } : { files: value };

  /** Gives what was acknowledged, in order. */
  async function deliver(body: Record<string, unknown>): Promise<unknown[]> {
    const acks: unknown[] = [];
    await app!.processEvent({ body, ack: (given) => Promise.resolve(void acks.push(given)) });
    return acks;
  }

  function post(args: Args): Kept {
    lastTs += 1;
    const kept: Kept = {
      channel: String(args['channel']),
      ts: `17954${String(lastTs).padStart(5, '0')}.000200`,
      thread: typeof args['thread_ts'] === 'string' ? args['thread_ts'] : null,
      ...shown(args),
      edits: 0,
      metadata: args['metadata'] as Kept['metadata'],
      files: (args['files'] ?? []) as Kept['files'],
    };
    far.messages.push(kept);
    return kept;
  }

  function carryOut(method: string, args: Args): Record<string, unknown> {
    switch (method) {
      case 'chat.postMessage': {
        const { channel, ts } = post(args);
        return { channel, ts };
      }
      case 'chat.update': {
        const found = far.messages.find(({ channel, ts }) => channel === args['channel'] && ts === args['ts']);
        if (!found) throw new RefusedError('message_not_found', 'message_not_found');
        Object.assign(found, shown(args), { edits: found.edits + 1 });
        return { ts: found.ts };
      }
      case 'chat.postEphemeral':
        far.ephemerals.push({
          channel: String(args['channel']),
          user: String(args['user']),
          text: String(args['text']),
        });
        return {};
      case 'views.open':
      case 'views.publish':
        far.views.push({ user: words(args['user_id']), view: args['view'] as Record<string, unknown> });
        return {};
      case 'conversations.history':
      case 'conversations.replies': {
        const all = far.messages.filter(({ channel }) => channel === args['channel']);
        const found = all.filter(({ ts, thread }) =>
          args['ts'] === undefined ? thread === null : (thread ?? ts) === args['ts'],
        );
        return { messages: found.map(({ ts, text, metadata, files }) => ({ ts, text, metadata, files })) };
      }
      default:
        throw new Error(`the far side knows no ${method}`);
    }
  }
  return far;
}

function shown(args: Args): { text: string; blocks: readonly Block[] } {
  const attachments = (args['attachments'] ?? []) as { blocks: Block[] }[];
  const blocks = [...((args['blocks'] ?? []) as Block[]), ...attachments.flatMap((one) => one.blocks)];
  return { text: words(args['text']), blocks };
}

/** Buttons of a message: in rows of actions, and beside sections. */
export function elementsOf(blocks: readonly Block[]): Record<string, unknown>[] {
  return (blocks as readonly { type: string; elements?: unknown; accessory?: unknown }[]).flatMap((block) => {
    const found = block.type === 'actions' ? (block.elements as unknown[]) : [block.accessory];
    return found.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null);
  });
}

/** All words of a message, as Slack would be given them. */
export const wordsOf = (message: { text?: string; blocks?: unknown }): string =>
  JSON.stringify([message.text, message.blocks]);
