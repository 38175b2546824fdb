import { createHash, randomUUID } from 'node:crypto';
import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type InvokeResponse,
  TurnContext,
} from 'botbuilder';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Channel, Receive } from '../../core/channel.ts';
import type { Clock } from '../../core/clock.ts';
import type { Coordination } from '../../core/coordination.ts';
import { RefusedError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { conversationId, type InboundMessage, type OutgoingMessage } from '../../core/message.ts';
import { shownName, spoken } from './activity.ts';
import { createTurnHandler } from './adapter.ts';
import { linksFrom } from './attachment.ts';
import { connectorHttp } from './connector-http.ts';
import { fit, readJson } from './body.ts';
import { passDoor } from './door.ts';
import { badArgument, Failure, forbidden, unauthorized, unavailable } from './failure.ts';
import type { WebchatLimits } from './limits.ts';
import { isLocal, isLoopbackUrl, originOf } from './origin.ts';
import type { Passes } from './token.ts';
import { clean, fitting } from '../words.ts';

/** As botbuilder reads them from the environment. */
export interface BotFrameworkCredentials {
  readonly MicrosoftAppId?: string | undefined;
  readonly MicrosoftAppPassword?: string | undefined;
  readonly MicrosoftAppTenantId?: string | undefined;
  readonly MicrosoftAppType?: string | undefined;
}

export interface BotFrameworkDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly coordination: Coordination;
  readonly passes: Passes;
  readonly limits: () => WebchatLimits;
  readonly credentials: BotFrameworkCredentials;
}

const NAME = 'botframework';

const accountSchema = z.looseObject({ id: z.string().min(1).max(512), name: z.string().nullish() });
/** What we need of an activity; botbuilder looks at the rest. */
const activitySchema = z.looseObject({
  type: z.string().min(1).max(64),
  id: z.string().max(512).nullish(),
  channelId: z.string().min(1).max(64),
  serviceUrl: z.url({ protocol: /^https?$/ }).max(2048),
  conversation: z.looseObject({
    id: z.string().min(1).max(1024),
    isGroup: z.boolean().nullish(),
    conversationType: z.string().nullish(),
  }),
  from: accountSchema,
  recipient: accountSchema,
  text: z.string().nullish(),
  attachments: z
    .array(z.looseObject({ name: z.string().nullish(), contentType: z.string().nullish() }))
    .max(50)
    .nullish(),
});
const keptSchema = z.object({
  reference: z.looseObject({ serviceUrl: z.string(), activityId: z.string().default('') }),
  origin: z.string(),
});

/** Opens the turn of CloudAdapter, whose own `process` writes stacks to the client. */
class ConnectorAdapter extends CloudAdapter {
  turn(
    authorization: string,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(authorization, activity, logic);
  }
}

/** `/api/messages`: customers on Teams, the Emulator and whatever else speaks Bot Framework. Answers go to their serviceUrl. */
export function createBotFramework(deps: BotFrameworkDeps): {
  channel: Channel;
  handle: (request: Request, response: Response) => Promise<void>;
} {
  const { clock, log, coordination, passes, limits } = deps;
  const credentials = Object.fromEntries(
    Object.entries(deps.credentials).filter(([name, value]) => name.startsWith('MicrosoftApp') && value),
  );
  const appId = deps.credentials.MicrosoftAppId ?? '';
  const adapter = new ConnectorAdapter(
    new ConfigurationBotFrameworkAuthentication(credentials, undefined, undefined, undefined, {
      httpClient: connectorHttp,
    }),
  );
  let receive: Receive | null = null;

  function inbound({ activity }: TurnContext, origin: string): InboundMessage {
    const names = (activity.attachments ?? []).flatMap((one) =>
      one.contentType?.startsWith('text/html') ? [] : [`[附件：${shownName(one.name) ?? '未命名'}]`],
    );
    const name = shownName(activity.from.name);
    const key = keyFor(activity);
    return {
      channel: NAME,
      id: `${key}|${activity.id ?? randomUUID()}`,
      conversation: conversationId(NAME, key),
      customer: { id: `${activity.channelId}|${activity.from.id}`, ...(name ? { name } : {}) },
      group: isGroup(activity),
      // The far side's files stay there: we say that there are some, and never fetch an address that a stranger names.
      text: fitting(clean([withoutMentions(activity), ...names].filter(Boolean).join('\n')), limits().messageLength),
      attachments: [],
      channelData: { reference: TurnContext.getConversationReference(activity), origin },
      sentAt: clock.now().toISOString(),
    };
  }

  async function handle(request: Request, response: Response): Promise<void> {
    if (appId === '' && !isLocal(request))
      throw unauthorized('set MicrosoftAppId and MicrosoftAppPassword to serve Bot Framework clients elsewhere');
    const receiving = receive;
    if (receiving === null) throw unavailable();
    const body = fit(activitySchema, await readJson(request, response));
    if (appId === '' && !isLoopbackUrl(body.serviceUrl))
      throw badArgument('serviceUrl: must be on this machine, as the client is not authenticated');
    const activity = { ...body, timestamp: clock.now() } as unknown as Activity;
    const handler = createTurnHandler(receiving, (context) => inbound(context, originOf(request)));
    try {
      const answer = await adapter.turn(request.headers.authorization ?? '', activity, async (context) => {
        await passDoor(coordination, `${NAME}:${keyFor(activity)}`, limits().messagesPerMinute);
        await handler.run(context);
      });
      response.status(answer?.status ?? 200);
      if (answer?.body) response.json(answer.body);
      else response.end();
    } catch (error) {
      throw asRefusal(error);
    }
  }

  async function send(message: OutgoingMessage): Promise<void> {
    const kept = keptSchema.safeParse(message.channelData);
    if (!kept.success) throw new RefusedError('no-address', 'the conversation has no address to answer to');
    const { reference, origin } = kept.data;
    const answered = keptSchema.safeParse(message.answeredData).data?.reference ?? reference;
    const activity = spoken(message, linksFrom(passes, message.conversation, origin));
    // The far side shows one name for all of us, so an agent is named in the text.
    if (message.from.role === 'agent') activity.text = `【${activity.from?.name}】${message.text}`;
    await adapter.continueConversationAsync(appId, reference, async (context) => {
      // A continued conversation has an id of its own; the customer's is what we reply to.
      context.activity.id = answered.activityId;
      await context.sendActivity(activity);
    });
  }

  const channel: Channel = {
    name: NAME,
    start(given) {
      receive = given;
      if (appId === '') log.info({}, 'botframework: no app id, /api/messages serves this machine only');
      return Promise.resolve();
    },
    send,
    stop() {
      receive = null;
      return Promise.resolve();
    },
  };
  return { channel, handle };
}

/** Teams says what kind of place it is, others only whether it is a group. */
function isGroup({ conversation }: Activity): boolean {
  return conversation.isGroup === true || /^(groupChat|channel)$/.test(conversation.conversationType ?? '');
}

const mentionSchema = z.object({
  type: z.literal('mention'),
  text: z.string().min(1),
  mentioned: z.object({ id: z.string() }),
});

/** The words without our own name. botbuilder's way makes patterns out of what the client sends. */
function withoutMentions({ text, entities, recipient }: Activity): string {
  const mentions = (Array.isArray(entities) ? entities : []).flatMap((one) => mentionSchema.safeParse(one).data ?? []);
  return mentions
    .filter(({ mentioned }) => mentioned.id === recipient.id)
    .reduce((words, mention) => words.replaceAll(mention.text, ''), text ?? '')
    .trim();
}

/** One key for one conversation of one platform, of bounded length. */
function keyFor({ channelId, conversation }: Activity): string {
  const key = `${channelId}|${clean(conversation.id)}`;
  return key.length <= 200 ? key : `${channelId}|${createHash('sha256').update(key).digest('base64url')}`;
}

/** botbuilder's AuthenticationError carries 401 or 403; what else is thrown is not the client's fault. */
function asRefusal(error: unknown): unknown {
  if (error instanceof Failure) return error;
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  if (status === 401) return unauthorized('the request is not authorized');
  if (status === 403) return forbidden('Forbidden', 'the request is not authorized');
  return error;
}
