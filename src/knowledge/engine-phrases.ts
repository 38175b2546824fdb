/**
 * When the engine says a phrase, which decides what the phrase can name:
 * turn: between flows · flow: inside one (slots, waybill, desk) · handed: beside a new ticket ·
 * handed-flow: both · announced: when an agent changed a ticket · outside: without a turn.
 */
export type Situation = 'turn' | 'flow' | 'handed' | 'handed-flow' | 'announced' | 'outside';

/** Phrases the engine itself says, with when; every desk must have them. Who adds one also says in ARCHITECTURE.md when it is said. */
export const ENGINE_SITUATIONS: Readonly<Record<string, Situation>> = {
  opening: 'turn',
  'mood.annoyed': 'turn',
  'mood.angry': 'turn',
  'mood.threatening': 'turn',
  emergency: 'handed',
  'ask.again': 'flow',
  'ask.waybill': 'flow',
  'waybill.shape': 'flow',
  'proof.ask': 'flow',
  'proof.wrong': 'flow',
  'proof.locked': 'handed-flow',
  'proof.many': 'handed-flow',
  'repair.confirm': 'flow',
  'repair.declined': 'flow',
  'agent.number': 'announced',
  'group.private': 'flow',
  'group.moved': 'flow',
  'group.link': 'flow',
  'group.carried': 'turn',
  'group.called': 'turn',
  late: 'turn',
  'nature.voice': 'turn',
  'nature.money': 'turn',
  'nature.unreadable': 'turn',
  'nature.other': 'turn',
  'confirm.change': 'flow',
  'confirm.noted': 'flow',
  cancelled: 'turn',
  'cancel.nothing': 'turn',
  resume: 'turn',
  repeat: 'turn',
  'repeat.nothing': 'turn',
  noted: 'turn',
  'miss.first': 'turn',
  'miss.second': 'handed',
  'handover.done': 'handed',
  'handover.joined': 'handed',
  'attachment.received': 'turn',
  'attachment.noted': 'turn',
  'records.unavailable': 'handed-flow',
  trouble: 'outside',
  flood: 'outside',
  'faq.suggest': 'turn',
  'calmer.offer': 'turn',
  'button.yes': 'turn',
  'button.no': 'turn',
  'button.human': 'turn',
  'ticket.claimed': 'announced',
  'ticket.transferred': 'announced',
  'ticket.resolved': 'announced',
  'ticket.reopened': 'announced',
};

/** What the engine gives a phrase beyond its situation: names of texts; `ticket` is the one just opened. */
export const ENGINE_OWN_VALUES: Readonly<Record<string, readonly string[]>> = {
  'waybill.shape': ['given', 'example'],
  'proof.ask': ['waybill'],
  'proof.wrong': ['waybill'],
  'repair.confirm': ['waybill', 'given'],
  'group.link': ['link'],
  resume: ['title'],
  trouble: ['ticket'],
};

export const ENGINE_PHRASES: readonly string[] = Object.keys(ENGINE_SITUATIONS);
