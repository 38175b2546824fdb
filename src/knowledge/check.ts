import type { Clock } from '../core/clock.ts';
import type { CheckedCondition } from './condition.ts';
import type { Draft } from './draft.ts';
import type { Calendar } from './calendar.ts';
import type { Report } from './files.ts';
import type { Memory } from './memory.ts';
import type { CheckedTemplate } from './template.ts';
import { suggest } from './nearest.ts';
import { say, type Problem } from './problem.ts';

/** What every check is given. */
export interface Checking {
  readonly draft: Draft;
  readonly report: Report;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly compileCondition: (source: string) => CheckedCondition;
  readonly compileTemplate: (source: string) => CheckedTemplate;
  /** For what depends on one text alone, and takes its time. */
  readonly remember: Memory['memo'];
  /** All entity types: the engine's own and those of sources.yml. */
  readonly entityTypes: ReadonlySet<string>;
  /** Keys of all phrases; null when some could not be read. */
  readonly phraseKeys: ReadonlySet<string> | null;
}

/** “There is no X called Y”, with the nearest name there is. */
export function unknownName(zh: string, en: string, name: string, known: Iterable<string>): Problem['message'] {
  const hint = suggest(name, known);
  return say(
    `没有名为“${name}”的${zh}${hint.zh || '，请改用已有的名字，或先添加它'}`,
    `there is no ${en} "${name}"${hint.en || '; use one that exists, or add it first'}`,
  );
}
