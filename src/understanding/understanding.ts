/** What a customer's words mean, before anybody decides what to answer. */
export type Language = 'zh' | 'en';
/** Only meaningful where the language is zh. */
export type Script = 'hans' | 'hant';
export const MOODS = ['calm', 'annoyed', 'angry', 'threatening'] as const;
export type Mood = (typeof MOODS)[number];

/** Small words a flow needs; the engine's own, not an administrator's. noted: heard, and nothing asked (收到, 知道了). */
export const SIGNALS = ['yes', 'no', 'cancel', 'repeat', 'correction', 'skip', 'noted'] as const;
export type Signal = (typeof SIGNALS)[number];

/**
 * Types the engine finds by itself. Values are canonical:
 * waybill: as the policies shape it · phone: 11 digits or +E.164 · phone-tail: 4 digits ·
 * money: yuan · date: YYYY-MM-DD · weight: kg · volume: m³ · quantity: a count ·
 * waybill-like: what was meant as a waybill and does not fit its pattern, upper case, to be repaired ·
 * any other type is a gazetteer's (city, outlet, goods ...) with its canonical name.
 */
export interface Entity {
  readonly type: string;
  readonly value: string | number;
  /** As the customer wrote it (after normalisation). */
  readonly text: string;
  /** Place in the normalised text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** Of a place in a gazetteer: whether the goods leave from it or go to it, where the words say so. */
  readonly role?: 'from' | 'to';
}

export interface Guess {
  readonly intent: string;
  /** 0..1 */
  readonly confidence: number;
}

/** A request found in the message, with the part of the text it stands in. */
export interface Request extends Guess {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface Understanding {
  /** NFKC, simplified, trimmed; what every other offset refers to. */
  readonly text: string;
  readonly language: Language;
  readonly script: Script;
  /** What is asked, in order of appearance; empty where nothing fits. */
  readonly requests: readonly Request[];
  /** The best guesses for the whole message, best first, whether or not good enough. */
  readonly guesses: readonly Guess[];
  readonly entities: readonly Entity[];
  readonly mood: Mood;
  /** Fire, flood, somebody hurt: over the heads of the ladder. */
  readonly emergency: boolean;
  readonly signals: readonly Signal[];
}

/** Names of one kind of thing (cities, outlets, goods), as the administrator's data lists them. */
export type Gazetteer = readonly { readonly value: string; readonly names: readonly string[] }[];

export interface UnderstanderOptions {
  /** Example messages by intent; `{waybill}` stands for any entity of that type. */
  readonly examples: ReadonlyMap<string, readonly string[]>;
  /** Messages that belong to no intent: chatter, other people's business. */
  readonly outOfScope: readonly string[];
  readonly gazetteers: ReadonlyMap<string, Gazetteer>;
  /** Pattern of a waybill in RE2 syntax, matched against half-width upper-case text. */
  readonly waybillPattern: string;
  /** Characters of a message that are read; the rest is ignored. */
  readonly maxLength: number;
}

/** `now` resolves 明天 and the like; in the time zone of the process. Deterministic. */
export type Understand = (text: string, now: Date) => Understanding;
