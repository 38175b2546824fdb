import { RE2JS } from 're2js';
import { addDays, dayOf } from '../core/day.ts';
import { unknownName, type Checking } from './check.ts';
import { durationMs } from './duration.ts';
import { say } from './problem.ts';
import type { PoliciesSource } from './format.ts';
import type { Located } from './located.ts';
import { patternMistake } from './pattern.ts';
import { isRealDay } from './real-day.ts';

/** Days ahead for which holidays must be known: two months, so that there is time to write them down. */
const LOOK_AHEAD_DAYS = 61;
const MOST = 1_000_000;

/** policies.yml: the waybill's shape, what an entity alone means, and holidays. */
export function checkPolicies({ draft, report, clock, calendar, entityTypes }: Checking): void {
  const file = draft.policies;
  if (!file) return;
  const { pattern, example } = file.value.waybill;
  const wrong = patternMistake(pattern);
  if (wrong) report(file.inside(['waybill', 'pattern'], 1, 1), wrong.code, wrong.message);
  else if (!RE2JS.compile(pattern).matches(example)) {
    report(
      file.at(['waybill', 'example']),
      'example-mismatch',
      say(
        `示例单号“${example}”不符合 pattern，请改其中之一`,
        `the example "${example}" does not match the pattern; correct one of them`,
      ),
    );
  }
  checkOwnNumbers(file, report);
  checkRetention(file, report);
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
      );
    }
  }
}

const DAY = 86_400_000;
/** Days for which each kind is kept, at least and at most. Audits shorter than half a year prove little. */
const KEPT_DAYS = {
  messages: [7, 3650],
  attachments: [1, 3650],
  tickets: [30, 3650],
  proofs: [1, 365],
  notices: [1, 3650],
  audit: [180, 3650],
} as const;

/** How long things are kept: within bounds, and wrong proofs for as long as they are counted. */
function checkRetention(file: Located<PoliciesSource>, report: Checking['report']): void {
  const { retention, proof } = file.value;
  for (const [kind, [least, most]] of Object.entries(KEPT_DAYS)) {
    const written = retention[kind as keyof typeof KEPT_DAYS];
    const days = (durationMs(written) ?? 0) / DAY;
    const from = kind === 'proofs' ? Math.max(least, proof.hours / 24) : least;
    if (days >= from && days <= most) continue;
    report(
      file.at(['retention', kind]),
      'retention-out-of-range',
      say(
        `“${kind}”是 ${written}，应当在 ${Math.ceil(from)}d 到 ${most}d 之间`,
        `"${kind}" is ${written}; it should be between ${Math.ceil(from)}d and ${most}d`,
      ),
    );
  }
}

/** The company's own numbers: days, fees and limits are never below nothing, days are whole. */
function checkOwnNumbers(file: Located<PoliciesSource>, report: Checking['report']): void {
  for (const [name, value] of Object.entries(file.value)) {
    if (typeof value !== 'number') continue;
    const days = /(^|_)days$/.test(name);
    const fits = value >= 0 && value <= (days ? 3650 : MOST) && (!days || Number.isInteger(value));
    if (fits) continue;
    report(
      file.at([name]),
      'policy-out-of-range',
      days
        ? say(
            `“${name}”是 ${value}，天数应当是 0 到 3650 的整数`,
            `"${name}" is ${value}; days are a whole number from 0 to 3650`,
          )
        : say(
            `“${name}”是 ${value}，应当在 0 到 ${MOST} 之间`,
            `"${name}" is ${value}; it should be between 0 and ${MOST}`,
          ),
    );
  }
}
