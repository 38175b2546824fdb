import { createServer } from 'node:net';
import { PuppetServer } from 'wechaty-puppet-service';
import { newMocker, PeoplePuppet, types, type Written } from './people-puppet.ts';

export const TOKEN = 'insecure_5a7e0b8f-9d0e-4e0a-8c55-2f3b1d6a9c10';
export const BOT = 'bot';

export interface Said {
  /** The dedupe key; a fresh one by default. */
  readonly id?: string;
  /** Ids the puppet tells as mentioned; none by default, as with most puppets. */
  readonly mentions?: readonly string[];
  readonly type?: number;
  /** ms since 1970 */
  readonly at?: number;
}

/** WeChat as the tests have it: people, groups, and a gateway over which our program sees them. */
export interface Gateway {
  readonly endpoint: string;
  readonly puppet: PeoplePuppet;
  person(
    id: string,
    name: string,
    options?: { friend?: boolean; service?: boolean; remark?: string; handle?: string },
  ): void;
  /** Another login knows this id no more. */
  forget(id: string): void;
  room(id: string, topic: string, members: readonly string[], aliases?: Readonly<Record<string, string>>): void;
  /** Gives the message's id. */
  say(person: string, room: string | null, text: string, said?: Said): string;
  file(person: string, room: string | null, bytes: Buffer, name: string, type?: number): string;
  link(person: string, room: string | null, title: string, description: string): string;
  program(person: string, room: string | null, title: string, pagePath: string): string;
  location(person: string, room: string | null, name: string, address: string): string;
  /** Takes back what was said. */
  recall(person: string, room: string | null, id: string): string;
  /** Tells every message again, as a puppet does after another login. */
  replay(): void;
  /** Everything the bot has written, oldest first. */
  readonly written: readonly Written[];
  /** Waits until the bot has written `n` messages in all, or `ms` have passed. */
  until(n: number, ms?: number): Promise<readonly Written[]>;
  joined(room: string, person: string): void;
  kill(): Promise<void>;
  /** Again on the same port, with the same people. */
  restart(): Promise<void>;
}

export async function openGateway(
  options: { token?: string; loggedIn?: boolean; now?: () => number } = {},
): Promise<Gateway> {
  const port = await freePort();
  const endpoint = `127.0.0.1:${port}`;
  const mocker = newMocker();
  const puppet = new PeoplePuppet({ mocker });
  let server: PuppetServer | null = null;
  const now = options.now ?? Date.now;
  let count = 0;

  const listen = async (): Promise<void> => {
    server = new PuppetServer({ endpoint, puppet, token: options.token ?? TOKEN });
    await server.start();
  };
  const gateway: Gateway = {
    endpoint,
    puppet,
    written: puppet.written,
    person(id, name, { friend = true, service = false, remark = '', handle = '' } = {}) {
      const type = service ? types.Contact.Official : types.Contact.Individual;
      mocker.cacheContactPayload.set(id, {
        id,
        name,
        friend,
        type,
        alias: remark,
        handle,
        avatar: '',
        gender: 0,
        phone: [],
      });
      puppet.emit('dirty', { payloadType: types.Dirty.Contact, payloadId: id });
    },
    forget: (id) => void mocker.cacheContactPayload.delete(id),
    room(id, topic, members, aliases = {}) {
      mocker.createRoom({ id, topic, memberIdList: [BOT, ...members] });
      for (const [person, alias] of Object.entries(aliases)) puppet.aliases.set(`${id}/${person}`, alias);
    },
    say(
      person,
      room,
      text,
      { id = `m${++count}-${Date.now()}`, mentions = [], type = types.Message.Text, at = now() } = {},
    ) {
      const whole = { id, talkerId: person, text, timestamp: at, type, mentionIdList: [...mentions] };
      mocker.cacheMessagePayload.set(id, room === null ? { ...whole, listenerId: BOT } : { ...whole, roomId: room });
      puppet.emit('message', { messageId: id });
      return id;
    },
    file(person, room, bytes, name, type = types.Message.Image) {
      const id = `f${++count}-${Date.now()}`;
      puppet.files.set(id, { name, bytes });
      return gateway.say(person, room, '', { id, type });
    },
    link(person, room, title, description) {
      const id = `l${++count}-${Date.now()}`;
      puppet.links.set(id, { title, description, url: 'https://example.com/' });
      return gateway.say(person, room, '', { id, type: types.Message.Url });
    },
    program(person, room, title, pagePath) {
      const id = `p${++count}-${Date.now()}`;
      puppet.programs.set(id, { title, pagePath });
      return gateway.say(person, room, '', { id, type: types.Message.MiniProgram });
    },
    location(person, room, name, address) {
      const id = `g${++count}-${Date.now()}`;
      puppet.locations.set(id, { name, address, accuracy: 15, latitude: 34.3, longitude: 108.9 });
      return gateway.say(person, room, '', { id, type: types.Message.Location });
    },
    recall: (person, room, id) => gateway.say(person, room, id, { type: types.Message.Recalled }),
    replay() {
      for (const messageId of mocker.cacheMessagePayload.keys()) puppet.emit('message', { messageId });
    },
    async until(n, ms = 10_000) {
      const end = Date.now() + ms;
      while (puppet.written.length < n && Date.now() < end) {
        await new Promise<void>((resolve) => {
          const alarm = setTimeout(resolve, Math.min(200, Math.max(end - Date.now(), 0)));
          puppet.heard.push(() => (clearTimeout(alarm), resolve()));
        });
      }
      return puppet.written;
    },
    joined(room, person) {
      puppet.emit('room-join', { roomId: room, inviteeIdList: [person], inviterId: BOT, timestamp: Date.now() });
    },
    async kill() {
      await server?.stop();
      server = null;
    },
    async restart() {
      await gateway.kill();
      await listen();
    },
  };
  gateway.person(BOT, '应声客服');
  await listen();
  if (options.loggedIn !== false) {
    await puppet.start();
    puppet.login(BOT);
  }
  return gateway;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
