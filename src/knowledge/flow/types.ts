import { TICKET_STATUSES } from '../../core/ticket.ts';
import { MOODS } from '../../understanding/understanding.ts';
import type { Field } from '../knowledge.ts';

export type Kind = 'any' | 'nothing' | 'text' | 'number' | 'time' | 'day' | 'truth' | 'list' | 'record';

/** What is known of a value before any customer writes. */
export interface Type {
  readonly kind: Kind;
  /** text: the only values there are. */
  readonly values?: readonly string[];
  /** record: its fields; none where they are not known. */
  readonly fields?: ReadonlyMap<string, Type>;
  /** list: what it holds. */
  readonly of?: Type;
  /** May be empty. */
  readonly nullable?: boolean;
  /** Not there before `verify`, nor in a group. */
  readonly private?: boolean;
  /** Bound on some paths only. */
  readonly sometimes?: boolean;
}

export const ANY: Type = { kind: 'any' };
export const TEXT: Type = { kind: 'text' };
export const NUMBER: Type = { kind: 'number' };
export const TIME: Type = { kind: 'time' };
export const DAY: Type = { kind: 'day' };
export const TRUTH: Type = { kind: 'truth' };
export const NOTHING: Type = { kind: 'nothing' };

export function record(fields: Readonly<Record<string, Type>>): Type {
  return { kind: 'record', fields: new Map(Object.entries(fields)) };
}

export function listOf(of: Type): Type {
  return { kind: 'list', of };
}

/** A row of a source. A list in a spreadsheet is text with separators. */
export function rowType(fields: ReadonlyMap<string, Field>): Type {
  return {
    kind: 'record',
    fields: new Map(
      [...fields].map(([name, field]): [string, Type] => [
        name,
        {
          kind: field.type === 'number' || field.type === 'time' ? field.type : 'text',
          ...(field.values ? { values: field.values } : {}),
          nullable: !field.required,
          private: field.private,
        },
      ]),
    ),
  };
}

const nullableText: Type = { kind: 'text', nullable: true };

export const TICKET: Type = record({ id: TEXT, promised_at: TIME, joined: TRUTH });
export const DESK: Type = record({ id: TEXT, title: TEXT });
const OPEN_TICKET: Type = record({
  id: TEXT,
  kind: TEXT,
  title: TEXT,
  status: { kind: 'text', values: TICKET_STATUSES },
  owner: { kind: 'any', nullable: true },
  promised_at: TIME,
  opened_at: TIME,
  summary: TEXT,
  waybill: nullableText,
});

/** The type of a value as policies.yml writes it. */
export function typeOfValue(value: unknown): Type {
  if (typeof value === 'number') return NUMBER;
  if (typeof value === 'boolean') return TRUTH;
  if (typeof value === 'string') return TEXT;
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? record(Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, typeOfValue(inner)])))
    : ANY;
}

/** What the engine gives every phrase, in a flow or not. */
export function commonTypes(policies: object | null): ReadonlyMap<string, Type> {
  return new Map<string, Type>([
    ['policy', policies === null ? ANY : typeOfValue(policies)],
    ['company', TEXT],
    ['bot_number', TEXT],
    ['now', TIME],
    ['today', DAY],
    ['mood', { kind: 'text', values: MOODS }],
    ['emergency', TRUTH],
    ['group', TRUTH],
    ['message', TEXT],
    ['attachments', NUMBER],
    ['customer', record({ name: nullableText })],
    ['tickets', listOf(OPEN_TICKET)],
  ]);
}

const NAMES: Readonly<Record<Kind, readonly [zh: string, en: string]>> = {
  any: ['任何值', 'anything'],
  nothing: ['空', 'nothing'],
  text: ['文字', 'text'],
  number: ['数字', 'a number'],
  time: ['时间', 'a time'],
  day: ['日期', 'a day'],
  truth: ['是或否', 'true or false'],
  list: ['列表', 'a list'],
  record: ['一条记录', 'a record'],
};

export function kindName(type: Type): { readonly zh: string; readonly en: string } {
  const [zh, en] = NAMES[type.kind];
  return { zh, en };
}

/** What is known where two paths meet. */
export function joinTypes(a: Type, b: Type): Type {
  const sometimes = a.sometimes === true || b.sometimes === true;
  const nullable = a.nullable === true || b.nullable === true || a.kind === 'nothing' || b.kind === 'nothing';
  const base = a.kind === 'nothing' ? b : b.kind === 'nothing' || a.kind === b.kind ? a : ANY;
  const values = a.values && b.values ? [...new Set([...a.values, ...b.values])] : undefined;
  const { kind, fields, of } = base;
  return {
    kind,
    ...(fields ? { fields } : {}),
    ...(of ? { of } : {}),
    ...(values ? { values } : {}),
    ...(base.private === true ? { private: true } : {}),
    nullable,
    sometimes,
  };
}
