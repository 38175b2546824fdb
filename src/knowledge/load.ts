import { systemClock, type Clock } from '../core/clock.ts';
import { createCalendar } from './calendar.ts';
import { checkConditions } from './check-conditions.ts';
import { checkDesks } from './check-desks.ts';
import { checkExamples } from './check-examples.ts';
import { checkFaq } from './check-faq.ts';
import { checkGroups } from './check-groups.ts';
import { checkIntents } from './check-intents.ts';
import { checkPhrases } from './check-phrases.ts';
import { checkPolicies } from './check-policies.ts';
import { checkSources } from './check-sources.ts';
import { checkSteps } from './check-steps.ts';
import { checkTemplates } from './check-templates.ts';
import type { Checking } from './check.ts';
import { compileKnowledge, type WholeDraft } from './compile.ts';
import { createConditions } from './condition.ts';
import { readDraft, type Draft, type Folders } from './draft.ts';
import { shownPath, type Report } from './files.ts';
import { ENGINE_ENTITIES } from './gazetteers.ts';
import type { Knowledge } from './knowledge.ts';
import { hasErrors, inReportOrder, say, type Problem } from './problem.ts';
import { createTemplates } from './template.ts';

export type { Folders } from './draft.ts';

export interface LoadResult {
  /** Null when any problem is an error. */
  readonly knowledge: Knowledge | null;
  /** In report order. */
  readonly problems: readonly Problem[];
}

/** Reads, checks and compiles both folders. Whatever stands in them becomes problems, never an exception. `clock` tells which answers have expired. */
export async function loadKnowledge(folders: Folders, clock: Clock = systemClock): Promise<LoadResult> {
  const problems: Problem[] = [];
  const report: Report = ({ file, line, column }, code, message, severity = 'error') => {
    problems.push({ path: file, line, column, severity, code, message });
  };
  const draft = await readDraft(folders, report);
  const checking = checkingOf(draft, clock, report);
  if (draft.intentNames.size === 0 && !hasErrors(problems)) {
    report(
      { file: shownPath(folders.intents), line: 1, column: 1 },
      'no-intents',
      say('这里没有任何意图文件，请至少放一个 .yml', 'there are no intents here; add at least one .yml file'),
    );
  }
  for (const check of [
    checkIntents,
    checkSteps,
    checkConditions,
    checkTemplates,
    checkExamples,
    checkDesks,
    checkSources,
    checkPolicies,
    checkGroups,
    checkFaq,
  ]) {
    check(checking);
  }
  checkPhrases(checking, shownPath(folders.knowledge, 'phrases'));
  const ordered = inReportOrder(problems);
  if (hasErrors(ordered) || !isWhole(draft)) return { knowledge: null, problems: ordered };
  const compilers = { condition: checking.compileCondition, template: checking.compileTemplate };
  return { knowledge: compileKnowledge(draft, compilers, checking.calendar, checking.entityTypes), problems: ordered };
}

function isWhole(draft: Draft): draft is WholeDraft {
  return draft.sources !== null && draft.desks !== null && draft.policies !== null;
}

function checkingOf(draft: Draft, clock: Clock, report: Report): Checking {
  const calendar = createCalendar(draft.policies?.value.calendar);
  const entities = Object.values(draft.sources?.value ?? {}).flatMap((source) => Object.keys(source.entities));
  return {
    draft,
    report,
    clock,
    calendar,
    compileCondition: createConditions(calendar),
    compileTemplate: createTemplates(),
    entityTypes: new Set([...ENGINE_ENTITIES, ...entities]),
    phraseKeys: draft.phrasesComplete ? new Set(draft.phrases.flatMap((file) => Object.keys(file.value))) : null,
  };
}
