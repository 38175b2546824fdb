import Sqlite from 'better-sqlite3';
import { createProgress } from '../../src/commands/progress.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';

export interface Made {
  readonly messages: number;
  readonly waiting: number;
  /** Among which the waiting ones are spread. */
  readonly conversations: number;
  readonly lastSeq: number;
}

/** What waits asks these, in this order; and what of the answer tells which one it answers. */
const ASKED = [
  { text: '你们几点下班', answer: '08:30' },
  { text: '锂电池能寄吗', answer: '锂电池' },
] as const;
/** Of one past conversation: so many questions and as many answers. */
const TURNS = 10;
const PAST = '2026-03-04T05:06:07.000Z';
const WORDS = '您好，我想问一下我的货到哪里了，已经好几天没有消息了，麻烦帮我查一下，谢谢。'.repeat(4);
const EVENT = JSON.stringify({ type: 'said', phrase: 'tracking.found', text: WORDS });

/** A database of that size, mostly history, with `waiting` unanswered messages at its end, two a conversation. */
export async function makeDatabase(
  path: string,
  { megabytes, waiting }: { megabytes: number; waiting: number },
): Promise<Made> {
  await (await openSqliteStore({ path })).close();
  const database = new Sqlite(path);
  database.pragma('synchronous = off');
  database.pragma('cache_size = -200000');
  const conversation = database.prepare(
    `insert into conversations (id, channel, customer_id, is_group, opened_at, version) values (?, 'webchat', ?, 0, ?, 1)`,
  );
  const asked = database.prepare(
    `insert into messages (conversation, direction, channel, platform_id, role, speaker_id, text, at, sent_at, outcome)
     values (?, 'in', 'webchat', ?, 'customer', ?, ?, ?, ?, ?)`,
  );
  const said = database.prepare(
    `insert into messages (conversation, direction, channel, role, text, at, delivery, attempts, delivered_at)
     values (?, 'out', 'webchat', 'bot', ?, ?, 'sent', 1, ?)`,
  );
  const event = database.prepare(`insert into events (conversation, at, event_json) values (?, ?, ?)`);
  const size = (): number =>
    (Number(database.pragma('page_count', { simple: true })) * Number(database.pragma('page_size', { simple: true }))) /
    1024 /
    1024;

  const progress = createProgress('building the database, MB', megabytes);
  let n = 0;
  const some = database.transaction(() => {
    for (const end = n + 500; n < end; n += 1) {
      const id = `webchat:past-${n}`;
      conversation.run(id, `dl_past-${n}`, PAST);
      for (let turn = 0; turn < TURNS; turn += 1) {
        asked.run(id, `past-${n}|own|${turn}`, `dl_past-${n}`, WORDS, PAST, PAST, 'answered');
        said.run(id, WORDS, PAST, PAST);
        event.run(id, PAST, EVENT);
      }
    }
  });
  while (size() < megabytes) {
    some();
    progress.tell(Math.floor(size()));
  }
  progress.end();

  const conversations = Math.ceil(waiting / ASKED.length);
  const since = new Date(Date.now() - 60_000).toISOString();
  database.transaction(() => {
    // Question by question, so that the conversations are interleaved as they are in life.
    for (const [turn, { text }] of ASKED.entries()) {
      for (let c = 0; c < conversations; c += 1) {
        if (turn === 0) conversation.run(`webchat:back-${c}`, `dl_back-${c}`, since);
        asked.run(`webchat:back-${c}`, `back-${c}|own|${turn}`, `dl_back-${c}`, text, since, since, null);
      }
    }
  })();
  const count = (what: string): number =>
    database.prepare<[], number>(`select ${what} from messages`).pluck().get() ?? 0;
  const made = {
    messages: count('count(*)'),
    waiting: conversations * ASKED.length,
    conversations,
    lastSeq: count('max(seq)'),
  };
  database.close();
  return made;
}

/** How many of the conversations that waited have not the answers to their questions, in the order of the questions. */
export function wrongOrder(database: Sqlite.Database, afterSeq: number): number {
  const answers = database
    .prepare<[number], { conversation: string; said: string }>(
      `select conversation, group_concat(text, '|') as said from (
         select conversation, text from messages where seq > ? and direction = 'out' and conversation like 'webchat:back-%' order by seq
       ) group by conversation`,
    )
    .all(afterSeq);
  const waited = database
    .prepare<[], number>(`select count(*) from conversations where id like 'webchat:back-%'`)
    .pluck()
    .get();
  const right = answers.filter(({ said }) => {
    const places = ASKED.map(({ answer }) => said.indexOf(answer));
    return places.every((place, i) => place >= 0 && place >= (places[i - 1] ?? 0));
  });
  return (waited ?? 0) - right.length;
}
