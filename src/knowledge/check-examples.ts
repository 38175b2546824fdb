import type { Checking } from './check.ts';
import { unknownName } from './check.ts';
import type { Place } from './knowledge.ts';
import { say } from './problem.ts';
import { findSimilar, gistOf } from './similar.ts';

/** With fewer than this the recogniser has too little to go by. */
const ENOUGH = 5;

interface Written {
  readonly intent: string;
  readonly text: string;
  readonly place: Place;
}

/** No example stands twice, least of all under two intents; each `{placeholder}` is an entity type; there are enough. */
export function checkExamples({ draft, report, entityTypes, remember }: Checking): void {
  const written: Written[] = [];
  const first = new Map<string, Written>();
  for (const [name, intent] of draft.intents) {
    const { examples } = intent.value;
    if (examples.length < ENOUGH) {
      report(
        intent.keyAt(['examples']),
        'few-examples',
        say(
          `只有 ${examples.length} 句例子，客户换个说法就可能认不出，请写到 ${ENOUGH} 句以上`,
          `only ${examples.length} examples: other wordings may not be recognised; write at least ${ENOUGH}`,
        ),
      );
    }
    for (const [index, example] of examples.entries()) {
      const place = intent.at(['examples', index]);
      for (const [, type = ''] of example.matchAll(/\{([^{}]*)\}/g)) {
        if (!entityTypes.has(type))
          report(place, 'unknown-entity', unknownName('实体类型', 'entity type', type, entityTypes));
      }
      const same = example
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s\p{P}]/gu, (char) => (char === '{' || char === '}' ? char : ''));
      const earlier = first.get(same);
      const here = { intent: name, text: example, place };
      if (!earlier) {
        first.set(same, here);
        written.push(here);
      } else if (earlier.intent === name) {
        report(
          place,
          'repeated-example',
          say(
            `这句例子与第 ${earlier.place.line} 行相同，可以删去`,
            `this example is the same as on line ${earlier.place.line}; it can be removed`,
          ),
        );
      } else {
        report(place, 'example-under-two-intents', alsoUnder(example, earlier));
      }
    }
  }
  reportSimilar(written, report, remember);
}

function reportSimilar(written: readonly Written[], report: Checking['report'], remember: Checking['remember']): void {
  const gists = remember<string>('gist');
  const similar = findSimilar(
    written.map(({ text }) => gists(text, () => gistOf(text))),
    (a, b) => written[a]?.intent !== written[b]?.intent,
  );
  for (const [index, other] of similar) {
    const [here, earlier] = [written[index], written[other]];
    if (!here || !earlier) continue;
    report(
      here.place,
      'similar-example',
      say(
        `“${here.text}”和意图 ${earlier.intent} 的“${earlier.text}”（${earlier.place.file}:${earlier.place.line}）几乎一样，机器分不清，请只留一处或写得更具体`,
        `"${here.text}" is nearly the same as "${earlier.text}" of the intent ${earlier.intent} (${earlier.place.file}:${earlier.place.line}); keep one, or make them more specific`,
      ),
    );
  }
}

function alsoUnder(example: string, { intent, place }: Written) {
  return say(
    `“${example}”也写在意图 ${intent} 下（${place.file}:${place.line}），请只留在一处`,
    `"${example}" also stands under the intent ${intent} (${place.file}:${place.line}); keep it in one place`,
  );
}
