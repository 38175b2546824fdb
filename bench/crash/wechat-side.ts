import { openGateway, TOKEN } from '../../test/wechat-gateway/gateway.ts';
import { pause, type Side } from './side.ts';

/** All in ms. */
const LOOK = 50;
const RETELL = 400;
/** A gateway that was left in the wrong moment takes the dead client for the live one, and tells the next ones nothing: it is restarted, as an operator would. */
const DEAF = 15_000;

/** Whom a member of a group means. */
const CALLED = '@应声客服\u2005';

/**
 * People who write to our account, half of them in groups, over a gateway on loopback. WeChat acknowledges nothing: like a puppet that syncs,
 * the gateway tells a message again, under the same id, until something came of it.
 */
export async function wechatSide(options: { readonly seats: number }): Promise<Side> {
  const gateway = await openGateway();
  let [seen, written, people, closed, heardAt] = [0, 0, 0, false, Date.now()];
  const hearers = new Map<string, (text: string) => void>();
  /** Nothing came of them yet, the oldest first. */
  const untold: {
    readonly person: string;
    readonly room: string | null;
    readonly id: string;
    readonly text: string;
    readonly since: number;
    at: number;
  }[] = [];

  function look(): void {
    for (const { to, text } of gateway.written.slice(seen)) {
      for (const one of untold.filter(
        ({ person, room, text: asked }) => (room ?? person) === to && text.includes(codeOf(asked)),
      ))
        untold.splice(untold.indexOf(one), 1);
      hearers.get(to)?.(text);
    }
    if (gateway.written.length > seen || untold.length === 0) heardAt = Date.now();
    seen = gateway.written.length;
  }
  void (async () => {
    for (; !closed; await pause(LOOK)) {
      look();
      const now = Date.now();
      if (now - heardAt > DEAF) {
        await gateway.restart();
        heardAt = Date.now();
      }
      // All of one person together and in order: what is told again has no order among the rest.
      for (const person of new Set(untold.map((one) => one.person))) {
        const theirs = untold.filter((one) => one.person === person);
        if (now - Math.max(...theirs.map(({ at }) => at)) < RETELL) continue;
        for (const message of theirs) {
          message.at = now;
          gateway.say(person, message.room, message.text, { id: message.id, at: message.since });
        }
      }
    }
  })();

  return {
    channel: 'wechat',
    atOnce: 1,
    attended: false,
    env: {
      WECHATY_PUPPET: 'wechaty-puppet-service',
      WECHATY_PUPPET_SERVICE_TOKEN: TOKEN,
      WECHATY_PUPPET_SERVICE_ENDPOINT: gateway.endpoint,
    },
    seats: options.seats,
    messagesEach: 200,
    newPerson(name, hear) {
      gateway.person(name, name);
      // Every other one asks in a group.
      const room = (people += 1) % 2 === 0 ? `room-of-${name}` : null;
      if (room !== null) gateway.room(room, `${name}的群`, [name]);
      hearers.set(room ?? name, hear);
      return Promise.resolve({
        say(text) {
          written += 1;
          const words = room === null ? text : `${CALLED}${text}`;
          untold.push({ person: name, room, id: `m-${written}`, text: words, since: Date.now(), at: 0 });
          return Promise.resolve();
        },
        listen: () => {},
        leave: () => {},
        review: () => Promise.resolve((look(), [])),
      });
    },
    async close() {
      closed = true;
      await gateway.kill();
    },
  };
}

const codeOf = (text: string): string => /\d{8}/.exec(text)?.[0] ?? text;
