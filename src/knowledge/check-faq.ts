import { dayOf } from '../core/day.ts';
import type { Checking } from './check.ts';
import type { Place } from './knowledge.ts';
import { say } from './problem.ts';
import { isRealDay } from './real-day.ts';

/** FAQ: dates that are real and in order, nothing expired unnoticed, one answer for each question. */
export function checkFaq({ draft, report, clock }: Checking): void {
  const today = dayOf(clock.now());
  const first = new Map<string, Place>();
  for (const file of draft.faq) {
    for (const [index, entry] of file.value.entries()) {
      const { valid_from: from, valid_until: until } = entry;
      for (const key of ['valid_from', 'valid_until'] as const) {
        const day = entry[key];
        if (day !== undefined && !isRealDay(day))
          report(file.at([index, key]), 'bad-date', say(`${day} 不是真实的日期`, `${day} is not a real date`));
      }
      if (from !== undefined && until !== undefined && from > until) {
        report(
          file.at([index, 'valid_until']),
          'dates-reversed',
          say(
            `失效日 ${until} 早于生效日 ${from}，请对调或修改`,
            `valid_until ${until} is before valid_from ${from}; correct one of them`,
          ),
        );
      } else if (until !== undefined && until < today) {
        report(
          file.at([index, 'valid_until']),
          'expired-answer',
          say(
            `这条答案已于 ${until} 失效，请 ${entry.owner} 更新或删除`,
            `this answer expired on ${until}; ${entry.owner} should renew or remove it`,
          ),
          'warning',
        );
      }
      for (const [number, wording] of [entry.question, ...entry.similar].entries()) {
        const place = number === 0 ? file.at([index, 'question']) : file.at([index, 'similar', number - 1]);
        const same = wording
          .normalize('NFKC')
          .toLowerCase()
          .replace(/[\s\p{P}]/gu, '');
        const earlier = first.get(same);
        if (!earlier) first.set(same, place);
        else
          report(
            place,
            'duplicate-question',
            say(
              `“${wording}”已经写在 ${earlier.file}:${earlier.line}，请只保留一处`,
              `"${wording}" already stands at ${earlier.file}:${earlier.line}; keep one`,
            ),
          );
      }
    }
  }
}
