import type { Checking } from './check.ts';
import { ENGINE_PHRASES } from './engine-phrases.ts';
import type { Place } from './knowledge.ts';
import { say } from './problem.ts';

/** One place for each phrase, and a phrase for everything the engine says by itself. */
export function checkPhrases({ draft, report, phraseKeys }: Checking, phrasesFolder: string): void {
  const first = new Map<string, Place>();
  for (const file of draft.phrases) {
    for (const key of Object.keys(file.value)) {
      const place = file.keyAt([key]);
      const earlier = first.get(key);
      if (!earlier) first.set(key, place);
      else {
        report(
          place,
          'duplicate-phrase',
          say(
            `话术“${key}”已经写在 ${earlier.file}:${earlier.line}，请只保留一处`,
            `the phrase "${key}" already stands at ${earlier.file}:${earlier.line}; keep one`,
          ),
        );
      }
    }
  }
  if (phraseKeys === null) return;
  for (const key of ENGINE_PHRASES) {
    if (!phraseKeys.has(key)) {
      report(
        { file: phrasesFolder, line: 1, column: 1 },
        'missing-phrase',
        say(
          `缺少程序本身要用的话术“${key}”，请在 phrases 下任一文件补上`,
          `the phrase "${key}", which the program itself says, is missing; add it to a file under phrases`,
        ),
      );
    }
  }
}
