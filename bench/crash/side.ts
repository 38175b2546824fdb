/** The far side of a channel: people who write to the program over its real protocol, whether it runs or not. */
export interface Side {
  readonly channel: string;
  /** How many of one person's messages may be unanswered at once. */
  readonly atOnce: number;
  /** Agents answer here: where a reply may be given up, nobody would hear of the ticket. */
  readonly attended: boolean;
  /** What the program is to be configured with. */
  readonly env: Readonly<Record<string, string>>;
  /** How many people write at the same time, and how many messages each writes before another takes the seat. */
  readonly seats: number;
  readonly messagesEach: number;
  /** Somebody new. `hear` is called with all they get to read, once for each time it reaches them. */
  newPerson(name: string, hear: (text: string) => void): Promise<Person>;
  close(): Promise<void>;
  /** After the end: what the desk's own view of the tickets has against the program. */
  reviewDesk?(): readonly string[];
}

export interface Person {
  /** Writes; resolves when the channel's own protocol calls it delivered. Tries again until it is, as that protocol does. */
  say(text: string): Promise<void>;
  /** Something is (still) to be heard; without it nothing is asked for. */
  listen(on: boolean): void;
  /** After the end, with the program running: what this person's own view of the conversation has against it. */
  review(): Promise<readonly string[]>;
  leave(): void;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
