import type { Clock } from '../core/clock.ts';
import { dayOf } from '../core/day.ts';
import { createUnderstander } from '../understanding/understand.ts';
import type { Cache } from './cache.ts';
import { createCalendar } from './calendar.ts';
import { checkConditions } from './check-conditions.ts';
import { checkDesks } from './check-desks.ts';
import { checkExamples } from './check-examples.ts';
import { checkFaq } from './check-faq.ts';
import { checkFlows, namesAnywhere } from './check-flows.ts';
import { checkGoTo } from './check-goto.ts';
import { checkGroups } from './check-groups.ts';
import { checkIntents } from './check-intents.ts';
import { checkPhrases } from './check-phrases.ts';
import { checkPolicies } from './check-policies.ts';
import { areMisread, checkRecognition, misreadIn, samplesOf } from './check-recognition.ts';
import { checkRates } from './check-rates.ts';
import { checkSources } from './check-sources.ts';
import { checkSteps } from './check-steps.ts';
import { checkTemplates } from './check-templates.ts';
import { checkWording } from './check-wording.ts';
import { CODES, isAboutReading } from './codes.ts';
import type { Checking } from './check.ts';
import { createConditions } from './condition.ts';
import { isWhole, readDraft, type Draft, type Folders } from './draft.ts';
import { shownPath, type Report } from './files.ts';
import { createPhraseBook } from './flow/phrase-book.ts';
import { typesOf } from './gazetteers.ts';
import { hasErrors, inReportOrder, say, type Problem } from './problem.ts';
import { gather, type Makers, type Material } from './material.ts';
import { keyOf, type Memory } from './memory.ts';
import type { Stage } from './stage.ts';
import { lessonsOf, teach, type Taught } from './teach.ts';
import { createTemplates, type CheckedTemplate } from './template.ts';

/** What reading and checking both folders found. Plain: it can be sent to another thread. */
export interface Findings {
  /** Null when any problem is an error. */
  readonly material: Material | null;
  /** In report order. */
  readonly problems: readonly Problem[];
  /** The lines on which problems are, by `path:line`. */
  readonly lines: ReadonlyMap<string, string>;
}

/** The findings, with what makes the parts of the material. */
export interface Examined extends Findings {
  readonly makers: Makers;
}

export interface Prepared extends Examined {
  /** See `Taught`; null where nothing can be taught. */
  readonly prepare: Taught['prepare'] | null;
}

export interface ExamineOptions {
  /** Tells which answers have expired. */
  readonly clock: Clock;
  /** Also say each example to the trained recogniser: what takes a moment more, for `check`. */
  readonly trial: boolean;
  /** What the load before left; an edit then costs no more than it must. */
  readonly memory: Memory;
  /** What programs before left. */
  readonly cache: Cache;
  /** Something begins that may take its time. */
  readonly onStage?: (stage: Stage) => void;
  /** Fails soon after this is aborted; what it has read stays in the memory. */
  readonly signal?: AbortSignal;
}

/** Reads and checks both folders, and learns from what is right. Whatever stands in them becomes problems, never an exception. */
export async function examine(
  folders: Folders,
  { clock, trial, memory, cache, onStage = () => undefined, signal }: ExamineOptions,
): Promise<Prepared> {
  onStage('reading');
  const problems: Problem[] = [];
  const report: Report = ({ file, line, column }, code, message) => {
    problems.push({ path: file, line, column, severity: CODES[code].severity, code, message });
  };
  const draft = await readDraft(folders, report, memory, signal);
  signal?.throwIfAborted();
  onStage('checking');
  const checking = checkingOf(draft, clock, report, memory);
  if (draft.intentNames.size === 0 && !hasErrors(problems)) {
    report(
      { file: shownPath(folders.intents), line: 1, column: 1 },
      'no-intents',
      say('这里没有任何意图文件，请至少放一个 .yml', 'there are no intents here; add at least one .yml file'),
    );
  }
  for (const check of CHECKS) check(checking);
  const book = createPhraseBook(checking, namesAnywhere(checking));
  checkFlows(checking, book, brokenIn(problems));
  book.close(brokenIn(problems));
  checkPhrases(checking, book, shownPath(folders.knowledge, 'phrases'));
  const makers: Makers = { faq: new Map(), index: new Map(), rows: new Map(), learned: new Map() };
  let material: Material | null = null;
  let taught: Taught | null = null;
  if (!hasErrors(problems) && isWhole(draft)) {
    taught = teach(draft, makers, { memory, cache, onStage });
    material = gather(draft, taught.keys, makers);
    if (trial) {
      const { learned } = material;
      const [now, samples, lessons] = [clock.now(), samplesOf(draft), lessonsOf(draft)];
      const misread = cache.recall('misread', keyOf([learned, [...samples], dayOf(now)]), areMisread, () => {
        const understand = createUnderstander(lessons, makers.learned.get(learned)?.() ?? null);
        onStage('trying');
        return misreadIn(draft, samples, understand, now);
      });
      checkRecognition(draft, samples, misread, report);
    }
  }
  const told = withoutRepeats(inReportOrder(problems, (code) => (isAboutReading(code) ? 0 : 1)));
  return { material, makers, problems: told, lines: linesOf(told, draft.texts), prepare: taught?.prepare ?? null };
}

const CHECKS: readonly ((checking: Checking) => void)[] = [
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
  checkRates,
  checkWording,
  checkGoTo,
];

/** Files with errors: what only follows from those is not told on top. */
function brokenIn(problems: readonly Problem[]): ReadonlySet<string> {
  return new Set(problems.filter(({ severity }) => severity === 'error').map(({ path }) => path));
}

function linesOf(problems: readonly Problem[], texts: ReadonlyMap<string, string>): Map<string, string> {
  const files = new Map<string, readonly string[]>();
  const lines = new Map<string, string>();
  for (const { path, line } of problems) {
    const file = files.get(path) ?? texts.get(path)?.split(/\r?\n/) ?? [];
    files.set(path, file);
    const text = file[line - 1];
    if (text !== undefined) lines.set(`${path}:${line}`, text);
  }
  return lines;
}

/** Two checks may find the same slip: it is told once. */
function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const key = `${problem.path}:${problem.line}:${problem.column} ${problem.code} ${problem.message.en}`;
    return !seen.has(key) && seen.add(key);
  });
}

function checkingOf(draft: Draft, clock: Clock, report: Report, memory: Memory): Checking {
  const calendar = createCalendar(draft.policies?.value.calendar);
  return {
    draft,
    report,
    clock,
    calendar,
    compileCondition: createConditions(calendar),
    compileTemplate: rememberTemplates(memory),
    remember: (what) => memory.memo(what),
    entityTypes: typesOf(draft.sources?.value ?? {}),
    phraseKeys: draft.phrasesComplete ? new Set(draft.phrases.flatMap((file) => Object.keys(file.value))) : null,
  };
}

type Compiled = { readonly template: CheckedTemplate } | { readonly error: unknown };

/** A template is compiled once, however many checks ask for it, and in later loads too. */
function rememberTemplates(memory: Memory): (source: string) => CheckedTemplate {
  const compile = createTemplates();
  const memo = memory.memo<Compiled>('templates');
  return (source) => {
    const made = memo(source, (): Compiled => {
      try {
        return { template: compile(source) };
      } catch (error) {
        return { error };
      }
    });
    if ('error' in made) throw made.error;
    return made.template;
  };
}
