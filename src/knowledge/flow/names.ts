import { ENGINE_OWN_VALUES, type Situation } from '../engine-phrases.ts';
import type { IntentSource } from '../format.ts';
import { ANY, commonTypes, DESK, record, TEXT, TICKET, type Kind, type Type } from './types.ts';

export type Names = ReadonlyMap<string, Type>;

const nullable = (type: Type): Type => ({ ...type, nullable: true });
const OUTSIDE = ['company', 'bot_number', 'policy', 'now'];

/** What one of the engine's own phrases can name. */
export function namesOfEngine(phrase: string, situation: Situation, policies: object | null): Names {
  const common = commonTypes(policies);
  const own = (ENGINE_OWN_VALUES[phrase] ?? []).map((name): [string, Type] => [
    name,
    name === 'ticket' ? TICKET : TEXT,
  ]);
  return new Map([...namesOf(situation, common), ...own]);
}

function namesOf(situation: Situation, common: Names): [string, Type][] {
  const inFlow: [string, Type][] = [
    ...common,
    ['slots', { kind: 'record' }],
    ['desk', DESK],
    ['waybill', nullable(TEXT)],
  ];
  const handed: [string, Type][] = [
    ['ticket', TICKET],
    ['desk', DESK],
  ];
  switch (situation) {
    case 'turn':
      return [...common];
    case 'flow':
      return inFlow;
    case 'handed':
      return [...common, ...handed];
    case 'handed-flow':
      return [...inFlow, ...handed];
    case 'announced':
      return [
        ...outside(common),
        ['ticket', ANY],
        ['desk', DESK],
        ['agent', record({ name: TEXT, number: TEXT })],
        ['result', nullable(TEXT)],
        ['reason', nullable(TEXT)],
      ];
    case 'outside':
      return outside(common);
  }
}

function outside(common: Names): [string, Type][] {
  return OUTSIDE.map((name) => [name, common.get(name) ?? ANY]);
}

/** What a flow can name before its first step. `asked`: the required slots are filled by then. */
export function namesOfFlow(
  intent: IntentSource,
  common: Names,
  entityTypes: ReadonlySet<string>,
  asked: boolean,
): Names {
  const slots = new Map(
    Object.entries(intent.slots).map(([name, slot]): [string, Type] => {
      const fills = slot.entity ?? (entityTypes.has(name) && !slot.choices ? name : null);
      const type = slot.choices
        ? { kind: 'text' as const, values: Object.keys(slot.choices) }
        : { kind: KINDS[fills ?? ''] ?? ('text' as const) };
      return [name, { ...type, nullable: slot.optional || !asked }];
    }),
  );
  return new Map([
    ...common,
    ['slots', { kind: 'record', fields: slots }],
    ['waybill', slots.get('waybill') ?? nullable(TEXT)],
    ['desk', DESK],
  ]);
}

/** What a later reminder can name. */
export function namesOfFollowUp(flow: Names): Names {
  const kept = [...OUTSIDE, 'slots', 'waybill'].map((name): [string, Type] => [name, flow.get(name) ?? ANY]);
  return new Map([...kept, ['customer', record({ id: TEXT, name: nullable(TEXT) })]]);
}

/** Entity types whose value is no text. */
const KINDS: Readonly<Record<string, Kind>> = {
  money: 'number',
  weight: 'number',
  volume: 'number',
  quantity: 'number',
  date: 'day',
  attachment: 'any',
};
