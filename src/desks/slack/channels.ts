import type { DeskDirectory } from '../../core/desk.ts';
import { RefusedError } from '../../core/errors.ts';
import type { SlackConnection } from './connection.ts';

/** The desks' channels, as desks.yml names them and as Slack knows them. */
export function createChannels({
  directory,
  slack,
  tell,
}: {
  readonly directory: DeskDirectory;
  readonly slack: Pick<SlackConnection, 'findChannel' | 'explain'>;
  /** One sentence for whoever looks after the program. */
  readonly tell: (line: string) => void;
}) {
  /** By the name in desks.yml. What is wrong is asked again each time: it may have been put right. */
  const known = new Map<string, string>();
  const told = new Set<string>();

  const nameOf = (desk: string): string | undefined => directory.desks().find(({ id }) => id === desk)?.slack_channel;

  return {
    /** Null for a desk without a channel. */
    async of(desk: string): Promise<string | null> {
      const name = nameOf(desk);
      if (name === undefined) return null;
      const kept = known.get(name);
      if (kept !== undefined) return kept;
      const found = await slack.findChannel(name);
      if (found === null) throw new RefusedError('channel_not_found', name);
      if (!found.member) throw new RefusedError('not_in_channel', name);
      known.set(name, found.id);
      for (const sentence of told) if (sentence.startsWith(`${name} `)) told.delete(sentence);
      return found.id;
    },

    has: (channel: string): boolean => [...known.values()].includes(channel),

    /** Says once what is wrong and what to do; the channel is looked up anew. */
    refused(desk: string, error: RefusedError): void {
      const name = nameOf(desk) ?? desk;
      known.delete(name);
      const about = `${name} ${error.code}`;
      if (told.has(about)) return;
      told.add(about);
      tell(slack.explain(error.code, name));
    },
  };
}
