import { z } from 'zod';
import type { Spot } from './staff.ts';

/** The parts of Slack's interaction payloads that we read. */
const click = z.object({
  user: z.object({ id: z.string() }),
  trigger_id: z.string().optional(),
  container: z
    .object({
      channel_id: z.string().optional(),
      message_ts: z.string().optional(),
      thread_ts: z.string().optional(),
    })
    .optional(),
  channel: z.object({ id: z.string() }).optional(),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional() })).min(1),
});

export interface Click {
  readonly user: string;
  readonly trigger: string | null;
  readonly value: string;
  /** The thread of the card, or null where the button stood elsewhere. */
  readonly spot: Spot | null;
}

export function readClick(body: unknown): Click {
  const { user, trigger_id, container, channel, message, actions } = click.parse(body);
  const where = channel?.id ?? container?.channel_id;
  const thread = message?.thread_ts ?? container?.thread_ts ?? message?.ts ?? container?.message_ts ?? null;
  return {
    user: user.id,
    trigger: trigger_id ?? null,
    value: actions[0]?.value ?? '',
    spot: where === undefined ? null : { channel: where, thread },
  };
}

const submission = z.object({
  user: z.object({ id: z.string() }),
  view: z.object({
    id: z.string(),
    private_metadata: z.string().default(''),
    state: z.object({ values: z.unknown() }).optional(),
  }),
});

export function readSubmission(body: unknown) {
  const { user, view } = submission.parse(body);
  return { user: user.id, view: view.id, about: view.private_metadata, values: view.state?.values };
}

const shortcut = z.object({
  user: z.object({ id: z.string() }),
  trigger_id: z.string(),
  channel: z.object({ id: z.string(), name: z.string().optional() }),
  message: z.object({ ts: z.string(), text: z.string().default('') }),
});

/** 转为工单 on a message. */
export function readShortcut(body: unknown) {
  const { user, trigger_id, channel, message } = shortcut.parse(body);
  const name = channel.name === undefined || channel.name === 'directmessage' ? '私信' : `#${channel.name}`;
  return {
    user: user.id,
    trigger: trigger_id,
    spot: { channel: channel.id, thread: null },
    source: `Slack ${name} 消息 ${message.ts}`,
    text: readable(message.text),
  };
}

/** Slack's markup as people read it. */
export function readable(text: string): string {
  return text
    .replace(/<[@#!]([^>|]+)\|([^>]+)>/g, '@$2')
    .replace(/<[@#!]([^>|]+)>/g, '@$1')
    .replace(/<([^>|]+)\|([^>]+)>/g, '$2 ($1)')
    .replace(/<([^>]+)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
