import { messageOf, RefusedError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Call } from './call.ts';
import { explain } from './explain.ts';

/** What the app must be allowed to do; the manifest in docs/slack.md asks for the same. */
export const SCOPES = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'mpim:history',
  'mpim:read',
  'users:read',
] as const;

export interface Identity {
  readonly team: string;
  readonly userId: string;
  readonly botId: string | undefined;
}

export interface Identities {
  /** Null until Slack has answered once. */
  current(): Identity | null;
  /** Asks Slack who we are: also the way to see whether it is there. Each problem is told once while it lasts. */
  ask(): Promise<'known' | 'refused' | 'unreachable'>;
}

export function createIdentities(deps: {
  readonly call: Call;
  readonly log: Log;
  readonly apiUrl: string;
  readonly tell: (line: string) => void;
}): Identities {
  let identity: Identity | null = null;
  let told = '';

  function tellOnce(sentence: string): void {
    if (sentence !== told && sentence !== '') deps.tell(sentence);
    told = sentence;
  }

  return {
    current: () => identity,
    async ask() {
      try {
        const answer = await deps.call('auth.test', {}, { lane: 'auth.test' });
        const { team_id: team, user_id: userId, bot_id: botId } = answer as Record<string, string | undefined>;
        if (team && userId) identity = { team, userId, botId };
        const missing = missingScopes(answer);
        tellOnce(missing === '' ? '' : explain('missing_scope', missing));
        return 'known';
      } catch (error) {
        const refused = error instanceof RefusedError;
        deps.log.warn({ error: messageOf(error) }, 'slack: nobody tells us who we are');
        tellOnce(refused ? explain(error.code, 'SLACK_BOT_TOKEN') : explain('unreachable', deps.apiUrl));
        return refused ? 'refused' : 'unreachable';
      }
    },
  };
}

/** Slack names the token's scopes with every answer; where it does not, there is nothing to say. */
function missingScopes(answer: Readonly<Record<string, unknown>>): string {
  const { scopes } = (answer['response_metadata'] ?? {}) as { scopes?: unknown };
  if (!Array.isArray(scopes)) return '';
  return SCOPES.filter((scope) => !scopes.includes(scope)).join(', ');
}
