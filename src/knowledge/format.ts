import { z } from 'zod';

/**
 * The formats of the files an administrator writes, as they are after parsing.
 * One schema a kind of file; ARCHITECTURE.md explains each step.
 */
const name = z.string().regex(/^[a-z][a-z0-9_-]*$/, 'a name: lower-case letters, digits, - and _');
const key = z.string().regex(/^[a-z][a-z0-9_.-]*$/, 'a key such as payment.overdue');
/** CEL source. A bare number or boolean in YAML is its own expression. */
const expression = z.union([z.string().min(1), z.number().transform(String), z.boolean().transform(String)]);
const oneOrMore = <T extends z.ZodType>(item: T) => z.union([item.transform((one) => [one]), z.array(item).min(1)]);

export const PRIORITY_NAMES = ['normal', 'high', 'urgent'] as const;

export const slotSchema = z.strictObject({
  /** What an agent reads beside the value in the ticket's form, e.g. 货物数量; by default the slot's name. */
  title: z.string().optional(),
  /** Phrase that asks for it. */
  ask: key,
  /** Entity type that fills it; by default the slot's own name, else free text. */
  entity: z.string().optional(),
  /** Not asked before the steps begin; only where an `ask` step names it. */
  optional: z.boolean().default(false),
  /** Phrase said when the answer could not be read; by default `ask.again` and the question. */
  again: key.optional(),
  /** The only values there are: value -> other words for it. Offered for tapping. */
  choices: z.record(z.string(), z.array(z.string())).optional(),
  /** A later mention in the same conversation fills it too (waybill: true by default). */
  remember: z.boolean().optional(),
});

export const ticketSchema = z.strictObject({
  /** Liquid template. */
  summary: z.string().optional(),
  priority: z.enum(PRIORITY_NAMES).default('normal'),
  /** `desk.clock` of desks.yml, e.g. payments.reply. */
  promise: key.optional(),
  /** By default the intent's desk. */
  desk: name.optional(),
});

const actions = {
  set: z.record(z.string(), expression).optional(),
  find: name.optional(),
  by: z.record(z.string(), expression).optional(),
  /** find: give all rows under this name instead of the first. */
  all: name.optional(),
  verify: z.literal('owner').optional(),
  ask: oneOrMore(name).optional(),
  confirm: key.optional(),
  ticket: ticketSchema.optional(),
  call: z
    .strictObject({
      source: name,
      operation: name,
      with: z.record(z.string(), expression).default({}),
      confirm: key,
      as: name.optional(),
    })
    .optional(),
  follow_up: z.strictObject({ after: z.string(), say: key }).optional(),
  say: oneOrMore(key).optional(),
  hand_over: z
    .strictObject({
      desk: name.optional(),
      priority: z.enum(PRIORITY_NAMES).optional(),
      summary: z.string().optional(),
      promise: key.optional(),
      say: key.optional(),
    })
    .nullable()
    .optional(),
  go_to: name.optional(),
};

export interface BranchSource extends ActionSource {
  when?: string | undefined;
  otherwise?: null | undefined;
  steps?: StepSource[] | undefined;
}
export type ActionSource = z.output<z.ZodObject<typeof actions>>;
export interface StepSource extends ActionSource {
  choose?: BranchSource[] | undefined;
}

export const branchSchema: z.ZodType<BranchSource> = z.lazy(() =>
  z.strictObject({
    when: expression.optional(),
    otherwise: z.null().optional(),
    steps: z.array(stepSchema).optional(),
    ...actions,
  }),
);

export const stepSchema: z.ZodType<StepSource> = z.lazy(() =>
  z.strictObject({ choose: z.array(branchSchema).min(1).optional(), ...actions }),
);

export const intentSchema = z.strictObject({
  title: z.string().min(1),
  /** Title in English, for English-speaking customers' suggestions. */
  title_en: z.string().optional(),
  desk: name,
  examples: z.array(z.string().min(1)).min(1),
  /** small: a courtesy (hello, thanks, goodbye) that is dropped where the message asks for something else too. */
  small: z.boolean().default(false),
  /** whole: the message belongs to it as a whole (a complaint in the customer's own words); what else it mentions is no request of its own. */
  whole: z.boolean().default(false),
  slots: z.record(name, slotSchema).default({}),
  steps: z.array(stepSchema).min(1),
});

/** One wording, or several to vary between; by language where there is more than one. */
const wordings = oneOrMore(z.string().min(1));
export const phraseSchema = z.union([
  wordings.transform((zh) => ({ zh, en: undefined })),
  z.strictObject({ zh: wordings, en: wordings.optional() }),
]);
export const phrasesSchema = z.record(key, phraseSchema);

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-11-21');
export const faqEntrySchema = z.strictObject({
  question: z.string().min(1),
  similar: z.array(z.string().min(1)).default([]),
  answer: z.string().min(1),
  answer_en: z.string().optional(),
  valid_from: day.optional(),
  valid_until: day.optional(),
  owner: z.string().min(1),
});
export const faqSchema = z.array(faqEntrySchema);

const field = z.union([
  z.enum(['text', 'number', 'time', 'phone', 'list']),
  z.strictObject({
    type: z.enum(['text', 'number', 'time', 'phone', 'list']).default('text'),
    /** Never shown before proof, never in a group. */
    private: z.boolean().default(false),
    required: z.boolean().default(false),
    /** The only values allowed. */
    values: z.array(z.string()).optional(),
  }),
]);
export const sourceSchema = z.strictObject({
  from: z.enum(['csv', 'http']),
  /** csv: path below the knowledge folder. */
  file: z.string().optional(),
  /** http: base address; GET {url}?field=value gives a JSON array of rows. */
  url: z.string().optional(),
  /** http: name of the environment variable that holds a bearer token. */
  token_env: z.string().optional(),
  /** Field that names a row; no two rows may share it. */
  key: z.string().optional(),
  fields: z.record(z.string(), field),
  /** Fields that hold the phones whose tail proves ownership. */
  owner_phones: z.array(z.string()).default([]),
  /** Entity type -> fields that list its names: the first is the canonical one. */
  entities: z.record(name, z.array(z.string()).min(1)).default({}),
});
export const sourcesSchema = z.record(name, sourceSchema);

/** `90m`, `2h`, `1d` (working time for promises, clock time for follow-ups). */
export const durationPattern = /^(\d+(?:\.\d+)?)(m|h|d)$/;
const duration = z.string().regex(durationPattern, 'a duration such as 30m, 2h or 1d');
const hours = z
  .string()
  .regex(/^\d{2}:\d{2}-\d{2}:\d{2}(, ?\d{2}:\d{2}-\d{2}:\d{2})*$/, 'hours such as 08:30-12:00, 13:30-18:00');
export const desksSchema = z.strictObject({
  hours: z.record(
    name,
    z.strictObject({ workdays: hours.optional(), weekends: hours.optional(), holidays: hours.optional() }),
  ),
  desks: z.record(
    name,
    z.strictObject({
      title: z.string().min(1),
      title_en: z.string().optional(),
      slack_channel: z.string().optional(),
      /** A name under `hours`. */
      hours: name,
      /** Clocks by name; `reply` is the default one. */
      promises: z.record(name, duration).refine((p) => 'reply' in p, 'a desk needs at least the clock `reply`'),
    }),
  ),
  /** The desk that takes what no other desk is named for. */
  default_desk: name,
  agents: z.array(
    z.strictObject({
      /** 工号 */
      number: z.union([z.string(), z.number().transform(String)]),
      name: z.string().min(1),
      slack: z.string().optional(),
      wechat: z.string().optional(),
      desks: z.array(name).min(1),
      /** The ladder: 客服专员 -> 班长 -> 主任. */
      grade: z.enum(['agent', 'leader', 'director']).default('agent'),
    }),
  ),
});

const scalar = z.union([z.string(), z.number(), z.boolean()]);
export const policiesSchema = z
  .object({
    company: z.string().min(1),
    /** Number of the desk that the bot gives when asked for its 工号. */
    bot_number: z.union([z.string(), z.number().transform(String)]),
    waybill: z.strictObject({
      /** RE2 pattern of one whole waybill. */
      pattern: z.string().min(1),
      example: z.string().min(1),
    }),
    proof: z
      .strictObject({
        /** Wrong proofs a parcel and day, over all conversations. */
        tries: z.number().int().min(1).max(20),
        /** A proof holds so long. */
        hours: z.number().min(0.1).max(720),
        /** Parcels not proved to be theirs that one person may ask after within an hour. */
        parcels_per_hour: z.number().int().min(1).max(500).default(10),
      })
      .prefault({ tries: 5, hours: 24 }),
    dialogue: z
      .strictObject({
        /** Wait this long for more after a short, unfinished message. */
        merge_ms: z.number().int().min(0).max(10_000).default(1200),
        /** A waybill stays the topic for so long. */
        context_minutes: z.number().min(1).default(30),
        /** Misses in a row before a human is brought in. */
        misses: z.number().int().min(1).max(5).default(2),
        /** After so many idle hours the next message is a new visit: greeted again. */
        visit_hours: z.number().min(0.1).default(6),
        faq_floor: z.number().min(0).max(1).default(0.5),
        /** An emergency is promised a human within so many minutes, day or night. */
        emergency_minutes: z.number().int().min(1).max(240).default(15),
        /** An entity alone, with nothing asked: entity type -> intent that is meant, e.g. waybill: order-tracking. */
        alone: z.record(z.string(), name).default({}),
      })
      .prefault({}),
    /** Models that are asked about messages the recogniser does not know; only where OPENAI_* is set. */
    advice: z
      .strictObject({
        /** Questions they may be asked in a day. */
        per_day: z.number().int().min(0).default(500),
      })
      .prefault({}),
    limits: z
      .strictObject({
        message_length: z.number().int().min(50).max(20_000).default(2000),
        messages_per_minute: z.number().int().min(1).default(30),
        attachment_mb: z.number().min(0.1).max(50).default(8),
        attachments_per_message: z.number().int().min(1).max(20).default(6),
      })
      .prefault({}),
    /** How long what is kept about people is kept; `check` tells the bounds. */
    retention: z
      .strictObject({
        /** Conversations, and what the dialogue noted of them. */
        messages: duration.default('730d'),
        /** Files that customers sent. */
        attachments: duration.default('365d'),
        /** Resolved tickets with their history and notes, since they were resolved. */
        tickets: duration.default('1095d'),
        /** Failed proofs of ownership. */
        proofs: duration.default('30d'),
        /** Words to the desk about channels and messages. */
        notices: duration.default('180d'),
        /** Who looked at what. */
        audit: duration.default('1095d'),
      })
      .prefault({}),
    /** How agents work where their desk is a chat (Slack). */
    desk: z
      .strictObject({
        /** A message in a ticket's thread that begins with one of these goes to the customer; all others do not. */
        answer_prefixes: z.array(z.string().trim().min(1).max(20)).max(10).default(['>', '回复:']),
        /** An answer waits so long before it goes out. */
        take_back_seconds: z.number().min(0).max(300).default(10),
        /** What an agent chooses from when a ticket is resolved: the result is told to the customer, the cause is not. */
        results: z.array(z.string().min(1).max(70)).min(1).max(50).default(['已解决', '已向客户说明', '客户撤回']),
        causes: z.array(z.string().min(1).max(70)).min(1).max(50).default(['客户咨询', '我方操作', '客户原因', '其他']),
      })
      .prefault({}),
    /** Extra holidays and make-up workdays, by year; what the library does not know yet. */
    calendar: z
      .strictObject({
        holidays: z.record(day, z.string()).default({}),
        workdays: z.array(day).default([]),
      })
      .prefault({}),
  })
  /** Anything else is a value of the company's own, for conditions and phrases: `policy.remit_days`. */
  .catchall(scalar);

export type IntentSource = z.output<typeof intentSchema>;
export type SlotSource = z.output<typeof slotSchema>;
export type TicketSource = z.output<typeof ticketSchema>;
export type PhraseSource = z.output<typeof phraseSchema>;
export type FaqSource = z.output<typeof faqEntrySchema>;
export type SourceSource = z.output<typeof sourceSchema>;
export type DesksSource = z.output<typeof desksSchema>;
export type PoliciesSource = z.output<typeof policiesSchema>;
