import Sqlite from 'better-sqlite3';
import { connect } from 'node:net';
import { openDoor, type Answered, type Door } from './door.ts';
import { DESK_TOKEN, type House } from './house.ts';
import { BYTES_SENT } from './bytes.ts';
import { knocks } from './knocks.ts';
import { POSTED } from './posted.ts';
import { SENT } from './sent.ts';
import { newVisitor, type Visitor } from './visitor.ts';

/** What one bad input ended in: answered, taken without a word (a kind of activity that says nothing), or refused with this status. */
export interface Ending {
  readonly name: string;
  readonly how: 'reply' | 'taken' | 'refusal' | 'page' | 'cut';
  readonly status: number;
}

export interface Siege {
  readonly endings: readonly Ending[];
  /** `name: what is wrong with how it ended`. */
  readonly wrong: readonly string[];
  /** Ordinary customers who were served in between. */
  readonly served: number;
  /** Messages that were kept and have no outcome. */
  readonly unaccounted: number;
}

/** Told before and after each input, e.g. to see how long the program was busy with it. */
export type Watch = (name: string, work: () => Promise<void>) => Promise<void>;

/** What must never be read in an answer: of how the program is made, or of other people. */
const INSIDE =
  /\bat \S+ \(|node_modules|\/src\/|\.ts:\d|node:internal|SQLITE|RangeError|TypeError|ZodError|Maximum call stack/;
const CUSTOMER_EVERY = 25;

/** Sends everything bad there is, one after the other, with an ordinary customer now and then. */
export async function besiege(house: House, watch: Watch = (_, work) => work()): Promise<Siege> {
  const endings: Ending[] = [];
  const wrong: string[] = [];
  let [visitors, served] = [0, 0];
  const doors = new Map<number, Door>();
  const doorFor = (nth: number): Door => {
    const at = Math.floor(nth / 200);
    const door = doors.get(at) ?? openDoor(house.url, at);
    doors.set(at, door);
    return door;
  };
  const visitor = (): Promise<Visitor> => newVisitor(doorFor((visitors += 1)), `h${visitors}`);

  function judge(name: string, { status, headers, text }: Answered, path: string): 'refusal' | 'page' | null {
    if (INSIDE.test(text) || text.includes(DESK_TOKEN))
      wrong.push(`${name}: tells of the inside: ${text.slice(0, 200)}`);
    if (status < 400) return null;
    if (status >= 500 && status !== 501 && status !== 505) wrong.push(`${name}: ${status} ${text.slice(0, 200)}`);
    const type = String(headers['content-type'] ?? '');
    if (type.includes('json')) {
      const { error } = JSON.parse(text) as { error?: { code?: unknown; message?: unknown } };
      if (typeof error?.code !== 'string' || typeof error.message !== 'string' || error.message === '')
        wrong.push(`${name}: an error in another shape: ${text.slice(0, 200)}`);
      return 'refusal';
    }
    if (type.includes('html') && !/^\/(?:api|v3)\//.test(path)) return 'page';
    // Node itself refuses what it cannot read; Slack reads no words.
    if (text !== '' || /^\/(?:api|v3)\//.test(path))
      wrong.push(`${name}: ${status} without words: ${type} ${text.slice(0, 80)}`);
    return 'refusal';
  }

  async function oneCustomer(): Promise<void> {
    const one = await visitor();
    const answer = await one.say('12345678到哪了');
    one.close();
    const alive = await doorFor(visitors).ask('GET', '/healthz');
    if (!answer.includes('12345678') || alive.status !== 200) wrong.push(`a customer in between: ${answer}`);
    served += 1;
  }

  const each: { name: string; run: () => Promise<Ending> }[] = [];
  for (const { name, body, headers = {} } of POSTED) {
    each.push({
      name: `message: ${name}`,
      run: async () => {
        const one = await visitor();
        try {
          const path = `/v3/directline/conversations/${one.conversation}/activities`;
          const before = one.words.length;
          const answer = await doorFor(visitors).ask('POST', path, { token: one.token, body, headers });
          const refused = judge(name, answer, path);
          if (refused !== null) return { name, how: refused, status: answer.status };
          // What comes after it is answered too, and by then it has been answered itself, if not both together.
          await one.say('您好');
          const answered = one.words.length - before > 1 || mergedIn(house.database, one.conversation) > 0;
          return { name, how: answered ? 'reply' : 'taken', status: answer.status };
        } finally {
          one.close();
        }
      },
    });
  }
  for (const { name, filename, bytes, type = 'application/octet-stream' } of SENT) {
    each.push({
      name: `file: ${name}`,
      run: async () => {
        const one = await visitor();
        try {
          const path = `/v3/directline/conversations/${one.conversation}/upload`;
          const form = formOf(filename, bytes, type);
          const answer = await doorFor(visitors).ask('POST', path, { token: one.token, ...form });
          const refused = judge(name, answer, path);
          if (refused !== null) return { name, how: refused, status: answer.status };
          await one.say('您好');
          const named = /"name":"([^"]*\.(?:png|pdf|gif|docx))"/.exec(one.raw.join(''))?.[1] ?? '';
          if (named === '' || /[\\/<>:"|?*\u202e]|\.\./.test(named) || named.length > 100)
            wrong.push(`${name}: kept as ${named}`);
          return { name, how: 'reply', status: answer.status };
        } finally {
          one.close();
        }
      },
    });
  }
  const mine = await visitor();
  for (const { name, method, path, asked } of knocks(mine.conversation, DESK_TOKEN)) {
    each.push({
      name: `request: ${name}`,
      run: async () => {
        const answer = await doorFor(0)
          .ask(method, path, asked)
          .catch((): Answered => ({ status: 0, headers: {}, text: '' }));
        const refused = method === 'HEAD' ? null : judge(name, answer, path);
        if (answer.status === 0) return { name, how: 'cut', status: 0 };
        if (answer.headers['access-control-allow-origin'] !== undefined) wrong.push(`${name}: lets other pages in`);
        return { name, how: refused ?? 'page', status: answer.status };
      },
    });
  }
  for (const { name, bytes } of BYTES_SENT) {
    each.push({
      name: `bytes: ${name}`,
      run: async () => {
        const said = await spoken(house.url, bytes);
        if (INSIDE.test(said)) wrong.push(`${name}: tells of the inside: ${said.slice(0, 200)}`);
        return { name, how: said === '' ? 'cut' : 'refusal', status: Number(/^HTTP\/1\.1 (\d+)/.exec(said)?.[1] ?? 0) };
      },
    });
  }

  for (const [nth, { name, run }] of each.entries()) {
    await watch(name, async () => {
      try {
        endings.push(await run());
      } catch (error) {
        wrong.push(`${name}: ${String(error)}`);
      }
    });
    if (nth % CUSTOMER_EVERY === 0) await oneCustomer();
  }
  mine.close();
  for (const door of doors.values()) door.close();
  return { endings, wrong, served, unaccounted: unaccounted(house.database) };
}

function unaccounted(path: string): number {
  return counted(path, 'outcome IS NULL');
}

/** Messages of a conversation whose answer is the one that was heard to another. */
function mergedIn(path: string, conversation: string): number {
  return counted(path, "conversation = ? AND outcome = 'merged'", `webchat:${conversation}`);
}

function counted(path: string, where: string, ...values: readonly string[]): number {
  const database = new Sqlite(path, { readonly: true });
  const { n } = database
    .prepare(`SELECT count(*) AS n FROM messages WHERE direction = 'in' AND ${where}`)
    .get(...values) as { n: number };
  database.close();
  return n;
}

function formOf(
  filename: string,
  bytes: Buffer,
  type: string,
): { body: Buffer; headers: Readonly<Record<string, string>> } {
  const head = `--b\r\nContent-Disposition: form-data; name="file"; filename="${filename}"\r\nContent-Type: ${type}\r\n\r\n`;
  return {
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--b--\r\n')]),
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
  };
}

/** What is said to these bytes until the line is cut, or nothing more comes for a moment. */
function spoken(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let said = '';
    const line = connect(Number(port), hostname, () => line.write(bytes, 'latin1'));
    const end = (): void => {
      line.destroy();
      resolve(said);
    };
    line.setTimeout(300, end);
    line.on('data', (part: Buffer) => (said += part.toString()));
    line.on('error', end);
    line.on('close', end);
  });
}
