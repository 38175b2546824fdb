import { RE2JS } from 're2js';
import { addDays, dayOf } from '../core/day.ts';
import { unknownName, type Checking } from './check.ts';
import { say } from './problem.ts';
import { isRealDay } from './real-day.ts';

/** Days ahead for which holidays must be known: a promised day may lie so far off. */
const LOOK_AHEAD_DAYS = 30;

/** policies.yml: the waybill's shape, what an entity alone means, and holidays. */
export function checkPolicies({ draft, report, clock, calendar, entityTypes }: Checking): void {
  const file = draft.policies;
  if (!file) return;
  const { pattern, example } = file.value.waybill;
  try {
    if (!RE2JS.compile(pattern).matches(example)) {
      report(
        file.at(['waybill', 'example']),
        'example-mismatch',
        say(
          `示例单号“${example}”不符合 pattern，请改其中之一`,
          `the example "${example}" does not match the pattern; correct one of them`,
        ),
      );
    }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    report(
      file.at(['waybill', 'pattern']),
      'bad-pattern',
      say(`单号规则写法有误（RE2 正则）：${words}`, `the pattern is not valid RE2: ${words}`),
    );
  }
  for (const [entity, intent] of Object.entries(file.value.dialogue.alone)) {
    const path = ['dialogue', 'alone', entity];
    if (!entityTypes.has(entity)) {
      report(file.keyAt(path), 'unknown-entity', unknownName('实体类型', 'entity type', entity, entityTypes));
    }
    if (!draft.intentNames.has(intent)) {
      report(file.at(path), 'unknown-intent', unknownName('意图', 'intent', intent, draft.intentNames));
    }
  }
  const { holidays, workdays } = file.value.calendar;
  for (const day of Object.keys(holidays)) {
    if (!isRealDay(day))
      report(
        file.keyAt(['calendar', 'holidays', day]),
        'bad-date',
        say(`${day} 不是真实的日期`, `${day} is not a real date`),
      );
  }
  for (const [index, day] of workdays.entries()) {
    const place = file.at(['calendar', 'workdays', index]);
    if (!isRealDay(day)) report(place, 'bad-date', say(`${day} 不是真实的日期`, `${day} is not a real date`));
    else if (day in holidays)
      report(
        place,
        'holiday-and-workday',
        say(`${day} 同时写在假日和工作日里，请只留一处`, `${day} stands under both holidays and workdays; keep one`),
      );
  }
  const today = dayOf(clock.now());
  const years = new Set([today, addDays(today, LOOK_AHEAD_DAYS)].map((day) => Number(day.slice(0, 4))));
  for (const year of years) {
    if (!calendar.knows(year)) {
      report(
        file.at(['calendar']),
        'unknown-year',
        say(
          `还不知道 ${year} 年的法定假日，请在 calendar 里补上`,
          `the public holidays of ${year} are not known yet; add them under calendar`,
        ),
        'warning',
      );
    }
  }
}
