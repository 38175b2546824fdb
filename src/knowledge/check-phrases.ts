import type { Checking } from './check.ts';
import { ENGINE_PHRASES } from './engine-phrases.ts';
import type { PhraseBook } from './flow/phrase-book.ts';
import type { Place } from './knowledge.ts';
import { say } from './problem.ts';

/** One place for each phrase, somebody who says it, and a phrase for everything the engine says by itself. */
export function checkPhrases({ draft, report, phraseKeys }: Checking, book: PhraseBook, phrasesFolder: string): void {
  // A flow that could not be read, or misspells a name, may be the one that says a phrase.
  const misspelt = [...book.mentioned()].some((key) => phraseKeys?.has(key) === false);
  const allRead = draft.intents.size > 0 && draft.intents.size === draft.intentNames.size && !misspelt;
  const first = new Map<string, Place>();
  for (const file of draft.phrases) {
    for (const key of Object.keys(file.value)) {
      const place = file.keyAt([key]);
      const earlier = first.get(key);
      if (!earlier) {
        first.set(key, place);
        if (allRead && !book.isUsed(key)) reportUnused(key, place, report);
      } else {
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

function reportUnused(key: string, place: Place, report: Checking['report']): void {
  report(
    place,
    'unused-phrase',
    say(
      `没有哪个流程用到话术“${key}”，请删去，或检查用的地方有没有写错名字`,
      `no flow says the phrase "${key}"; remove it, or check the name where it was meant`,
    ),
  );
}
