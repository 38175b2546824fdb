import { oneLine } from '../words.ts';
import type { Call } from './call.ts';

/** How long a first message waits for its writer's name, in ms. */
const PATIENCE = 500;
const MANY = 5000;

/** The name under which a person is known in Slack, or undefined where it cannot be had at once. */
export type NameOf = (user: string) => Promise<string | undefined>;

export function createNames(call: Call): NameOf {
  const names = new Map<string, Promise<string | undefined>>();

  async function ask(user: string): Promise<string | undefined> {
    try {
      const answer = (await call('users.info', { user }, { lane: 'names' })) as {
        user?: { real_name?: string; name?: string; profile?: { display_name?: string } };
      };
      const { profile, real_name: realName, name } = answer.user ?? {};
      return oneLine(profile?.display_name || realName || name || '', 50) || undefined;
    } catch {
      // A name is a courtesy: without it the message counts just as much, and the next one asks again.
      names.delete(user);
      return undefined;
    }
  }

  return (user) => {
    if (names.size >= MANY) names.clear();
    const asked = names.get(user) ?? ask(user);
    names.set(user, asked);
    const tired = new Promise<undefined>((resolve) => void setTimeout(() => resolve(undefined), PATIENCE).unref());
    return Promise.race([asked, tired]);
  };
}
