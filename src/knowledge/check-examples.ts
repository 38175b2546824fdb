import type { Checking } from './check.ts';
import { unknownName } from './check.ts';
import type { Place } from './knowledge.ts';
import { say } from './problem.ts';

/** No example stands twice, least of all under two intents; each `{placeholder}` is an entity type. */
export function checkExamples({ draft, report, entityTypes }: Checking): void {
  const first = new Map<string, { intent: string; place: Place }>();
  for (const [name, intent] of draft.intents) {
    for (const [index, example] of intent.value.examples.entries()) {
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
      if (!earlier) {
        first.set(same, { intent: name, place });
      } else if (earlier.intent === name) {
        report(
          place,
          'repeated-example',
          say(
            `这句例子与第 ${earlier.place.line} 行相同，可以删去`,
            `this example is the same as on line ${earlier.place.line}; it can be removed`,
          ),
          'warning',
        );
      } else {
        report(
          place,
          'example-under-two-intents',
          say(
            `“${example}”也写在意图 ${earlier.intent} 下（${earlier.place.file}:${earlier.place.line}），请只留在一处`,
            `"${example}" also stands under the intent ${earlier.intent} (${earlier.place.file}:${earlier.place.line}); keep it in one place`,
          ),
        );
      }
    }
  }
}
