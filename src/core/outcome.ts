/**
 * How a message ended: exactly one of these is recorded for each inbound message.
 * - answered: we said something that settles or moves the request.
 * - merged: it was part of another message's turn; `into` is that message's `seq`.
 * - handed: a human has it; `ticket` says where.
 * - left_alone: nothing was said, for the reason given.
 */
export type Outcome =
  | { readonly kind: 'answered' }
  | { readonly kind: 'merged'; readonly into: number }
  | { readonly kind: 'handed'; readonly ticket: string }
  | { readonly kind: 'left_alone'; readonly reason: LeftAloneReason };

/**
 * - chatter: nobody's question.
 * - flood: the person had been told to slow down.
 * - empty: nothing in it to read.
 * - undecidable: deciding failed repeatedly and a ticket could not be made.
 * - answered by a colleague: in a group, a colleague or another member answered first; also said of that answer itself.
 * - too old: said while we were away, longer ago than the policies answer; listed for the desk.
 * - recalled: the customer took it back.
 * - automatic: written by a program, which is not answered for ever.
 */
export type LeftAloneReason =
  'chatter' | 'flood' | 'empty' | 'undecidable' | 'answered by a colleague' | 'too old' | 'recalled' | 'automatic';

export interface Ledger {
  readonly answered: number;
  readonly merged: number;
  readonly handed: number;
  readonly left_alone: Readonly<Record<string, number>>;
  /** Received, not decided yet, and younger than the time a turn may take. */
  readonly waiting: number;
  /** `channel/id` of messages without an outcome that nobody is working on. */
  readonly unaccounted: readonly string[];
}
