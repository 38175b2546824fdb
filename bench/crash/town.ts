import type { Chance } from './chance.ts';
import { createOracle, type Deed, type Oracle, type Told } from './oracle.ts';
import { openAgents, type Agents } from './agents.ts';
import { pause, type Person, type Side } from './side.ts';

/** A customer who hears nothing for so long asks something else, in ms. */
const PATIENCE = 8000;
const BREATH = 20;
/** Nobody writes on with more unanswered than this: what waits is answered as one message, and no message asks for over twenty things. */
const MOST_OWED = 15;
/** Of the first so many messages many ask for more than a reply. */
const OFTEN = 2500;

type Listener = (what: 'acknowledged' | 'heard', channel: string) => void;

/** All the people who write, on all channels, for as long as there is something left to write. */
export interface Town {
  readonly oracle: Oracle;
  /** Lets so many more messages be written. */
  allow(messages: number): void;
  /** Calls for each message acknowledged and each reply heard, one listener at a time. */
  onEvent(listener: Listener): void;
  /** Resolves when all that was allowed is written and answered, or nothing has happened for `quietMs`. */
  settled(quietMs: number): Promise<void>;
  /** Messages that may still be written, or are not answered yet. */
  due(): number;
  /** Ends all talks; gives what each person's own view has against the program. */
  close(): Promise<readonly string[]>;
}

/** `desk`: where agents work; without it nobody asks for one. */
export function openTown(sides: readonly Side[], chance: Chance, desk?: string): Town {
  const oracle = createOracle();
  const people: Person[] = [];
  let listener: Listener = () => {};
  let [allowed, writing, closed, names, happenedAt] = [0, 0, false, 0, Date.now()];
  const agents = desk === undefined ? null : openAgents(desk, () => closed);

  function happened(...[what, channel]: Parameters<Listener>): void {
    happenedAt = Date.now();
    listener(what, channel);
  }

  async function sit(side: Side): Promise<void> {
    while (!closed) {
      await turn();
      if (closed) return;
      const name = `${side.channel.slice(0, 2)}${(names += 1)}`;
      const person = await side.newPerson(name, (text) => {
        oracle.hear(name, text);
        happened('heard', side.channel);
      });
      people.push(person);
      await talk(side, name, person);
      void finish(name, person);
    }
  }

  async function talk(side: Side, name: string, person: Person): Promise<void> {
    for (let n = 0; n < side.messagesEach && !closed; n++) {
      for (let since = Date.now(); awaited(name) >= side.atOnce; await pause(BREATH)) {
        if (closed) return;
        if (Date.now() - since > PATIENCE && oracle.owed(name).length < MOST_OWED)
          for (const message of oracle.owed(name)) message.forsaken = true;
      }
      await turn();
      if (closed) return;
      allowed -= 1;
      const message = oracle.tell(side.channel, name, deed(side.attended && oracle.owed(name).length === 0));
      person.listen(true);
      writing += 1;
      // One after the other: nobody promises an order to what is delivered side by side.
      await person.say(message.text);
      writing -= 1;
      message.acknowledged = true;
      happened('acknowledged', side.channel);
      if (message.deed === 'agent' && agents !== null) await attended(agents, message);
    }
  }

  /** Nothing more is written meanwhile: while an agent has the ticket, the program does not answer. */
  async function attended(at: Agents, message: Told): Promise<void> {
    while (message.ticket === '' && !closed) await pause(BREATH);
    await at.attend(message);
    while (oracle.owed(message.person).length > 0 && !closed) await pause(BREATH);
  }

  const awaited = (name: string): number => oracle.owed(name).filter(({ forsaken }) => !forsaken).length;

  /** Somebody who has left still gets what is owed to them. */
  async function finish(name: string, person: Person): Promise<void> {
    while (!closed && oracle.owed(name).length > 0) await pause(100);
    person.listen(false);
  }

  async function turn(): Promise<void> {
    while (allowed <= 0 && !closed) await pause(BREATH);
  }

  /** Every fifth each, and rarely later on: no desk has thousands of tickets, and each start would look at them all. */
  const deed = (mayAttend: boolean): Deed =>
    (['ticket', 'timer', ...(mayAttend && agents !== null ? (['agent'] as const) : [])] as const)[
      chance.whole(oracle.told.size < OFTEN ? 5 : 50)
    ] ?? 'receipt';

  const due = (): number => Math.max(allowed, 0) + oracle.owing();

  for (const side of sides) for (let seat = 0; seat < side.seats; seat++) void sit(side);

  return {
    oracle,
    allow: (messages) => void (allowed += messages),
    onEvent: (given) => void (listener = given),
    async settled(quietMs) {
      happenedAt = Date.now();
      while ((due() > 0 || writing > 0) && Date.now() - happenedAt < quietMs) await pause(50);
    },
    due,
    async close() {
      closed = true;
      const found: string[] = [];
      for (const person of people) found.push(...(await person.review()));
      for (const person of people) person.leave();
      for (const side of sides) found.push(...(side.reviewDesk?.() ?? []));
      return found;
    },
  };
}
