import {
  type Activity,
  ActivityHandler,
  BotAdapter,
  type ConversationReference,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder';
import type { Receipt, Receive } from '../../core/channel.ts';
import type { Attachment, InboundMessage } from '../../core/message.ts';
import { conversationId } from '../../core/message.ts';
import { activityId } from './activity.ts';

const RECEIPT = Symbol('receipt');
const PLACE = Symbol('place');

/** The bot of a turn: what it is told, it hands to `receive`; all other activities are taken note of by doing nothing. */
export function createTurnHandler(receive: Receive, read: (context: TurnContext) => InboundMessage): ActivityHandler {
  const handler = new ActivityHandler();
  handler.onMessage(async (context, next) => {
    context.turnState.set(RECEIPT, await receive(read(context)));
    await next();
  });
  return handler;
}

/** The receipt of the message of a turn; null where the turn was about something else. */
export function receiptOf(context: TurnContext): Receipt | null {
  return context.turnState.get<Receipt | undefined>(RECEIPT) ?? null;
}

/** Tells the adapter the place in the log of what this turn sends: botbuilder takes the ids off activities on their way out. */
export function sendFrom(context: TurnContext, seq: number): void {
  context.turnState.set(PLACE, seq);
}

/** A Direct Line activity (made by us: `id` is the dedupe id, attachments carry ours in `content`) in our words. */
export function inboundOf(activity: Activity): InboundMessage {
  return {
    channel: 'webchat',
    id: activity.id ?? '',
    conversation: conversationId('webchat', activity.conversation.id),
    customer: { id: activity.from.id, ...(activity.from.name ? { name: activity.from.name } : {}) },
    group: false,
    text: activity.text,
    attachments: (activity.attachments ?? []).map((one) => one.content as Attachment),
    channelData: activity.channelData as unknown,
    sentAt: activity.timestamp?.toISOString() ?? '',
  };
}

/**
 * botbuilder's adapter for our own Direct Line. Clients pull from the log, in which a message stands before it is sent:
 * so sending is telling the streams to look.
 */
export class DirectLineAdapter extends BotAdapter {
  readonly #told: (conversationKey: string) => void;

  constructor(told: (conversationKey: string) => void) {
    super();
    this.#told = told;
  }

  async processActivity(
    activity: Partial<Activity>,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<TurnContext> {
    const context = new TurnContext(this, activity);
    await this.runMiddleware(context, logic);
    return context;
  }

  override sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const key = context.activity.conversation.id;
    const seq = context.turnState.get<number | undefined>(PLACE) ?? Infinity;
    this.#told(key);
    return Promise.resolve(activities.map(() => ({ id: activityId(key, seq) })));
  }

  override async continueConversation(
    reference: Partial<ConversationReference>,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    const activity = TurnContext.applyConversationReference(
      { type: 'event', name: 'continueConversation' },
      reference,
      true,
    );
    await this.runMiddleware(new TurnContext(this, activity), logic);
  }

  override updateActivity(): Promise<void> {
    return Promise.reject(new Error('a message in the log is never changed'));
  }

  override deleteActivity(): Promise<void> {
    return Promise.reject(new Error('a message in the log is never taken back'));
  }
}
