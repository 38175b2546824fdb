import express, { type Router } from 'express';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Channel, Receive } from '../../core/channel.ts';
import type { Clock } from '../../core/clock.ts';
import type { Coordination } from '../../core/coordination.ts';
import type { Log } from '../../core/log.ts';
import { conversationId, keyOf, type ConversationId } from '../../core/message.ts';
import type { Store } from '../../core/store.ts';
import { spoken } from './activity.ts';
import { DirectLineAdapter, sendFrom } from './adapter.ts';
import { linksFrom } from './attachment.ts';
import { type BotFrameworkCredentials, createBotFramework } from './botframework.ts';
import { createDirectLine } from './directline.ts';
import { answerFailure } from './failure.ts';
import type { WebchatLimits } from './limits.ts';
import { createPost } from './posting.ts';
import { createStreams } from './stream.ts';
import { createInvitations } from './invitation.ts';
import { createPasses, newSecret } from './token.ts';

export interface WebchatDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly coordination: Coordination;
  /** Read at each message, so that an edit of the policies is live. */
  readonly limits: () => WebchatLimits;
  /** New conversations a minute from one address; 600 by default. */
  readonly opensPerMinute?: number;
  /** MicrosoftAppId and its companions, as in the environment; without an app id `/api/messages` serves this machine only. */
  readonly botFramework?: BotFrameworkCredentials;
}

export interface Webchat {
  /** `webchat` (Direct Line: the customer page) and `botframework` (`/api/messages`). */
  readonly channels: readonly [Channel, Channel];
  /** To be mounted at `/` of an express 5 app that has not read the bodies: `/v3/directline/…` and `/api/messages`. */
  readonly router: Router;
  /** A conversation of the page for one person who wrote elsewhere: its id, its user, and the one-time query of the page's address. */
  invite(
    this: void,
    person: { readonly id: string; readonly name?: string },
  ): { conversation: ConversationId; user: string; query: string };
  /** For the HTTP server's `upgrade` event: true when the socket is taken. */
  upgrade(this: void, request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
}

export async function createWebchat(deps: WebchatDeps): Promise<Webchat> {
  const { store, clock, log, coordination, limits } = deps;
  const secret = await store.settingOnce('webchat.secret', newSecret());
  const passes = createPasses(secret, clock);
  const invitations = createInvitations(secret, store, clock);
  const streams = createStreams({ store, clock, log, passes });
  const adapter = new DirectLineAdapter((key) => streams.look(key));
  let receive: Receive | null = null;
  const post = createPost({ store, clock, passes, adapter, receive: () => receive, limits });
  const botFramework = createBotFramework({
    clock,
    log,
    coordination,
    passes,
    limits,
    credentials: deps.botFramework ?? {},
  });

  const channel: Channel = {
    name: 'webchat',
    start(given) {
      receive = given;
      return Promise.resolve();
    },
    // Only what an older version left to be sent: what is kept is delivered, and the streams hear of it.
    async send(message) {
      const reference = {
        channelId: 'directline',
        conversation: { id: keyOf(message.conversation), isGroup: false, conversationType: '', name: '' },
      };
      const link = linksFrom(passes, message.conversation, '');
      await adapter.continueConversation(reference, async (context) => {
        sendFrom(context, message.seq);
        await context.sendActivity(spoken(message, link));
      });
    },
    stop() {
      receive = null;
      streams.close();
      return Promise.resolve();
    },
  };

  const router = express.Router();
  router.use(
    createDirectLine({
      store,
      log,
      coordination,
      passes,
      invitations,
      post,
      limits,
      opensPerMinute: deps.opensPerMinute ?? 600,
    }),
  );
  router.post('/api/messages', botFramework.handle);
  router.use(answerFailure(log));
  const invite: Webchat['invite'] = (person) => {
    const { pass, code } = invitations.invite(person);
    return { conversation: conversationId('webchat', pass.conversation), user: pass.user, query: `?visit=${code}` };
  };
  return {
    channels: [channel, botFramework.channel],
    router,
    invite,
    upgrade: (...socket) => streams.upgrade(...socket),
  };
}
