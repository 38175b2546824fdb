import { createHmac } from 'node:crypto';
import { shown } from './methods.ts';
import { BOT_USER, SECRET, TEAM, type KeptMessage } from './workspace.ts';

/** What Slack's server sends: the body and the headers that vouch for it. */
export interface Signed {
  readonly body: string;
  readonly headers: Record<string, string>;
}

export function signed(body: string, options: { secret?: string; at: number; type?: string; retry?: number }): Signed {
  const timestamp = String(Math.floor(options.at / 1000));
  const mac = createHmac('sha256', options.secret ?? SECRET)
    .update(`v0:${timestamp}:${body}`)
    .digest('hex');
  return {
    body,
    headers: {
      'content-type': options.type ?? 'application/json',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${mac}`,
      ...(options.retry ? { 'x-slack-retry-num': String(options.retry), 'x-slack-retry-reason': 'http_timeout' } : {}),
    },
  };
}

let events = 0;

export function envelope(event: object, id = `Ev${(events += 1)}`): Record<string, unknown> {
  return {
    type: 'event_callback',
    team_id: TEAM,
    api_app_id: 'A0APP',
    event_id: id,
    event_time: 1_795_000_000,
    authorizations: [
      { enterprise_id: null, team_id: TEAM, user_id: BOT_USER, is_bot: true, is_enterprise_install: false },
    ],
    event,
  };
}

/** The event that tells of a message of the workspace. */
export function messageEvent(channel: string, message: KeptMessage, type = 'message'): Record<string, unknown> {
  return {
    ...shown(message, true),
    type,
    channel,
    ...(type === 'message' ? { channel_type: channel.startsWith('D') ? 'im' : 'channel' } : {}),
    event_ts: message.ts,
  };
}

/** A person taps a button of a message. */
export function tapBody(user: string, channel: string, message: KeptMessage, action: object, ts: string): string {
  const { ts: messageTs, thread_ts: thread, text, blocks } = message;
  const payload = {
    type: 'block_actions',
    team: { id: TEAM },
    user: { id: user, team_id: TEAM },
    channel: { id: channel, name: 'directmessage' },
    message: { type: 'message', ts: messageTs, ...(thread ? { thread_ts: thread } : {}), text, blocks },
    actions: [{ ...action, action_ts: ts }],
    response_url: 'http://127.0.0.1:9/never',
    trigger_id: 'trigger',
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}
