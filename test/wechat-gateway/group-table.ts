import { parse } from 'yaml';
import { z } from 'zod';
import { BOT, type Gateway } from './gateway.ts';
import { types } from './people-puppet.ts';
import type { Desk } from './desk.ts';

const text = z.union([z.string(), z.number().transform(String)]);
const words = z.union([text.transform((one) => [one]), z.array(text).min(1)]);
const heard = z.union([
  z.literal('silent').transform(() => null),
  z.strictObject({
    /** Who is called with an @; one line of ours for each of them, in any order. */
    to: words.optional(),
    says: z.array(z.union([text, z.array(text)])).default([]),
    not: z.array(text).default([]),
    lines: z.number().optional(),
  }),
]);
const step = z.strictObject({
  who: z.string(),
  says: words.optional(),
  /** Members the puppet tells as mentioned. */
  mentions: z.array(z.string()).default([]),
  quotes: z.strictObject({ who: z.string(), text: z.string() }).optional(),
  sends: z
    .enum([
      ...['voice', 'money', 'transfer', 'sticker', 'picture', 'large-picture', 'recalled', 'recall', 'link', 'program'],
      ...['forwarded', 'broken-file', 'contact', 'location', 'video'],
    ] as const)
    .optional(),
  text: z.string().default(''),
  own_chat: z.boolean().default(false),
  minutes_ago: z.number().optional(),
  /** Not even kept: chatter of colleagues, programs, groups that are not served. */
  ignored: z.boolean().default(false),
  /** What is heard in the room once all is settled; without it the talk goes on at once. */
  group: heard.optional(),
  /** What the speaker hears in their own chat. */
  chat: heard.optional(),
});
export const groupTable = z.strictObject({
  name: z.string(),
  source: z.string().optional(),
  /** customer, colleague, stranger (no own chat), service (a public account), bot (another program). */
  people: z.record(z.string(), z.enum(['customer', 'colleague', 'stranger', 'service', 'bot'])),
  /** Our name in this group. */
  alias: z.string().optional(),
  topic: z.string().optional(),
  talk: z.array(step).min(1),
  outcomes: z.record(z.string(), z.number()).optional(),
});
export type GroupTable = z.output<typeof groupTable>;
export const readTables = (text: string): GroupTable[] => z.array(groupTable).parse(parse(text));

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const MP4 = Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1');
/** Bytes; more than policies.yml lets in. */
const LARGE = 9 * 1024 * 1024;
const AMR = Buffer.from('#!AMR\n some sound');
const KINDS = {
  money: types.Message.RedEnvelope,
  sticker: types.Message.Emoticon,
  transfer: types.Message.Transfer,
  contact: types.Message.Contact,
  recalled: types.Message.Recalled,
  forwarded: types.Message.ChatHistory,
} as const;

let rooms = 0;

/** Plays a table in a room of its own; gives what differs from it, a sentence each. */
export async function playGroup(gateway: Gateway, desk: Desk, table: GroupTable, now: () => number): Promise<string[]> {
  const room = `${++rooms}@chatroom`;
  const ids = new Map(Object.keys(table.people).map((name, index) => [name, `p${rooms}-${index}`]));
  const idOf = (name: string): string => (name === '我们' ? BOT : (ids.get(name) ?? name));
  for (const [name, kind] of Object.entries(table.people)) {
    gateway.person(idOf(name), name, { friend: kind !== 'stranger', service: kind === 'service' });
  }
  gateway.room(
    room,
    table.topic ?? `客户群${rooms}`,
    [...ids.values()],
    table.alias === undefined ? {} : { [BOT]: table.alias },
  );
  const wrong: string[] = [];
  let said: string[] = [];
  const ignored: string[] = [];
  const latest = new Map<string, string>();
  let seen = 0;

  for (const [index, one] of table.talk.entries()) {
    (one.ignored ? ignored : said).push(...say(one));
    // Nobody's words overtake another's on the way here; what does not arrive has its time to.
    await new Promise((resolve) => setTimeout(resolve, one.ignored ? 1500 : 60));
    if (one.group === undefined && one.chat === undefined) continue;
    await desk.settled(room, [...ids.values()], said);
    said = [];
    const fresh = gateway.written.slice(seen);
    seen = gateway.written.length;
    const place = `${table.name} · ${index + 1} ${one.who}: ${one.says?.join(' / ') ?? one.sends ?? ''}`;
    if (one.group !== undefined)
      compare(
        place,
        one.group,
        fresh.filter(({ to }) => to === room),
      );
    if (one.chat !== undefined)
      compare(
        `${place} (chat)`,
        one.chat,
        fresh.filter(({ to }) => to === idOf(one.who)),
      );
  }
  for (const id of ignored) if (desk.arrived(id)) wrong.push(`${table.name}: ${id} should have been ignored`);
  return wrong;

  function say(one: GroupTable['talk'][number]): string[] {
    const where = one.own_chat ? null : room;
    const at = now() - (one.minutes_ago ?? 0) * 60_000;
    const options = { mentions: one.mentions.map(idOf), at };
    const sent: string[] = [];
    if (one.sends === 'picture') sent.push(gateway.file(idOf(one.who), where, PNG, '照片.png'));
    else if (one.sends === 'large-picture')
      sent.push(gateway.file(idOf(one.who), where, Buffer.concat([PNG, Buffer.alloc(LARGE)]), '大图.png'));
    else if (one.sends === 'video') sent.push(gateway.file(idOf(one.who), where, MP4, '开箱.mp4', types.Message.Video));
    else if (one.sends === 'location') sent.push(gateway.location(idOf(one.who), where, '仓库', one.text));
    // What this person said last.
    else if (one.sends === 'recall') sent.push(gateway.recall(idOf(one.who), where, latest.get(one.who) ?? ''));
    else if (one.sends === 'broken-file')
      sent.push(gateway.file(idOf(one.who), where, Buffer.from('MZ what is this'), 'a.exe'));
    else if (one.sends === 'voice') sent.push(gateway.file(idOf(one.who), where, AMR, '1.amr', types.Message.Audio));
    else if (one.sends === 'link') sent.push(gateway.link(idOf(one.who), where, one.text, ''));
    else if (one.sends === 'program') sent.push(gateway.program(idOf(one.who), where, '运单详情', one.text));
    else if (one.sends !== undefined)
      sent.push(gateway.say(idOf(one.who), where, one.text, { ...options, type: KINDS[one.sends] }));
    for (const text of one.says ?? []) {
      const quoted =
        one.quotes === undefined
          ? text
          : `「${one.quotes.who}：${one.quotes.text}」\n- - - - - - - - - - - - - - -\n${text}`;
      const id = gateway.say(idOf(one.who), where, quoted, options);
      latest.set(one.who, id);
      sent.push(id);
    }
    return sent;
  }

  function compare(
    place: string,
    wanted: z.output<typeof heard>,
    lines: readonly { readonly text: string; readonly mentions: readonly string[] }[],
  ): void {
    const all = lines.map(({ text }) => text).join('\n');
    if (wanted === null) {
      if (lines.length > 0) wrong.push(`${place}: should be silence, heard ${all}`);
      return;
    }
    if (lines.length === 0) wrong.push(`${place}: heard nothing`);
    if (wanted.lines !== undefined && lines.length !== wanted.lines)
      wrong.push(`${place}: ${lines.length} lines instead of ${wanted.lines}: ${all}`);
    for (const name of wanted.to ?? []) {
      if (!lines.some(({ text, mentions }) => text.startsWith(`@${name}\u2005`) && mentions.includes(idOf(name))))
        wrong.push(`${place}: ${name} was not called: ${all}`);
    }
    for (const any of wanted.says) {
      if (![any].flat().some((word) => all.includes(word)))
        wrong.push(`${place}: did not hear ${[any].flat().join(' or ')}: ${all}`);
    }
    for (const word of wanted.not) if (all.includes(word)) wrong.push(`${place}: heard ${word}: ${all}`);
  }
}
