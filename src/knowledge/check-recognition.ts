import { z } from 'zod';
import type { Understand } from '../understanding/understanding.ts';
import type { WholeDraft } from './draft.ts';
import type { Report } from './files.ts';
import { say } from './problem.ts';
import { gazetteersOf } from './gazetteers.ts';

/** More examples than this are tried evenly, so that a check never takes much longer than a load. */
const MOST_TRIED = 6000;

const SAMPLES: Readonly<Record<string, string>> = {
  phone: '13800138000',
  'phone-tail': '5678',
  money: '300元',
  date: '明天',
  weight: '200公斤',
  volume: '2立方',
  quantity: '3件',
};

/** An example that is taken for something else. What was said for it is not among this: names may come from records, which are not kept. */
export type Misread = z.output<typeof misread>;
const misread = z.object({
  intent: z.string(),
  /** Its place among the examples of the intent. */
  index: z.number(),
  /** The intent it is taken for; null for none. */
  taken: z.string().nullable(),
});

export function areMisread(value: unknown): value is Misread[] {
  return z.array(misread).safeParse(value).success;
}

/** What customers are taken to have said for `{waybill}` and the like. */
export function samplesOf({ sources, policies, rows }: WholeDraft): ReadonlyMap<string, string> {
  const names = [...gazetteersOf(sources.value, rows)].map(([type, values]): [string, string] => [
    type,
    values[0]?.value ?? '',
  ]);
  return new Map([...names, ...Object.entries(SAMPLES), ['waybill', policies.value.waybill.example]]);
}

/** Says each example to the trained recogniser. */
export function misreadIn(
  { intents }: WholeDraft,
  samples: ReadonlyMap<string, string>,
  understand: Understand,
  now: Date,
): Misread[] {
  const found: Misread[] = [];
  const total = [...intents.values()].reduce((sum, { value }) => sum + value.examples.length, 0);
  const stride = Math.ceil(total / MOST_TRIED);
  let nth = 0;
  for (const [intent, file] of intents) {
    for (const [index, example] of file.value.examples.entries()) {
      if (nth++ % stride !== 0) continue;
      const { requests } = understand(sayWith(samples, example), now);
      if (requests.some((request) => request.intent === intent)) continue;
      found.push({ intent, index, taken: requests[0]?.intent ?? null });
    }
  }
  return found;
}

/** What an example is taken for, customers' words will be taken for too. */
export function checkRecognition(
  { intents }: WholeDraft,
  samples: ReadonlyMap<string, string>,
  found: readonly Misread[],
  report: Report,
): void {
  for (const { intent, index, taken } of found) {
    const file = intents.get(intent);
    const example = file?.value.examples[index];
    if (file === undefined || example === undefined) continue;
    const said = sayWith(samples, example);
    report(
      file.at(['examples', index]),
      'misread-example',
      taken === null
        ? say(
            `客户写“${said}”时，会被当作与业务无关；请多写几句相近的例子`,
            `"${said}" is taken for none of our business; write more examples like it`,
          )
        : say(
            `客户写“${said}”时，会被当作 ${taken}；请在两边各补几句更具体的例子，或移到 ${taken}`,
            `"${said}" is taken for ${taken}; add more specific examples to both, or move it to ${taken}`,
          ),
    );
  }
}

function sayWith(samples: ReadonlyMap<string, string>, example: string): string {
  return example.replace(/\{([^{}]*)\}/g, (_, type: string) => samples.get(type) ?? '');
}
