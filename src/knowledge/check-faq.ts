import { dayOf } from '../core/day.ts';
import type { Checking } from './check.ts';
import type { FaqSource } from './format.ts';
import type { Place } from './knowledge.ts';
import type { Located } from './located.ts';
import { say } from './problem.ts';
import { isRealDay } from './real-day.ts';
import { gistOf } from './similar.ts';

interface Asked {
  readonly text: string;
  readonly place: Place;
  readonly entry: FaqSource;
}

/** FAQ: dates that are real and in order, nothing expired or early unnoticed, one answer for each question. */
export function checkFaq({ draft, report, clock, remember }: Checking): void {
  const gists = remember<string>('gist');
  const today = dayOf(clock.now());
  const exact = new Map<string, Asked>();
  const near = new Map<string, Asked>();
  for (const file of draft.faq) {
    for (const [index, entry] of file.value.entries()) {
      checkDates(file, index, entry, today, report);
      for (const [number, text] of [entry.question, ...entry.similar].entries()) {
        const place = number === 0 ? file.at([index, 'question']) : file.at([index, 'similar', number - 1]);
        const same = text
          .normalize('NFKC')
          .toLowerCase()
          .replace(/[\s\p{P}]/gu, '');
        const gist = gists(text, () => gistOf(text));
        const twin = exact.get(same);
        const like = near.get(gist);
        if (twin) reportTwin({ text, place, entry }, twin, report);
        else if (like && like.entry !== entry && answerOf(like.entry) !== answerOf(entry) && overlap(like.entry, entry))
          reportNear({ text, place, entry }, like, report);
        if (!twin) exact.set(same, { text, place, entry });
        if (!like) near.set(gist, { text, place, entry });
      }
    }
  }
}

function checkDates(
  file: Located<FaqSource[]>,
  index: number,
  { valid_from: from, valid_until: until, owner }: FaqSource,
  today: string,
  report: Checking['report'],
): void {
  for (const [key, day] of [
    ['valid_from', from],
    ['valid_until', until],
  ] as const) {
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
        `这条答案已于 ${until} 失效，请 ${owner} 更新或删除`,
        `this answer expired on ${until}; ${owner} should renew or remove it`,
      ),
    );
  } else if (from !== undefined && from > today) {
    report(
      file.at([index, 'valid_from']),
      'not-yet-valid',
      say(
        `这条答案 ${from} 起才生效，在那以前客户看不到`,
        `this answer is valid from ${from} on; until then no customer sees it`,
      ),
    );
  }
}

function answerOf({ answer }: FaqSource): string {
  return answer.replace(/[\s\p{P}]/gu, '');
}

/** Whether both are valid on some day: this season's answer does not contradict next season's. */
function overlap(a: FaqSource, b: FaqSource): boolean {
  const from = (entry: FaqSource): string => entry.valid_from ?? '0000';
  const until = (entry: FaqSource): string => entry.valid_until ?? '9999';
  return from(a) <= until(b) && from(b) <= until(a);
}

function reportTwin({ text, place, entry }: Asked, earlier: Asked, report: Checking['report']): void {
  const where = `${earlier.place.file}:${earlier.place.line}`;
  if (entry !== earlier.entry && answerOf(entry) !== answerOf(earlier.entry)) {
    if (!overlap(entry, earlier.entry)) return;
    report(
      place,
      'contradicting-answers',
      say(
        `“${text}”在 ${where} 有另一个答案，客户会得到两种说法，请只保留一个`,
        `"${text}" has another answer at ${where}; keep one of the two`,
      ),
    );
  } else {
    report(
      place,
      'duplicate-question',
      say(`“${text}”已经写在 ${where}，请只保留一处`, `"${text}" already stands at ${where}; keep one`),
    );
  }
}

function reportNear({ text, place }: Asked, earlier: Asked, report: Checking['report']): void {
  const where = `${earlier.place.file}:${earlier.place.line}`;
  report(
    place,
    'similar-question',
    say(
      `“${text}”和“${earlier.text}”（${where}）问的是一件事，答案却不同，请合成一条`,
      `"${text}" asks the same as "${earlier.text}" (${where}) but has another answer; make them one entry`,
    ),
  );
}
