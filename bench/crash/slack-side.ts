import { startSlackApi } from '../../test/slack-api/slack-api.ts';
import { envelope, messageEvent, signed } from '../../test/slack-api/signed.ts';
import { BOT_TOKEN, BOT_USER, type KeptMessage, SECRET } from '../../test/slack-api/workspace.ts';
import { pause, type Side } from './side.ts';

/** Of the desk that the bench's intents name (knowledge/desks.yml). */
const DESK_CHANNEL = 'freight-service';

/** All in ms. */
const LOOK = 50;
const AGAIN = 200;
const PATIENCE = 3000;

/** Direct messages in a Slack on loopback; an event that is not answered with 200 is delivered again, as Slack does. */
export async function slackSide(url: string, options: { readonly seats: number }): Promise<Side> {
  const slack = await startSlackApi();
  // Where the desk shows its tickets.
  slack.channel('CDESK', { name: DESK_CHANNEL });
  return {
    channel: 'slack',
    atOnce: 2,
    attended: true,
    env: { SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_SIGNING_SECRET: SECRET, SLACK_API_URL: slack.apiUrl },
    seats: options.seats,
    messagesEach: 200,
    newPerson(name, hear) {
      const [user, channel] = [`U${name}`, `D${name}`];
      slack.names.set(user, name);
      const { messages } = slack.channel(channel);
      let [seen, left] = [0, false];
      const look = (): void => {
        for (const message of messages.slice(seen)) if (message.user === BOT_USER) hear(message.text);
        seen = messages.length;
        // Nobody asks here what was called, and a thousand lives call more than fits into memory.
        slack.calls.length = 0;
      };
      void (async () => {
        for (; !left; await pause(LOOK)) look();
      })();
      return Promise.resolve({
        async say(text) {
          const message = slack.post(channel, { user, text });
          const event = JSON.stringify(envelope(messageEvent(channel, message)));
          for (let retry = 0; !(await deliver(url, event, retry)); retry++) await pause(AGAIN);
        },
        listen: () => {},
        leave: () => void (left = true),
        review: () => Promise.resolve((look(), [])),
      });
    },
    // Slack takes a message a second in a channel: most cards are not there yet when it ends, but none may be there twice.
    reviewDesk: () =>
      [...cardsIn(slack.channel('CDESK').messages)].flatMap(([ticket, times]) =>
        times > 1 ? [`${ticket} has ${times} cards`] : [],
      ),
    close: () => slack.close(),
  };
}

/** By ticket: how many cards. */
function cardsIn(messages: readonly KeptMessage[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { metadata } of messages) {
    const { ticket, part } = metadata?.event_payload ?? {};
    if (typeof ticket === 'string' && part === 'card') found.set(ticket, (found.get(ticket) ?? 0) + 1);
  }
  return found;
}

async function deliver(url: string, event: string, retry: number): Promise<boolean> {
  const { body, headers } = signed(event, { at: Date.now(), retry });
  const signal = AbortSignal.timeout(PATIENCE);
  const response = await fetch(`${url}/slack/events`, { method: 'POST', headers, body, signal }).catch(() => null);
  return response?.status === 200;
}
