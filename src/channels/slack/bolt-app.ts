import { App, type Receiver } from '@slack/bolt';
import type { Log } from '../../core/log.ts';
import { clientOptions } from './call.ts';
import { KEPT, RETRIED } from './delivery.ts';
import type { Identity } from './identity.ts';
import { quietLogger } from './quiet-logger.ts';

/** What comes in, once it is bolt's: a body and whether it is a repetition. */
export interface AppDeps {
  readonly botToken: string;
  readonly apiUrl: string | undefined;
  readonly receiver: Receiver;
  readonly log: Log;
  readonly identity: () => Identity | null;
  /** Keeps an event's message; a throw makes Slack deliver it again. */
  readonly keep: (body: unknown, retried: boolean) => Promise<void>;
}

/** Bolt's app. What a customer said is kept first, then Slack is told, then everybody else listens. */
export function createApp(deps: AppDeps): App {
  const { botToken, log, identity } = deps;
  const app = new App({
    receiver: deps.receiver,
    clientOptions: clientOptions(deps.apiUrl, log),
    logger: quietLogger(log),
    // Ours: bolt would ask Slack with the first event, and give the event up where Slack does not answer.
    authorize: () => {
      const known = identity();
      return Promise.resolve({
        botToken,
        ...(known === null ? {} : { botUserId: known.userId, teamId: known.team }),
        ...(known?.botId === undefined ? {} : { botId: known.botId }),
      });
    },
    ignoreSelf: false,
    convoStore: false,
  });
  app.use(async (args) => {
    if ('event' in args) {
      await deps.keep(args.body, args.context[RETRIED] === true);
      (args.context[KEPT] as () => void)();
    }
    await args.next();
  });
  app.error((error) => Promise.reject(error));
  return app;
}
