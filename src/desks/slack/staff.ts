import type { AgentEntry, DeskDirectory } from '../../core/desk.ts';
import { messageOf, RefusedError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { SlackConnection } from './connection.ts';
import { unknownAgent } from './home.ts';
import { escape } from './text.ts';

/** Where an agent looks, so that only they read what we tell them there. */
export interface Spot {
  readonly channel: string;
  readonly thread: string | null;
}

/** Who works here, and how to tell one of them something. */
export function createStaff({
  directory,
  slack,
  log,
}: {
  readonly directory: DeskDirectory;
  readonly slack: Pick<SlackConnection, 'call'>;
  readonly log: Log;
}) {
  const find = (user: string): AgentEntry | null => directory.agents().find((agent) => agent.slack === user) ?? null;

  /** Seen by that person alone: at the spot, else in their own conversation with the app. Never throws. */
  async function tell(user: string, spot: Spot | null, words: string): Promise<void> {
    const lane = `told:${user}`;
    try {
      if (spot === null) throw new RefusedError('no-spot', '');
      const place = { channel: spot.channel, ...(spot.thread !== null && { thread_ts: spot.thread }) };
      await slack.call('chat.postEphemeral', { ...place, user, text: words }, { lane });
    } catch (error) {
      if (!(error instanceof RefusedError)) return log.warn({ error: messageOf(error) }, 'an agent could not be told');
      await slack
        .call('chat.postMessage', { channel: user, text: words, unfurl_links: false }, { lane })
        .catch((again: unknown) => log.warn({ error: messageOf(again) }, 'an agent could not be told'));
    }
  }

  return {
    find,
    tell,

    /** Does what an agent asked for; whoever may not, or was refused, is told why. Gives null then. */
    async serve<T>(user: string, spot: Spot | null, work: (agent: AgentEntry) => Promise<T>): Promise<T | null> {
      const agent = find(user);
      if (agent === null) {
        await tell(user, spot, escape(unknownAgent(user)));
        return null;
      }
      try {
        return await work(agent);
      } catch (error) {
        const refused = error instanceof RefusedError;
        if (!refused) log.error({ agent: agent.number, error: messageOf(error) }, 'what an agent asked for failed');
        await tell(
          user,
          spot,
          escape(refused ? `⚠️ ${error.message}` : '⚠️ 出错了，没有完成。请稍后再试，或到网页坐席台操作。'),
        );
        return null;
      }
    },
  };
}

export type Staff = ReturnType<typeof createStaff>;
