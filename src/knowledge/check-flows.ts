import { serialize, type ASTNode } from '@marcbachmann/cel-js';
import type { Checking } from './check.ts';
import { COMMON_NAMES } from './check-conditions.ts';
import { DEFAULT_CALL_RESULT } from './compile-steps.ts';
import { fieldsOf } from './draft.ts';
import { NO_FACTS } from './flow/facts.ts';
import { misfitOf, type Env } from './flow/lookup.ts';
import { namesOfFlow } from './flow/names.ts';
import type { PhraseBook } from './flow/phrase-book.ts';
import { commonTypes, rowType } from './flow/types.ts';
import { walkFlow, type Guide, type Unreachable } from './flow/walk.ts';
import type { IntentSource } from './format.ts';
import type { Located, Path } from './located.ts';
import { say } from './problem.ts';
import { walkSteps } from './walk-steps.ts';

/**
 * Every path of every flow: what phrases and conditions can name at each step, and what can never run.
 * `broken`: files in which errors were found already; what follows from those is not told on top.
 */
export function checkFlows(checking: Checking, book: PhraseBook, broken: ReadonlySet<string>): void {
  const common = commonTypes(checking.draft.policies?.value ?? null);
  for (const intent of checking.draft.intents.values()) {
    mentionAll(intent.value, book);
    if (broken.has(intent.file)) continue;
    const guide = guideFor(checking, intent, book);
    const start = (asked: boolean): Env => ({
      names: namesOfFlow(intent.value, common, checking.entityTypes, asked),
      facts: NO_FACTS,
      verified: false,
    });
    for (const [name, slot] of Object.entries(intent.value.slots)) {
      if (!slot.optional) guide.question(name, ['slots', name], start(false));
    }
    walkFlow(intent.value.steps, start(true), guide);
    checkTwice(checking, intent);
  }
}

/** All phrases a flow may say, also on paths that are not followed. */
function mentionAll({ slots, steps }: IntentSource, book: PhraseBook): void {
  for (const { ask, again } of Object.values(slots)) for (const key of [ask, again]) book.mention(key);
  for (const { action } of walkSteps(steps)) {
    const { say: said = [], confirm, call, follow_up, hand_over } = action;
    const keys = [...said, confirm, call?.confirm, follow_up?.say, hand_over?.say];
    for (const key of keys) book.mention(key);
  }
}

/** Every name that any flow, or the engine, gives a phrase. */
export function namesAnywhere({ draft }: Checking): ReadonlySet<string> {
  return new Set([
    ...COMMON_NAMES,
    ...['agent', 'result', 'reason', 'given', 'example', 'title'],
    ...[...draft.intents.values()].flatMap(({ value }) => [...boundIn(value)]),
  ]);
}

function boundIn(intent: IntentSource): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { action } of walkSteps(intent.steps)) {
    if (action.find !== undefined) names.add(action.all ?? action.find);
    for (const name of Object.keys(action.set ?? {})) names.add(name);
    if (action.call) names.add(action.call.as ?? DEFAULT_CALL_RESULT);
  }
  return names;
}

function guideFor(checking: Checking, intent: Located<IntentSource>, book: PhraseBook): Guide {
  const { draft, report } = checking;
  const sources = draft.sources?.value ?? {};
  const owner = Object.entries(sources).find(([, source]) => source.owner_phones.length > 0)?.[0] ?? null;
  return {
    owner,
    required: (slot) => intent.value.slots[slot]?.optional === false,
    row: (record) => {
      const source = sources[record];
      return source ? rowType(fieldsOf(source)) : null;
    },
    condition: (source) => astOf(checking, source),
    note: (path) => (offset, code, message) => report(intent.inside(path, 1, offset + 1), code, message),
    binds: (name) => boundIn(intent.value).has(name),
    phrase: (key, path, env) => book.said(key, { file: intent, path, env }),
    question(slot, path, env) {
      const { ask, again } = intent.value.slots[slot] ?? {};
      if (ask !== undefined) book.said(ask, { file: intent, path, env });
      if (again !== undefined) book.said(again, { file: intent, path, env });
    },
    template(source, path, env) {
      for (const use of book.usesOf(source)) {
        const misfit = misfitOf(use, env, book.everywhere);
        if (misfit) report(intent.inside(path, 1, use.offset + 1), misfit.code, misfit.message);
      }
    },
    unreachable: (path, reason) => {
      const place = reason.kind === 'after-end' ? intent.keyAt(path) : intent.at(path);
      report(place, reason.kind === 'after-end' ? 'step-after-end' : 'unreachable-branch', wordsFor(reason, intent));
    },
  };
}

function astOf({ compileCondition }: Checking, source: string): ASTNode | null {
  try {
    return compileCondition(source).ast;
  } catch {
    return null;
  }
}

function wordsFor(reason: Unreachable, intent: Located<IntentSource>) {
  switch (reason.kind) {
    case 'after-end':
      return reason.end === 'choose'
        ? say(
            '前面 choose 的每个分支都已结束流程，这里永远不会执行',
            'every branch of the choose before ends the flow, so this never runs',
          )
        : say(
            `前面的 ${reason.end} 已经结束流程，这里永远不会执行`,
            `${reason.end} has ended the flow, so this never runs`,
          );
    case 'always-before': {
      const { line } = intent.at([...reason.branch, 'when']);
      return say(
        `第 ${line} 行的条件永远成立，轮不到这个分支`,
        `the condition on line ${line} is always true, so this branch never runs`,
      );
    }
    case 'never-true':
      return say('这个条件永远不会成立，这个分支不会执行', 'this condition is never true, so the branch never runs');
    case 'excluded':
      return say(
        '前面的分支已经包括了这种情况，轮不到这个分支',
        'the branches before take every such case, so this one never runs',
      );
  }
}

/** The same condition twice in one `choose`, where no more is known of it than that. */
function checkTwice(checking: Checking, intent: Located<IntentSource>): void {
  for (const { action, path } of walkSteps(intent.value.steps)) {
    const first = new Map<string, number>();
    for (const [index, { when }] of (action.choose ?? []).entries()) {
      const ast = when === undefined ? null : astOf(checking, when);
      if (!ast) continue;
      const same = serialize(ast);
      const earlier = first.get(same);
      if (earlier === undefined) first.set(same, index);
      else repeated(checking, intent, [...path, 'choose'], earlier, index);
    }
  }
}

function repeated(
  { report }: Checking,
  intent: Located<IntentSource>,
  path: Path,
  earlier: number,
  index: number,
): void {
  const { line } = intent.at([...path, earlier, 'when']);
  report(
    intent.at([...path, index, 'when']),
    'repeated-condition',
    say(
      `这个条件和第 ${line} 行相同，轮不到这个分支`,
      `this condition is the same as on line ${line}, so this branch never runs`,
    ),
  );
}
