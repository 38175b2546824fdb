import type { Checking } from './check.ts';
import { unknownName } from './check.ts';
import type { IntentSource } from './format.ts';
import type { Located, Path } from './located.ts';
import { DEFAULT_CALL_CONFIRM } from './compile-steps.ts';
import { say } from './problem.ts';
import { walkSteps } from './walk-steps.ts';

/** Names in intents: phrases, slots, desks, clocks, other intents, entities. */
export function checkIntents(checking: Checking): void {
  for (const intent of checking.draft.intents.values()) {
    checkDesk(checking, intent, intent.value.desk, ['desk']);
    checkSlots(checking, intent);
    for (const { action, path } of walkSteps(intent.value.steps)) {
      for (const [index, slot] of (action.ask ?? []).entries()) {
        if (!(slot in intent.value.slots)) {
          checking.report(
            intent.at([...path, 'ask', index]),
            'unknown-slot',
            unknownName('填空项（slots）', 'slot', slot, Object.keys(intent.value.slots)),
          );
        }
      }
      for (const [index, phrase] of (action.say ?? []).entries())
        checkPhrase(checking, intent, phrase, [...path, 'say', index]);
      checkPhrase(checking, intent, action.confirm, [...path, 'confirm']);
      checkPhrase(checking, intent, action.call && (action.call.confirm ?? DEFAULT_CALL_CONFIRM), [
        ...path,
        'call',
        'confirm',
      ]);
      checkPhrase(checking, intent, action.follow_up?.say, [...path, 'follow_up', 'say']);
      checkPhrase(checking, intent, action.hand_over?.say, [...path, 'hand_over', 'say']);
      for (const key of ['ticket', 'hand_over'] as const) {
        checkDesk(checking, intent, action[key]?.desk, [...path, key, 'desk']);
        checkPromise(checking, intent, action[key]?.promise, [...path, key, 'promise']);
      }
      const { intentNames } = checking.draft;
      if (action.go_to !== undefined && !intentNames.has(action.go_to)) {
        checking.report(
          intent.at([...path, 'go_to']),
          'unknown-intent',
          unknownName('意图', 'intent', action.go_to, intentNames),
        );
      }
    }
  }
}

function checkSlots(checking: Checking, intent: Located<IntentSource>): void {
  for (const [name, slot] of Object.entries(intent.value.slots)) {
    checkPhrase(checking, intent, slot.ask, ['slots', name, 'ask']);
    checkPhrase(checking, intent, slot.again, ['slots', name, 'again']);
    if (slot.entity !== undefined && !checking.entityTypes.has(slot.entity)) {
      checking.report(
        intent.at(['slots', name, 'entity']),
        'unknown-entity',
        unknownName('实体类型', 'entity type', slot.entity, checking.entityTypes),
      );
    }
  }
}

function checkPhrase(
  { phraseKeys, report }: Checking,
  intent: Located<IntentSource>,
  key: string | undefined,
  path: Path,
): void {
  if (key === undefined || phraseKeys === null || phraseKeys.has(key)) return;
  report(intent.at(path), 'unknown-phrase', unknownName('话术', 'phrase', key, phraseKeys));
}

function checkDesk(
  { draft, report }: Checking,
  intent: Located<IntentSource>,
  desk: string | undefined,
  path: Path,
): void {
  const desks = draft.desks?.value.desks;
  if (desk === undefined || !desks || desk in desks) return;
  report(intent.at(path), 'unknown-desk', unknownName('部门', 'desk', desk, Object.keys(desks)));
}

function checkPromise(
  { draft, report }: Checking,
  intent: Located<IntentSource>,
  promise: string | undefined,
  path: Path,
): void {
  const desks = draft.desks?.value.desks;
  if (promise === undefined || !desks) return;
  const known = Object.entries(desks).flatMap(([desk, { promises }]) =>
    Object.keys(promises).map((clock) => `${desk}.${clock}`),
  );
  if (known.includes(promise)) return;
  const message = promise.includes('.')
    ? unknownName('时限（部门.时限）', 'promise (desk.clock)', promise, known)
    : say(
        `时限要写成“部门.时限”，例如 ${known[0] ?? 'service.reply'}`,
        `write a promise as desk.clock, such as ${known[0] ?? 'service.reply'}`,
      );
  report(intent.at(path), 'unknown-promise', message);
}
