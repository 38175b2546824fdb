import type { Clock } from '../../core/clock.ts';
import type { DeskDirectory } from '../../core/desk.ts';
import { RefusedError } from '../../core/errors.ts';
import type { SlackConnection } from './connection.ts';

/** A channel that is not there for us is looked up again after so long, however many tickets wait for it; in ms. */
const AGAIN = 30_000;

interface LookUp {
  readonly at: number;
  readonly found: Promise<string>;
  refused: boolean;
}

/** The desks' channels, as desks.yml names them and as Slack knows them. */
export function createChannels({
  directory,
  slack,
  clock,
  tell,
}: {
  readonly directory: DeskDirectory;
  readonly slack: Pick<SlackConnection, 'findChannel' | 'explain'>;
  readonly clock: Clock;
  /** One sentence for whoever looks after the program. */
  readonly tell: (line: string) => void;
}) {
  /** All by the name in desks.yml. */
  const lookUps = new Map<string, LookUp>();
  const ids = new Map<string, string>();
  const told = new Map<string, string>();

  const nameOf = (desk: string): string | undefined => directory.desks().find(({ id }) => id === desk)?.slack_channel;

  function lookUp(name: string): Promise<string> {
    const now = clock.now().getTime();
    const before = lookUps.get(name);
    if (before !== undefined && (!before.refused || now - before.at < AGAIN)) return before.found;
    const begun: LookUp = { at: now, found: find(name), refused: false };
    lookUps.set(name, begun);
    begun.found.catch((error: unknown) => {
      // That nobody answered says nothing about the channel.
      if (error instanceof RefusedError) begun.refused = true;
      else lookUps.delete(name);
    });
    return begun.found;
  }

  async function find(name: string): Promise<string> {
    const found = await slack.findChannel(name);
    if (found === null) throw new RefusedError('channel_not_found', name);
    ids.set(name, found.id);
    if (!found.member) throw new RefusedError('not_in_channel', name);
    told.delete(name);
    return found.id;
  }

  return {
    /** Null for a desk without a channel. Throws RefusedError, UnreachableError. */
    async of(desk: string): Promise<string | null> {
      const name = nameOf(desk);
      return name === undefined ? null : lookUp(name);
    },

    has: (channel: string): boolean => [...ids.values()].includes(channel),

    /** Says once what is wrong and what to do. */
    refused(desk: string, { code }: RefusedError): void {
      const name = nameOf(desk) ?? desk;
      // It was there before: we may have been sent out of it.
      if (lookUps.get(name)?.refused === false) lookUps.delete(name);
      if (told.get(name) === code) return;
      told.set(name, code);
      tell(slack.explain(code, name));
    },
  };
}
