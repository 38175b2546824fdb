import type { App } from '@slack/bolt';
import { z } from 'zod';
import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { chosen, SAY } from './blocks.ts';
import type { Call } from './call.ts';
import { type Heard, timeOf } from './event.ts';
import { escape } from './mrkdwn.ts';

const tapSchema = z.object({
  team: z.object({ id: z.string() }),
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }),
  message: z.object({
    ts: z.string(),
    thread_ts: z.string().nullish(),
    text: z.string().nullish(),
    blocks: z.array(z.unknown()).nullish(),
  }),
  actions: z.array(z.object({ value: z.string(), action_ts: z.string() })).min(1),
});
type Tap = z.infer<typeof tapSchema>;

/** A tapped suggestion is a message of the customer with the button's words. It is kept before it is acknowledged. */
export function listenToTaps(
  app: App,
  deps: { readonly intake: (heard: Heard) => Promise<void>; readonly call: Call; readonly log: Log },
): void {
  app.action(new RegExp(`^${SAY}`), async ({ ack, body }) => {
    const tap = tapSchema.safeParse(body).data;
    if (!tap) return ack();
    await deps.intake(heardIn(tap));
    await ack();
    await takeButtonsOff(tap).catch((error: unknown) => {
      deps.log.warn({ error: messageOf(error) }, 'slack: the buttons stay');
    });
  });

  /** So that nobody taps twice. */
  async function takeButtonsOff({ channel, message, actions }: Tap): Promise<void> {
    const blocks = chosen(message.blocks ?? [], actions[0]?.value ?? '');
    await deps.call(
      'chat.update',
      { channel: channel.id, ts: message.ts, text: message.text ?? '', blocks },
      { lane: 'chat.update' },
    );
  }
}

function heardIn({ team, user, channel, message, actions }: Tap): Heard {
  const [action] = actions;
  const ts = action?.action_ts ?? message.ts;
  return {
    kind: 'new',
    team: team.id,
    channel: channel.id,
    direct: channel.id.startsWith('D'),
    thread: message.thread_ts ?? null,
    ts,
    user: user.id,
    // The button holds plain words, and a message holds markup.
    text: escape(action?.value ?? ''),
    files: [],
    at: timeOf(ts),
  };
}
