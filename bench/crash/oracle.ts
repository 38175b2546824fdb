/** What a message asks for beside the reply that every one of them gets. */
export type Deed = 'receipt' | 'ticket' | 'timer' | 'agent';

const WORDS: Readonly<Record<Deed, string>> = { receipt: '回执', ticket: '立案', timer: '回访', agent: '立案' };
const REPLY = /〔(\d{8})〕/gu;
const TIMER = /（(\d{8})）/gu;
const AGENT = /【(\d{8})】/gu;
const RESULT = /《(\d{8})》/gu;
/** The ticket, as the reply names it. */
const TICKET = /〔(\d{8})〕[^〔]*?工单 (T-\d+)/gu;

/** A message from the outside: what was done and heard, whatever the program thinks of it. */
export interface Told {
  readonly code: string;
  readonly deed: Deed;
  readonly channel: string;
  readonly person: string;
  readonly text: string;
  acknowledged: boolean;
  /** Times that its reply reached the person, the words of its timer, of its agent, and the news that the ticket is resolved. */
  replies: number;
  timers: number;
  attended: number;
  resolved: number;
  /** As the reply said; empty before. */
  ticket: string;
  /** The person asks on without its answer, which is still owed. */
  forsaken: boolean;
}

/** Knows what was written, acknowledged and heard; asks the program nothing. */
export interface Oracle {
  readonly told: ReadonlyMap<string, Told>;
  /** A new message; each has a number of its own, by which all that comes of it is known. */
  tell(channel: string, person: string, deed: Deed): Told;
  hear(person: string, text: string): void;
  /** Something still due to the person. */
  owed(person: string): readonly Told[];
  /** How much is due to everybody together. */
  owing(): number;
  /** Words that name no message of the person they reached. */
  readonly strange: readonly string[];
  /** Replies in the order in which each person first read them. */
  readonly order: ReadonlyMap<string, readonly string[]>;
}

export function createOracle(): Oracle {
  const told = new Map<string, Told>();
  const open = new Map<string, Set<Told>>();
  const order = new Map<string, string[]>();
  const strange: string[] = [];
  let last = 30_000_000;

  const settled = ({ replies, deed, timers, attended, resolved }: Told): boolean =>
    replies > 0 && (deed !== 'timer' || timers > 0) && (deed !== 'agent' || (attended > 0 && resolved > 0));

  function each(person: string, text: string, pattern: RegExp, note: (message: Told) => void): void {
    for (const [, code = ''] of text.matchAll(pattern)) {
      const message = told.get(code);
      if (message?.person !== person) strange.push(`${person} read of ${code}`);
      else {
        note(message);
        if (settled(message)) open.get(person)?.delete(message);
      }
    }
  }

  function owed(person: string): readonly Told[] {
    const theirs = open.get(person) ?? new Set();
    for (const message of theirs) if (settled(message)) theirs.delete(message);
    if (theirs.size === 0) open.delete(person);
    return [...theirs];
  }

  return {
    told,
    order,
    strange,
    tell(channel, person, deed) {
      last += 1;
      const code = String(last);
      const text = `${WORDS[deed]} ${code}`;
      const message: Told = {
        ...{ code, deed, channel, person, text },
        ...{ acknowledged: false, replies: 0, timers: 0, attended: 0, resolved: 0, ticket: '', forsaken: false },
      };
      told.set(code, message);
      const theirs = open.get(person) ?? new Set();
      open.set(person, theirs.add(message));
      return message;
    },
    hear(person, text) {
      each(person, text, REPLY, (message) => {
        message.replies += 1;
        if (message.replies > 1) return;
        const read = order.get(person) ?? [];
        order.set(person, read);
        read.push(message.code);
      });
      each(person, text, TIMER, (message) => void (message.timers += 1));
      each(person, text, AGENT, (message) => void (message.attended += 1));
      each(person, text, RESULT, (message) => void (message.resolved += 1));
      for (const [, code = '', ticket = ''] of text.matchAll(TICKET)) {
        const message = told.get(code);
        if (message !== undefined) message.ticket = ticket;
      }
    },
    owed,
    owing: () => [...open.keys()].reduce((sum, person) => sum + owed(person).length, 0),
  };
}
