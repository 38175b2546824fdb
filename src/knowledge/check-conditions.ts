import type { Checking } from './check.ts';
import { unknownName } from './check.ts';
import type { Code } from './codes.ts';
import { ConditionError } from './condition-rewrite.ts';
import type { IntentSource } from './format.ts';
import type { Place } from './knowledge.ts';
import type { Located, Path } from './located.ts';
import { say, type Problem } from './problem.ts';
import { DEFAULT_CALL_RESULT } from './compile-steps.ts';
import { walkSteps } from './walk-steps.ts';

/** What every condition and phrase can see; ARCHITECTURE.md explains each. */
export const COMMON_NAMES: readonly string[] = [
  'slots', 'policy', 'now', 'today', 'waybill', 'mood', 'emergency', 'group', 'message', 'attachments',
  'customer', 'company', 'bot_number', 'desk', 'tickets', 'ticket',
]; // prettier-ignore

/** Every CEL expression: it parses, and names only what its intent has. */
export function checkConditions(checking: Checking): void {
  for (const intent of checking.draft.intents.values()) {
    const names = namesIn(intent.value);
    for (const { source, path } of conditionsOf(intent.value)) {
      const variables = parse(checking, intent, source, path);
      for (const variable of variables) {
        const message = unknownIn(variable, names, intent.value, checking);
        if (message) checking.report(placeOf(intent, path, source.indexOf(variable)), ...message);
      }
    }
  }
}

function parse(
  { compileCondition, report }: Checking,
  intent: Located<IntentSource>,
  source: string,
  path: Path,
): readonly string[] {
  try {
    return compileCondition(source).variables;
  } catch (error) {
    const { offset, zh } = error instanceof ConditionError ? error : { offset: 0, zh: '请检查写法' };
    const words = error instanceof Error ? error.message : String(error);
    report(
      placeOf(intent, path, offset),
      'bad-condition',
      say(`条件“${source}”有误：${zh}`, `the condition "${source}" is not valid: ${words}`),
    );
    return [];
  }
}

function placeOf(intent: Located<IntentSource>, path: Path, offset: number): Place {
  return intent.inside(path, 1, Math.max(0, offset) + 1);
}

function* conditionsOf(intent: IntentSource): Generator<{ source: string; path: Path }> {
  for (const { action, branch, path } of walkSteps(intent.steps)) {
    if (branch?.when !== undefined) yield { source: branch.when, path: [...path, 'when'] };
    for (const [at, values] of [
      [['set'], action.set],
      [['by'], action.by],
      [['call', 'with'], action.call?.with],
    ] as const) {
      for (const [name, source] of Object.entries(values ?? {})) yield { source, path: [...path, ...at, name] };
    }
  }
}

/** Names an intent binds itself: record -> its source, or null where the fields are not known. */
function namesIn(intent: IntentSource): ReadonlyMap<string, string | null> {
  const names = new Map<string, string | null>(COMMON_NAMES.map((name) => [name, null]));
  for (const { action } of walkSteps(intent.steps)) {
    if (action.find !== undefined) names.set(action.all ?? action.find, action.all === undefined ? action.find : null);
    for (const name of Object.keys(action.set ?? {})) names.set(name, null);
    if (action.call) names.set(action.call.as ?? DEFAULT_CALL_RESULT, null);
  }
  return names;
}

function unknownIn(
  variable: string,
  names: ReadonlyMap<string, string | null>,
  intent: IntentSource,
  { draft }: Checking,
): [Code, Problem['message']] | null {
  const [root = '', field] = variable.split('.');
  if (!names.has(root)) return ['unknown-variable', unknownName('变量', 'variable', root, names.keys())];
  if (field === undefined) return null;
  if (root === 'slots' && !(field in intent.slots)) {
    return ['unknown-slot', unknownName('填空项（slots）', 'slot', field, Object.keys(intent.slots))];
  }
  if (root === 'policy' && draft.policies && !(field in draft.policies.value)) {
    return ['unknown-policy', unknownName('规定（policies.yml）', 'policy', field, Object.keys(draft.policies.value))];
  }
  const record = names.get(root);
  const fields = record == null ? undefined : draft.sources?.value[record]?.fields;
  return fields && !(field in fields)
    ? ['unknown-field', unknownName('字段', 'field', field, Object.keys(fields))]
    : null;
}
